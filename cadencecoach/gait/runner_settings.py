"""Everything that can be set about the simulated runner, with its unit, limits and reason: the one table of it."""

from dataclasses import Field, dataclass, field, fields

from cadencecoach.errors import UsageError


def _parameter(default: float, key: str, low: float, high: float, why: str) -> float:
    """A field of the settings; `key` is its name at the command line."""
    return field(default=default, metadata={"key": key, "low": low, "high": high, "why": why})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerSettings:
    """The simulated runner: each field with its meaning, its limits and where the default comes from."""

    own_spm: float = _parameter(
        164.0, "spm", 100.0, 220.0, "own cadence, spm; a common recreational baseline (assumed)"
    )
    speed_mps: float = _parameter(2.9, "speed", 0.5, 8.0, "running speed, m/s; an easy run (assumed)")
    wander_spm: float = _parameter(1.2, "wander", 0.0, 20.0, "slow wander of the cadence, SD in spm (assumed)")
    wander_s: float = _parameter(20.0, "wander_s", 1.0, 600.0, "how long the wander remembers, s (assumed)")
    noise_spm: float = _parameter(
        1.0, "noise", 0.0, 40.0, "reading noise, SD in spm (assumed); a recorded steady run has 2.9 in all"
    )
    beat_gain: float = _parameter(
        0.9,
        "beat_gain",
        0.0,
        1.5,
        "part of the way to the beat taken up; instructed runners follow nearly whole (assumed)",
    )
    beat_delay_s: float = _parameter(
        3.0,
        "beat_delay",
        0.0,
        60.0,
        "from a new tempo to the first answer, s; finding the beat is the hard part (assumed)",
    )
    words_gain_spm: float = _parameter(3.0, "words_gain", 0.0, 20.0, "change of mind per corrective cue, spm (assumed)")
    words_last_s: float = _parameter(90.0, "words_last", 1.0, 3600.0, "how long words are remembered, s (assumed)")
    cue_delay_s: float = _parameter(2.0, "cue_delay", 0.0, 60.0, "from words to the first answer, s (assumed)")
    settle_s: float = _parameter(5.0, "settle", 0.5, 120.0, "how slowly the legs follow the mind, s (assumed)")
    max_change: float = _parameter(
        0.1, "max_change", 0.0, 0.5, "no further from the runner's own cadence than this ratio; studies stop at 10 %"
    )
    drift_spm_per_10min: float = _parameter(
        -0.3, "drift", -10.0, 10.0, "fatigue, spm per 10 min; in elite runners fatigue alone gives none (assumed)"
    )
    walk_spm: float = _parameter(112.0, "walk_spm", 60.0, 139.0, "step rate when told to walk, spm; recorded: 96-118")
    walk_mps: float = _parameter(1.5, "walk_speed", 0.2, 2.2, "speed when told to walk, m/s; recorded: 1.2-1.5")
    lost_per_hour: float = _parameter(0.0, "lost_per_hour", 0.0, 360.0, "how often the pod falls silent, per hour")
    lost_s: float = _parameter(8.0, "lost_s", 1.0, 600.0, "for how long, s; more than the 5 s that count as lost")
    start_delay_s: float = _parameter(0.0, "start_delay", 0.0, 600.0, "until the pod first speaks, s")


def parse_settings(text: str) -> RunnerSettings:
    """Settings from `spm=160,noise=2`; what is not named keeps its default.

    Raises:
        UsageError: an unknown name, a value that is no number or out of its limits, a name given twice
    """
    known = {str(one.metadata["key"]): one for one in fields(RunnerSettings)}
    values: dict[str, float] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if key not in known:
            raise UsageError(_unknown_words(key, list(known)))
        if not equals:
            raise UsageError(f"simulated runner: {key} needs a value; write {key}={known[key].default:g}")
        if known[key].name in values:
            raise UsageError(f"simulated runner: {key} is given twice")
        values[known[key].name] = _value(key, value, known[key])
    return RunnerSettings(**values)


def _value(key: str, text: str, one: Field[float]) -> float:
    """A number within the limits of its field."""
    low, high = one.metadata["low"], one.metadata["high"]
    try:
        value = float(text)
    except ValueError:
        raise UsageError(f"simulated runner: {key}={text!r} is not a number; allowed {low:g} to {high:g}") from None
    if not low <= value <= high:  # also not a number
        raise UsageError(f"simulated runner: {key} is {text}; allowed {low:g} to {high:g}")
    return value


def _unknown_words(key: str, known: list[str]) -> str:
    """What to write instead of an unknown name."""
    import difflib  # noqa: PLC0415  # only a misspelt name needs it

    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(known)}"
    return f"simulated runner: unknown {key!r}; {hint}"
