"""What a plan may ask of a runner: errors for what nobody should do, warnings for what a clinician should decide.

Each check looks at the stages in the order they are done and reports at the text of the one concerned. A value that
could not be read is never judged.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from cadencecoach.plan.building import Turn
from cadencecoach.plan.faults import Report
from cadencecoach.plan.language import AllowText, PlanText, SpeedsText
from cadencecoach.plan.model import (
    MOST_OVER_OWN_RATIO,
    Beat,
    FixedBaseline,
    Free,
    MeasuredBaseline,
    RatioTolerance,
    Relative,
    Stage,
    Tolerance,
    Walk,
)
from cadencecoach.plan.part import Part
from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM
from cadencecoach.plan.syntax.findings import Severity
from cadencecoach.plan.targets import band_of, needs_baseline, widest_ratio
from cadencecoach.plan.values import LONGEST_S

ASK_FIRST_RATIO = 0.075  # the usual ladder ends here; +10 % is for the clinician to decide
MAX_STEP_RATIO = 0.03  # smaller than the change of tempo people just notice, about 4 % (Van Dyck 2015)
TARGET_SOURCE = "no protocol asks for more: Bramah 2019, Baumgartner 2019"
ASK_SOURCE = "Willy 2016, 10.1111/sms.12413"
STEP_SOURCE = "people just notice 4 %: Van Dyck 2015"
MIN_MEASURE_S = 60.0  # (design); minute values of cadence need more than 10 min to be stable, so this is a floor
EPSILON = 1e-9

Head = Part[PlanText]


def check_limits(head: Head, turns: Sequence[Turn], report: Report) -> None:
    """Report everything a plan should not ask for, or should ask for with a reason."""
    _check_baseline(head, turns, report)
    _check_length(head, turns, report)
    for turn in turns:
        if turn.number == 1:
            _check_meaning(turn, report)
            _check_times(head, turn, report)
            _check_target(head, turn, report)
            _check_tolerance(head, turn, report)
    for before, after in pairwise(turns):
        _check_step(head, before, after, report)


def _check_baseline(head: Head, turns: Sequence[Turn], report: Report) -> None:
    if "baseline" in head.bad:
        return
    given, place = head.keys.baseline, head.at("baseline")
    measured = [i for i, turn in enumerate(turns) if "measure" in turn.part.written]
    relative = [i for i, turn in enumerate(turns) if needs_baseline(turn.stage.target)]
    if given is None and relative and not measured:
        ways = "write 'baseline: 164 spm' or 'baseline: athlete' at the top, or add a stage with 'measure: baseline'"
        report.add(turns[relative[0]].part.at("target"), f"this needs a baseline and the plan names none; {ways}")
    if isinstance(given, MeasuredBaseline) and not measured:
        report.add(place, "no stage measures the baseline; add a stage with 'measure: baseline'")
    if isinstance(given, SpeedsText) and given.speeds:
        _check_speeds(given.speeds, head, report)
    if measured and isinstance(given, FixedBaseline | SpeedsText):
        report.add(
            turns[measured[0]].part.at("measure"), "the baseline is given at the top and measured here; keep one"
        )
    if measured and relative and relative[0] < measured[0] and (given is None or isinstance(given, MeasuredBaseline)):
        name = turns[measured[0]].stage.name
        report.add(
            turns[relative[0]].part.at("target"),
            f"this needs the baseline before stage '{name}' measures it; swap them",
        )


def _check_speeds(speeds: Mapping[float, float], head: Head, report: Report) -> None:
    """Who runs faster steps quicker; the other way round is a slip of the pen."""
    slowest, fastest = min(speeds), max(speeds)
    if speeds[fastest] < speeds[slowest]:
        message = (
            f"at the fastest speed there are {speeds[fastest]:g} spm, at the slowest {speeds[slowest]:g}; swap them"
        )
        report.add(head.at("baseline", "speeds"), message)


def _check_length(head: Head, turns: Sequence[Turn], report: Report) -> None:
    total_s = sum(turn.stage.duration_s or 0.0 for turn in turns)
    if total_s > LONGEST_S:
        report.add(head.at_key("stages"), f"the stages last {total_s / 3600:.1f} h in all; 24 h are allowed")


def _check_meaning(turn: Turn, report: Report) -> None:
    """Keys that contradict each other by their values."""
    part, stage = turn.part, turn.stage
    if "target" in part.bad:
        return
    has_tempo = not isinstance(stage.target, Free | Walk)
    if stage.measures_baseline and not isinstance(stage.target, Free):
        report.add(part.at("target"), "the baseline is measured without a target; write 'target: free' or leave it out")
    elif stage.drill is not None and has_tempo:
        report.add(part.at("target"), "a drill is not coached by cadence; leave the target out")
    elif stage.beat is not Beat.OFF and not has_tempo:
        report.add(part.at("beat"), "there is no tempo to play; give the stage a target, or write 'beat: off'")
    if "target" in stage.takes and not has_tempo:
        report.add(part.at("takes"), "this takes a target and has none; give the stage one, to be replaced")
    if "minutes" in stage.takes and stage.duration_s is None and "duration" not in part.bad:
        report.add(part.at("takes"), "this takes minutes and waits for a key; write 'duration: ' and how long")
    if "recall" in part.written and stage.has_recall and not stage.is_probe:
        report.add(
            part.at("recall"), "this stage is helped; recall is for one with 'beat: off, feedback: none' or 'help: 0 %'"
        )
    if stage.measures_baseline and stage.drill is not None:
        report.add(part.at("drill"), "a drill cannot measure the baseline; make it a stage of its own")


def _check_times(head: Head, turn: Turn, report: Report) -> None:
    """Times that do not fit into the stage."""
    part, stage = turn.part, turn.stage
    duration_s = stage.duration_s
    if stage.help_to_ratio is not None and duration_s is None:
        owner = part if "help" in part.written else head
        report.add(owner.at("help"), f"stage '{stage.name}' lasts until a key, so help has no end to fade to")
    if stage.measures_baseline and "duration" not in part.bad and (duration_s or 0.0) < MIN_MEASURE_S:
        report.add(part.at("duration"), "too short to measure a baseline; write 'duration: 1 min' or more")
    if duration_s is None:
        return
    if stage.ramp_s > duration_s:
        place = part.at("ramp") if "ramp" in part.written else head.at("ramp")
        report.add(
            place, f"the ramp is longer than stage '{stage.name}' ({duration_s:g} s); write {duration_s:g} s at most"
        )
    for index, cue in enumerate(part.keys.cues or ()):
        if max(cue.at or 0.0, cue.every or 0.0) >= duration_s:
            report.add(
                part.at("cues", index), f"this comes after the end of the stage ({duration_s:g} s); make it earlier"
            )


def _check_target(head: Head, turn: Turn, report: Report) -> None:
    """How far from the baseline, and whether in steps per minute it is still running."""
    place = turn.part.at("target")
    spm, ratio = _tempo_spm(turn.stage, head), _ratio(turn.stage, head)
    if spm is not None and not LOW_SPM <= spm <= HIGH_SPM:
        report.add(place, f"comes to {spm:.0f} spm; {LOW_SPM:g} to {HIGH_SPM:g} spm are allowed")
    if ratio is None or ratio <= ASK_FIRST_RATIO + EPSILON or _allows(head, turn, lambda allow: allow.target):
        return
    asked = f"{ratio:+.1%} above the baseline".replace("%", " %")
    reason = "'allow: {target: the reason}' in the plan"
    if ratio > MOST_OVER_OWN_RATIO + EPSILON:
        report.add(place, f"{asked} is too much; +10 % is the limit ({TARGET_SOURCE}), more needs {reason}")
    else:
        message = (
            f"{asked} is for a clinician to decide; up to +7.5 % is usual ({ASK_SOURCE}), {reason} says why it is more"
        )
        report.add(place, message, Severity.WARNING)


def _check_tolerance(head: Head, turn: Turn, report: Report) -> None:
    """A band that takes in the baseline would call doing nothing a success; it is narrowed, and that is said."""
    part, target = turn.part, turn.stage.target
    given: Tolerance | None = part.keys.tolerance or head.keys.tolerance
    if (
        given is None
        or not isinstance(target, Relative)
        or target.ratio == 0
        or _allows(head, turn, lambda allow: allow.tolerance)
    ):
        return
    half = _half_width(given, _tempo_spm(turn.stage, head))
    if half is None or (1 + target.ratio) * half < abs(target.ratio) - EPSILON:
        return
    owner = part if "tolerance" in part.written else head
    narrow = f"{widest_ratio(target) * 100:.3g} %"
    asked = f"{target.ratio * 100:+.3g} %"
    message = f"at {asked} this takes in the baseline, so doing nothing would do; it is narrowed to {narrow} there"
    report.add(owner.at("tolerance"), message, Severity.WARNING)


def _check_step(head: Head, before: Turn, after: Turn, report: Report) -> None:
    """The beat should not jump by more than a runner takes without noticing."""
    is_silent = Beat.OFF in {before.stage.beat, after.stage.beat}
    unread = before.part.bad | after.part.bad | head.bad
    if is_silent or after.stage.ramp_s > 0 or {"target", "beat", "ramp"} & unread:
        return
    change = _change(before.stage, after.stage, head)
    if (
        change is None
        or abs(change) <= MAX_STEP_RATIO + EPSILON
        or _allows(head, after, lambda allow: allow.tempo_step)
    ):
        return
    message = (
        f"the beat jumps by {change * 100:+.1f} % from stage '{before.stage.name}' ({STEP_SOURCE}); "
        "write 'ramp: 60 s', or 'allow: {tempo-step: the reason}'"
    )
    report.add(after.part.at("target"), message, Severity.WARNING)


def _allows(head: Head, turn: Turn, reason: Callable[[AllowText], str | None]) -> bool:
    """Whether the stage or the plan gives a reason. One that cannot be read counts: it is a finding already."""
    given = (turn.part.keys.allow, head.keys.allow)
    return any(allow and reason(allow) for allow in given) or "allow" in turn.part.bad | head.bad


def _ratio(stage: Stage, head: Head) -> float | None:
    """How far above the baseline the target is; None when that is not known from the text."""
    if isinstance(stage.target, Relative):
        return stage.target.ratio
    spm, given = _tempo_spm(stage, head), head.keys.baseline
    return spm / given.spm - 1 if spm is not None and isinstance(given, FixedBaseline) else None


def _tempo_spm(stage: Stage, head: Head) -> float | None:
    """The tempo in spm, where the text gives it away."""
    given = head.keys.baseline
    band = band_of(stage.target, stage.tolerance, given.spm if isinstance(given, FixedBaseline) else None)
    return band.target_spm if band else None


def _change(old: Stage, new: Stage, head: Head) -> float | None:
    """By how much the tempo of one stage differs from that of another, as a part of it."""
    if isinstance(old.target, Relative) and isinstance(new.target, Relative):
        return (1 + new.target.ratio) / (1 + old.target.ratio) - 1
    old_spm, new_spm = _tempo_spm(old, head), _tempo_spm(new, head)
    return None if old_spm is None or new_spm is None else new_spm / old_spm - 1


def _half_width(tolerance: Tolerance, target_spm: float | None) -> float | None:
    """Half the width of a band as a part of the target."""
    if isinstance(tolerance, RatioTolerance):
        return tolerance.ratio
    return None if target_spm is None else tolerance.spm / target_spm
