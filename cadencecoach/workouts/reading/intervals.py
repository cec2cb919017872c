"""Workouts of intervals.icu as text.

After forum.intervals.icu/t/workout-builder/1163 and .../workout-builder-syntax-quick-guide/123701: a line that begins
with a dash is a step: words, how long, what at, what cadence. A line above the steps with `4x` in it repeats them; an
empty line ends the repeat. Repeats do not nest there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cadencecoach.errors import WorkoutError
from cadencecoach.workouts.model import (
    Asked,
    Cadence,
    Counts,
    ForDistance,
    ForTime,
    Length,
    Pace,
    Part,
    Repeat,
    Target,
    UntilKey,
    Workout,
    WorkoutStep,
)

FORM = "an intervals.icu workout"
MOST_LINES, MOST_CHARS = 5_000, 2_000  # lines in all, and characters in one that are looked at
STEP = re.compile(r"\s*[-\u2013\u2022]\s*(?=\S)")
TIMES = re.compile(r"(?:^|\s)([0-9]{1,6}) ?x(?=\s|$)", re.IGNORECASE)
POOL = re.compile(r"\s*pool length\s*:", re.IGNORECASE)
N = r"[0-9]{1,6}(?:[.,][0-9]{1,4})?"
HEAD, TAIL = r"(?<![\w.,:/-])", r"(?![\w:])"
TIME = re.compile(
    rf"{HEAD}(?:({N})h(?:({N})m(?:({N})s?)?)?|({N})m(?:({N})s?)?|({N})s"
    rf"|({N})['\u2032](?:({N})[\"\u2033]?)?|({N})[\"\u2033]){TAIL}",
    re.IGNORECASE,
)
DISTANCE = re.compile(rf"{HEAD}({N}) ?(km|miles|mile|mi|mtr|meters|metres|yards|yrd|yds|yd|y){TAIL}", re.IGNORECASE)
UNITS_M = {"km": 1000.0, "mi": 1609.344, "mt": 1.0, "me": 1.0, "y": 0.9144}
PER_M = {"km": 1000.0, "mi": 1609.344, "100m": 100.0, "250m": 250.0, "400m": 400.0, "500m": 500.0, "100y": 91.44}
PER = "|".join(PER_M)
PACE = re.compile(
    rf"{HEAD}([0-9]{{1,3}}):([0-5][0-9])(?:/({PER}))?(?: ?- ?([0-9]{{1,3}}):([0-5][0-9]))?"
    rf"(?:/({PER}))?(?: ?pace)?{TAIL}",
    re.IGNORECASE,
)
CADENCE = re.compile(
    rf"{HEAD}({N})(?: ?- ?({N}))? ?(?:rpm|spm){TAIL}|\bcadence ?[:=]? ?({N})(?: ?- ?({N}))?(?: ?(?:rpm|spm))?{TAIL}",
    re.IGNORECASE,
)
RANGE = rf"{N}%?(?: ?- ?{N})?"
OTHERS = (
    (re.compile(rf"{HEAD}(?:ramp )?({RANGE}) ?% ?(?:(hr|lthr|pace|mmp|ftp)\b)?", re.IGNORECASE), "%"),
    (re.compile(rf"{HEAD}(?:ramp )?({N}w?(?: ?- ?{N})?) ?w{TAIL}", re.IGNORECASE), "W"),
    (re.compile(r"(?<!\w)(?:ramp )?(C?Z[0-9](?: ?- ?C?Z[0-9])?)(?: (hr|pace))?(?!\w)", re.IGNORECASE), "zone"),
)
OF = {"hr": "of the highest heart rate", "lthr": "of the threshold heart rate", "pace": "of the threshold pace",
      "mmp": "of the best mean power", "ftp": "of the threshold power", "": "of the threshold power"}  # fmt: skip
ZONE_OF = {"hr": "heart rate", "pace": "pace", "": "power"}
PRESS_LAP = re.compile(r"(?<!\w)press lap(?!\w)", re.IGNORECASE)
OPTIONS = re.compile(r"(?<!\w)(?:hr|power|pace|intensity)=\w+", re.IGNORECASE)
IDLE = re.compile(r"(?<!\w)(?:freeride|maxeffort)(?!\w)", re.IGNORECASE)
LATER = re.compile(r"\s*([0-9]{1,5})\^(?:[0-9]{1,5}(?=\s))?\s*")
AT_END = re.compile(r"(?:^| )(?:at|@)$", re.IGNORECASE)
METRES_FROM, ROUND_M = 100, 50  # `400m` is how runners write metres, though it means minutes there; `120m` is two hours
DOUBTED_FROM = 60  # minutes of one step: as many metres are a sprint
SLOPE_WORDS = "slope|incline|inclination|gradient|grade|steepness|uphill|downhill|climb|steigung|pente|pendenza"
INTENSITY = r"-?\d\S* ?%? ?(?:hr|lthr|pace|mmp|ftp|w)\b"  # behind a word of slopes, and no slope
DEGREES = r"(?:°|deg(?:rees)?\b)"
SLOPE = re.compile(
    rf"(?<![\w.,:/])(-?{RANGE}) ?(?:%|{DEGREES})? ?(?:{SLOPE_WORDS}|hill)\b(?! ?(?!{INTENSITY})-?\d)"
    rf"|\b(?:{SLOPE_WORDS}) ?(?:of |at |:|=)? ?(?!{INTENSITY})(-?{RANGE}) ?(?:%|{DEGREES})?",
    re.IGNORECASE,
)
SHORT_CHARS = 24  # words behind the numbers that are still a name, and not a sentence
EASY = re.compile(r"\b(?:warm|cool)[- ]?(?:up|down)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Group:
    """Steps under one line without a dash."""

    title: str
    times: int
    steps: tuple[WorkoutStep, ...]


def read_intervals(text: str) -> Workout:
    """The workout of a text.

    Raises:
        WorkoutError: a swim, or too long
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise WorkoutError(f"{len(lines)} lines; {MOST_LINES} are allowed")
    if any(POOL.match(line) for line in lines):
        raise WorkoutError("this is a workout for swimming (pool length); only those on foot have a step rate")
    groups = tuple(_groups(lines))
    titles = [group.title for group in groups if not group.steps and group.title]
    return Workout(
        form=FORM,
        name=titles[0] if titles and not groups[0].steps else "",
        about=" ".join(titles[1:] if titles and not groups[0].steps else titles),
        parts=tuple(part for group in groups if group.steps for part in _parts(group)),
    )


def _parts(group: _Group) -> Iterator[Part]:
    if group.times != 1:
        yield Repeat(group.times, group.steps)
        return
    yield from group.steps


def _groups(lines: list[str]) -> Iterator[_Group]:
    title, times, steps = "", 1, list[WorkoutStep]()
    for line in lines:
        is_step = STEP.match(line)
        if is_step:
            steps.append(_step(line[is_step.end() :], title if times == 1 else ""))
            continue
        yield _Group(title, times, tuple(steps))
        steps = []
        found = TIMES.search(line[:MOST_CHARS])
        times = int(found[1]) if found else 1
        title = TIMES.sub(" ", line).strip() if found else line.strip()
    yield _Group(title, times, tuple(steps))


def _step(line: str, title: str) -> WorkoutStep:
    """A step; the text before its first number is its name, whatever is left over is said."""
    remarks: list[str] = []
    if len(line) > MOST_CHARS:
        remarks.append(f"its line is longer than {MOST_CHARS} characters; the rest is left out")
    rest = line[:MOST_CHARS]
    prompt, cues, rest = _prompts(rest)
    length, rest = _length(rest, remarks)
    targets, rest = _targets(rest)
    rest, is_ramp = re.subn(r"(?<!\w)ramp(?!\w)", "", rest, flags=re.IGNORECASE)
    remarks.extend(["its ramp is one of intensity, which no plan has"] if is_ramp else [])
    rest, n_options = OPTIONS.subn("", rest)
    remarks.extend(["its options for a watch are left out"] if n_options else [])
    left = AT_END.sub("", " ".join(IDLE.sub(" ", rest).replace("<!>", " ").strip(" ,;.").split()))
    is_rest = left == "0"  # the target of a rest
    named = prompt or (left if len(left) <= SHORT_CHARS and not is_rest else "")
    return WorkoutStep(
        name=named or (title if EASY.search(title) else ""),
        usual_name="Rest" if is_rest else "Run",
        length=length,
        targets=targets,
        words="" if is_rest or left == named else left,
        cues=cues,
        remarks=tuple(remarks),
    )


def _prompts(line: str) -> tuple[str, tuple[tuple[float, str], ...], str]:
    """The words before the first number that means something, those with a time of their own, and the rest."""
    patterns = (TIME, DISTANCE, PACE, CADENCE, SLOPE, *(one for one, _ in OTHERS))
    starts = (pattern.search(line) for pattern in patterns)
    first = min((match.start() for match in starts if match), default=len(line))
    marked = LATER.search(line)
    if marked and marked.start() <= first:
        last = list(LATER.finditer(line))[-1].end()
        after = (pattern.search(line, last) for pattern in (TIME, DISTANCE, PRESS_LAP))
        first = min((match.start() for match in after if match), default=len(line))
    words = PRESS_LAP.sub(" ", line[:first]).replace("<!>", " ")
    pieces = LATER.split(words)
    cues = tuple(
        (float(at_s), said.strip()) for at_s, said in zip(pieces[1::2], pieces[2::2], strict=True) if said.strip()
    )
    pressed = " press lap " if PRESS_LAP.search(line[:first]) else ""
    return " ".join(pieces[0].strip(" ,:-").split()), cues, pressed + line[first:]


def _length(rest: str, remarks: list[str]) -> tuple[Length, str]:
    is_pressed = PRESS_LAP.search(rest)
    rest = PRESS_LAP.sub(" ", rest)
    time, distance = TIME.search(rest), DISTANCE.search(rest)
    found = min((one for one in (time, distance) if one), key=lambda one: one.start(), default=None)
    if found is None:
        if not is_pressed:
            remarks.append("it does not say how long; the stage waits for the key")
        return UntilKey(), rest
    rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if is_pressed:
        remarks.append(
            f"it ends by the key or after {found[0].strip()}, whichever is first; the stage waits for the key"
        )
        return UntilKey(), rest
    if found is not time:
        return ForDistance(_metres(found)), rest
    minutes = _lone_minutes(found)
    if minutes >= METRES_FROM and minutes % ROUND_M == 0:
        said = found[0].strip()
        remarks.append(f"{said} is read as metres; intervals.icu would take it for minutes (metres are {minutes:g}mtr)")
        return ForDistance(minutes), rest
    if minutes >= DOUBTED_FROM:
        remarks.append(f"{found[0].strip()} is read as minutes; metres are written {minutes:g}mtr")
    return ForTime(_seconds(found)), rest


def _lone_minutes(found: re.Match[str]) -> float:
    """The number of a time that is nothing but minutes, written with an m; else 0."""
    h, hm, hms, m, *others = found.groups()
    return _number(m) if m and not any((h, hm, hms, *others)) else 0.0


def _seconds(found: re.Match[str]) -> float:
    h, hm, hms, m, ms, s, quote_m, quote_ms, quote_s = (_number(part or "0") for part in found.groups())
    return h * 3600 + (hm + m + quote_m) * 60 + hms + ms + s + quote_ms + quote_s


def _metres(found: re.Match[str]) -> float:
    unit = found[2].lower()
    return _number(found[1]) * next(metres for name, metres in UNITS_M.items() if unit.startswith(name))


def _targets(rest: str) -> tuple[tuple[Target, ...], str]:
    cadences = (_cadence(one) for one in CADENCE.finditer(rest))
    targets: list[Target] = list(cadences)
    rest = CADENCE.sub(" ", rest)
    targets.extend(map(_pace, PACE.finditer(rest)))
    rest = PACE.sub(" ", rest)
    targets.extend(map(_slope, SLOPE.finditer(rest)))
    rest = SLOPE.sub(" ", rest)
    for pattern, unit in OTHERS:
        targets.extend(Asked(_words(match, unit)) for match in pattern.finditer(rest))
        rest = pattern.sub(" ", rest)
    return tuple(targets), rest


def _cadence(match: re.Match[str]) -> Cadence:
    low, high = match[1] or match[3], match[2] or match[4]
    counts = Counts.STEPS if "spm" in match[0].lower() else Counts.UNSAID
    return Cadence(low=_number(low), high=_number(high or low), counts=counts)


def _slope(match: re.Match[str]) -> Asked:
    said = (match[1] or match[2]).replace("%", "").replace(" ", "")
    return Asked(f"slope {said} {'degrees' if re.search(DEGREES, match[0], re.IGNORECASE) else '%'}")


def _number(text: str) -> float:
    """A number with a point or a comma before its decimals."""
    return float(text.replace(",", "."))


def _pace(match: re.Match[str]) -> Target:
    """A pace; without a unit it is that of the sport, which is the kilometre for a run unless it was changed."""
    metres = PER_M[(match[6] or match[3] or "km").lower()]
    first_s = int(match[1]) * 60 + int(match[2])
    second_s = int(match[4]) * 60 + int(match[5]) if match[4] else first_s
    if min(first_s, second_s) <= 0:
        return Asked("a pace of no time")
    return Pace(metres / max(first_s, second_s), metres / min(first_s, second_s))


def _words(match: re.Match[str], unit: str) -> str:
    said = (
        match[1].upper().replace("Z", "").replace(" ", "")
        if unit == "zone"
        else match[1].replace("%", "").replace("w", "")
    )
    ramp = "ramp of " if match[0].lower().lstrip().startswith("ramp") else ""
    kind = (match[2] or "").lower() if match.re.groups > 1 else ""
    if unit == "zone":
        return f"{ramp}{ZONE_OF.get(kind, 'power')} zone {said}"
    return f"{ramp}{said} % {OF.get(kind, OF[''])}" if unit == "%" else f"{ramp}power {said} W"
