"""Workouts of Zwift and of the programs that write its files: .zwo.

Elements and attributes: the reference made of all workouts that come with Zwift,
github.com/h4l/zwift-workout-file-reference; runs (`sportType`, `durationType`, `pace`): the editor at
github.com/breiko83/zwo-editor, which writes them.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from cadencecoach.errors import WorkoutError
from cadencecoach.workouts.model import (
    Asked,
    Cadence,
    ForDistance,
    ForTime,
    Length,
    Part,
    Repeat,
    Sport,
    Target,
    UntilKey,
    Workout,
    WorkoutStep,
)
from cadencecoach.workouts.reading.numbers import ends_words, number, number_at
from cadencecoach.workouts.reading.sports import refuse_ride
from cadencecoach.workouts.reading.xml_tree import Element

FORM = "a Zwift workout"
PACES = ("one-mile pace", "5 km pace", "10 km pace", "half-marathon pace", "marathon pace")
THRESHOLD = "threshold power"
STEADY = {
    "warmup": "Warm-up",
    "cooldown": "Cool-down",
    "steadystate": "Run",
    "solidstate": "Run",
    "ramp": "Run",
    "freeride": "Run as you like",
    "freerun": "Run as you like",
    "maxeffort": "As hard as you can",
    "restday": "Rest",
}
TEXT = "textevent"
SLOPES = ("slope", "incline", "gradient", "grade", "elevation")
RAMP = "its ramp is one of intensity, which no plan has"
USED = frozenset(
    f"{turn}{name}{end}"
    for turn in ("", "on", "off")
    for name in ("duration", "power", "cadence")
    for end in ("", "low", "high", "zone", "resting", "onlow", "onhigh", "offlow", "offhigh", "onzone", "offzone")
) | {"pace", "repeat", "zone"}  # fmt: skip
# How attributes begin that are about scores and pictures of the game.
SHOWN = (
    "flatroad",
    "ftp",
    "show",
    "fail",
    "neverfail",
    "text",
    "unit",
    "target",
    "forced",
    "ramptest",
    "replacement",
    "cam",
)
MOST_TURNS = 100  # of intervals whose texts differ from turn to turn

Measure = Callable[[float | None], Length]


def read_zwift(root: Element) -> Workout:
    """The workout of a file whose root is `workout_file`.

    Raises:
        WorkoutError: a ride, or no workout in it
    """
    sport = _words(root, "sporttype").lower() or None
    refuse_ride({"bike": "cycling"}.get(sport or "", sport), allowed=("run", "running", "walk"))
    body = next(root.children_named("workout"), None)
    if body is None:
        raise WorkoutError("there is no <workout> in it; a Zwift workout has one")
    measure = _metres if _words(root, "durationtype").lower() == "distance" else _seconds
    remarks: list[str] = []
    return Workout(
        form=FORM,
        name=_words(root, "name"),
        about=_words(root, "description"),
        sport={"run": Sport.RUN, "running": Sport.RUN, "walk": Sport.WALK}.get(sport or "", Sport.UNSAID),
        parts=tuple(_parts(body, measure, remarks)),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _words(root: Element, tag: str) -> str:
    return next((element.text for element in root.children_named(tag)), "")


def _seconds(value: float | None) -> Length:
    return UntilKey() if value is None else ForTime(value)


def _metres(value: float | None) -> Length:
    return UntilKey() if value is None else ForDistance(value)


def _parts(body: Element, measure: Measure, remarks: list[str]) -> Iterator[Part]:
    for element in body.children:
        tag = element.tag.lower()
        if tag in STEADY:
            yield _steady(element, measure)
        elif tag == "intervalst":
            yield from _intervals(element, measure)
        elif tag == TEXT:
            remarks.append(f"the text {element.attributes.get('message', '')[:60]!r} belongs to no step; left out")
        else:
            remarks.append(f"the element <{element.tag[:40]}> is not known; left out")


def _steady(element: Element, measure: Measure) -> WorkoutStep:
    length = measure(number(element.attributes.get("duration")))
    cues, remarks = _texts(element)
    lacks = ("it has no duration; the stage waits for the key",) if isinstance(length, UntilKey) else ()
    return WorkoutStep(
        usual_name=STEADY[element.tag.lower()],
        length=length,
        targets=(
            *_cadence(element, ("cadence",), "cadencelow", "cadencehigh"),
            *_power(element, ""),
            *_slope(element, ""),
        ),
        cues=cues,
        remarks=(*remarks, *_unread(element), *_ramp(element), *lacks),
    )


def _cadence(element: Element, names: tuple[str, ...], low: str, high: str) -> tuple[Target, ...]:
    """The cadence asked for; 0 is how some editors say none."""
    one = number_at(element.attributes, *names) or None
    ends = number_at(element.attributes, low) or one, number_at(element.attributes, high) or one
    return () if ends == (None, None) else (Cadence(low=ends[0], high=ends[1]),)


def _power(element: Element, turn: str) -> tuple[Target, ...]:
    """Power as a part of the threshold; for runs it is speed as a part of a race's pace."""
    found = element.attributes
    single = number_at(found, f"{turn}power")  # `power`, `onpower`, `offpower`
    low, high = number_at(found, f"power{turn}low"), number_at(found, f"power{turn}high")
    ends = [end for end in (single, low, high) if end is not None]
    if not ends:
        zone = number_at(found, f"power{turn}zone", "zone")
        return () if zone is None else (Asked(f"power zone {zone:g}"),)
    index = number(found.get("pace"))
    known = index is not None and index in range(len(PACES))
    of = PACES[int(index or 0)] if known else THRESHOLD
    return (Asked(f"{ends_words(min(ends) * 100, max(ends) * 100)} % of {of}"),)


def _slope(element: Element, turn: str) -> tuple[Target, ...]:
    """The slope of a treadmill; `turn` as for the power."""
    said = [f"{value} %" for name, value in element.attributes.items() if _is_slope(name) and _is_of(name, turn)]
    return tuple(Asked(f"slope {value}") for value in said)


def _is_slope(name: str) -> bool:
    return any(word in name for word in SLOPES)


def _is_of(name: str, turn: str) -> bool:
    """Whether an attribute is of a part of the turns: one that names no part is of the first."""
    is_off = name.startswith("off") or name.endswith(("off", "resting"))
    return not turn or is_off == (turn == "off")


def _ramp(element: Element) -> tuple[str, ...]:
    low, high = number_at(element.attributes, "powerlow"), number_at(element.attributes, "powerhigh")
    return () if low is None or high is None or low == high else (RAMP,)


def _unread(element: Element) -> Iterator[str]:
    """What a step asks for that nobody here knows."""
    for name, value in element.attributes.items():
        if not _is_slope(name) and name not in USED and not name.startswith(SHOWN):
            yield f"its {name[:40]} ({value[:40]}) is not known; left out"


def _texts(element: Element) -> tuple[tuple[tuple[float, str], ...], tuple[str, ...]]:
    """Words with their times; those placed by distance are named."""
    cues: list[tuple[float, str]] = []
    remarks: list[str] = []
    for child in element.children:
        words = child.attributes.get("message", "")
        if child.tag.lower() != TEXT or not words.strip():
            if child.tag.lower() != TEXT:
                remarks.append(f"the element <{child.tag[:40]}> in it is left out")
            continue
        if "distoffset" in child.attributes:
            remarks.append(f"the text {words[:60]!r} comes after a distance, and a plan has none; left out")
        else:
            cues.append((max(0.0, number(child.attributes.get("timeoffset")) or 0.0), words))
    return tuple(sorted(cues)), tuple(remarks)


def _intervals(element: Element, measure: Measure) -> Iterator[Part]:
    """On and off, several times. Texts count from the first start, so with texts the turns are written out."""
    found = element.attributes
    cues, remarks = _texts(element)
    on = WorkoutStep(
        name="On",
        length=measure(number(found.get("onduration"))),
        targets=(
            *_cadence(element, ("cadence",), "cadencelow", "cadencehigh"),
            *_power(element, "on"),
            *_slope(element, "on"),
        ),
        remarks=(*remarks, *_unread(element)),
    )
    off = WorkoutStep(
        name="Off",
        length=measure(number(found.get("offduration"))),
        targets=(*_cadence(element, ("cadenceresting",), "", ""), *_power(element, "off"), *_slope(element, "off")),
    )
    times = int(number(found.get("repeat")) or 1)
    if not cues or not isinstance(on.length, ForTime) or not isinstance(off.length, ForTime) or times > MOST_TURNS:
        lost = ("its texts have no place in repeats of this kind; left out",) if cues else ()
        yield Repeat(times, (replace(on, remarks=(*on.remarks, *lost)), off))
        return
    yield from _turns(on, off, times, cues)


def _turns(on: WorkoutStep, off: WorkoutStep, times: int, cues: tuple[tuple[float, str], ...]) -> Iterator[WorkoutStep]:
    start_s = 0.0
    left = list(cues)
    for turn in range(times):
        for step in (on, off):
            duration_s = step.length.seconds if isinstance(step.length, ForTime) else 0.0
            is_last = step is off and turn == times - 1
            own = [cue for cue in left if cue[0] < start_s + duration_s or is_last]
            left = left[len(own) :]
            shifted = tuple((at_s - start_s, words) for at_s, words in own)
            yield replace(step, name=f"{step.name} {turn + 1} of {times}", cues=shifted,
                          remarks=step.remarks if turn == 0 else ())  # fmt: skip
            start_s += duration_s
