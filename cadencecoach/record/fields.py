"""What the fields of a line may hold, and which of them each kind must have.

A field's name means the same in every kind, so one table by name is enough for what it holds. A reader of a journal
can rely on it: numbers are numbers, words are words. Kinds and fields that are not named here come from a later
version or another program; they are kept as they are.
"""

from collections.abc import Callable, Mapping
from types import NoneType

Check = Callable[[object], bool]

LARGEST = 1e15  # no number of ours comes near; larger ones would overflow whoever reckons with them

_SENSED = ("payload", "reading", "estimate", "feet", "unit", "key", "link", "lead", "placement")
_DECIDED = (
    *("stage", "help", "speed", "grade", "baseline", "tempo", "band"),
    *("cue", "pause", "resume", "mute", "note", "end"),
)
_OF_METRONOME = ("click", "gate", "voice")
KINDS = frozenset((*_SENSED, *_DECIDED, *_OF_METRONOME, "sound"))


def _is_number(value: object) -> bool:
    return type(value) in {float, int} and abs(value) < LARGEST  # type: ignore[arg-type]  # True is an int to Python


def _is_number_or_null(value: object) -> bool:
    return value is None or _is_number(value)


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_whole(value: object) -> bool:
    return type(value) is int and abs(value) < LARGEST


def _is_word(value: object) -> bool:
    return isinstance(value, str)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_hex(value: object) -> bool:
    try:
        return isinstance(value, str) and bytes.fromhex(value) is not None
    except ValueError:
        return False


_BY_CHECK: dict[tuple[Check, str], tuple[str, ...]] = {
    (_is_number_or_null, "a number or null"): (
        *("cadence_spm", "speed_mps", "hr_bpm", "age_s", "quality"),
        *("spm", "target_spm", "low_spm", "high_spm"),
        *("requested_s", "actual_s", "latency_s", "slip_frames"),
    ),
    (_is_number, "a number"): ("came_s", "ramp_s", "pan", "silent_ratio", "help_ratio"),
    (_is_count, "a whole number from 0 on"): ("index", "n_readings", "level", "seed"),
    (_is_whole, "a whole number"): ("grade",),
    (_is_word, "a text"): (
        *("source", "sensor", "state", "unit", "placement", "name", "beat", "feedback"),
        *("kind", "text", "reason", "key", "about"),
        *("sound", "every", "accent", "feet"),
    ),
    (_is_truth, "true or false"): ("is_running", "is_muted", "is_open", "is_on", "is_probe", "is_off"),
    (_is_hex, "bytes in hex"): ("hex",),
}
_WANTED = {name: wanted for wanted, names in _BY_CHECK.items() for name in names}

# For a quick look: what is right by its type alone, as far as numbers are no larger than allowed.
_BY_TYPE: Mapping[Check, frozenset[type]] = {
    _is_number_or_null: frozenset({float, int, NoneType}),
    _is_number: frozenset({float, int}),
    _is_word: frozenset({str}),
    _is_truth: frozenset({bool}),
}
_FLAT = frozenset({float, int, str, bool, NoneType})
_TYPES = {name: _BY_TYPE.get(check, frozenset()) for name, (check, _) in _WANTED.items()} | {
    "t": frozenset({float, int})
}

# What a kind cannot be without, as in docs/journal.md; a digit is a `key` that says more.
DIGIT = "key digit"
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "payload": ("source", "hex"),
    "reading": ("cadence_spm",),
    "estimate": ("cadence_spm", "age_s", "quality"),
    "feet": ("state",),
    "unit": ("unit",),
    "link": ("state", "source", "name"),
    "lead": ("source", "name"),
    "placement": ("placement",),
    "stage": ("index", "name", "target_spm", "low_spm", "high_spm", "beat", "feedback"),
    "help": ("is_on",),
    "speed": ("is_off",),
    "grade": ("grade",),
    "baseline": ("cadence_spm", "n_readings"),
    "tempo": ("spm", "ramp_s"),
    "band": ("state",),
    "cue": ("kind", "text", "reason", "requested_s", "actual_s"),
    "key": ("key",),
    DIGIT: ("key", "level"),
    "pause": (),
    "click": ("sound", "every", "accent", "pan", "silent_ratio", "seed"),
    "gate": ("is_open",),
    "voice": ("is_muted",),
    "resume": (),
    "mute": ("is_muted",),
    "note": ("about", "text"),
    "sound": ("state", "slip_frames", "latency_s"),
    "end": ("reason",),
}
_QUICK = {kind: frozenset({"t", *names}) for kind, names in REQUIRED.items()}


def complaint(line: Mapping[str, object]) -> str | None:
    """What is wrong with a line's fields, in words; None when nothing is."""
    if not _is_number(line.get("t")):
        return "'t' must be a number of seconds"
    if not _is_word(line.get("what")):
        return "'what' must name the kind of line"
    kind = line["what"]
    if kind not in KINDS:
        return None
    for name, value in line.items():
        wanted = _WANTED.get(name)
        if wanted is not None and not wanted[0](value):
            return f"'{name}' must be {wanted[1]}"
    for name in REQUIRED.get(DIGIT if kind == "key" and line.get("key") == "digit" else str(kind), ()):
        if name not in line:
            return f"a line of kind '{kind}' must have '{name}'"
    return None


def is_plain(line: Mapping[str, object]) -> bool:
    """Whether a quick look finds a line of a known kind, with nothing nested and nothing to complain of.

    False says no more than that it takes a closer look. Nearly all lines are plain, and there are thousands.
    """
    kind = line.get("what")
    if kind == "key" and line.get("key") == "digit":
        kind = DIGIT
    wanted = _QUICK.get(kind) if type(kind) is str else None
    if wanted is None or not wanted <= line.keys():
        return False
    for name, value in line.items():
        its = type(value)
        if (its is float or its is int) and not -LARGEST < value < LARGEST:  # type: ignore[operator]
            return False
        if its not in _TYPES.get(name, _FLAT) and not (name in _WANTED and _WANTED[name][0](value)):
            return False
    return True


def header_complaint(header: Mapping[str, object]) -> str | None:
    """What is wrong with a header's fields, in words; None when nothing is. All but the version may be missing."""
    plan = header.get("plan", {})
    if not isinstance(plan, dict):
        return "'plan' must be an object with a name"
    words = {name: header.get(name) for name in ("app", "started", "athlete", "feet", "sound")}
    words |= {f"plan.{name}": plan.get(name) for name in ("name", "sha256")}
    wrong = [name for name, value in words.items() if not (value is None or _is_word(value))]
    return f"'{wrong[0]}' must be a text" if wrong else None
