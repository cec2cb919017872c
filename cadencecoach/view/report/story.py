"""What happened, in words: the same sentences on the page and in the terminal."""

from collections.abc import Iterator

from cadencecoach.coach.actions import CueReason, EndReason
from cadencecoach.record.figures import Part, Split, Summary
from cadencecoach.record.progress.measures import carry_over_ratio
from cadencecoach.record.trace import SpanKind, Trace
from cadencecoach.units import SECONDS_PER_MINUTE
from cadencecoach.view.drawing.plot import SHORT_GAP_S
from cadencecoach.view.words import counted, off_speed, pain_words, percent, walking_included

LEAST_JUDGED_S = 20.0  # fewer seconds with a band say nothing
# How much of the asked change was there without help, from this ratio on.
STAYED = (
    (0.8, "nearly all of the change stayed"),
    (0.5, "more than half of the change stayed"),
    (0.2, "part of the change stayed"),
    (0.05, "little of the change stayed"),
)
NONE_STAYED = "none of the change stayed"
LEAST_MADE = 0.2  # of the asked change, with help: where less was made there is nothing that could have stayed
HARDLY_MADE = "the change was hardly made"


def headline(summary: Summary) -> str:
    """One sentence: what came of it."""
    whole = summary.session
    if not whole.covered_s:
        return f"{minutes(whole.duration_s)} without a sensor: the cadence is not known."
    if not whole.running_s:
        return f"{minutes(whole.duration_s)}, no running detected."
    ratio_helped, ratio_alone = _ratio(whole.helped), _ratio(whole.silent)
    if ratio_helped is not None and ratio_alone is not None:
        stayed = kept_words(summary)
        return f"On target {percent(ratio_helped)} of the time with help, {percent(ratio_alone)} without{stayed}."
    if ratio_alone is not None:
        return f"On target {percent(ratio_alone)} of the time, all of it without help{kept_words(summary)}."
    is_off_speed = whole.off_speed_s > 0 and (whole.band_s or 0.0) < LEAST_JUDGED_S
    if whole.in_band_ratio is not None and not is_off_speed:
        return f"On target {percent(whole.in_band_ratio)} of the time, with help throughout."
    seldom = "almost none of it judged" if is_off_speed else "none of it judged"
    asked = seldom if _had_target(summary) else "no target given"
    return f"{minutes(whole.running_s)} of running at {whole.mean_cadence_spm:.0f} steps a minute, {asked}."


def _had_target(summary: Summary) -> bool:
    """Whether there was a target, though perhaps only on the way to it."""
    return any(stage.target_spm is not None for stage in summary.stages)


def lead(summary: Summary, trace: Trace, *, is_session: bool = True) -> tuple[str, ...]:
    """What else a reader of one minute should know, one sentence each; a run of another device was no session."""
    whole = summary.session
    said = (
        _time_sentence(summary, is_session=is_session),
        _walking_sentence(trace),
        walking_included(whole),
        off_speed(whole),
        _means_sentence(summary),
        _corrections_sentence(whole),
        _gaps_sentence(trace),
        pain_words(summary),
    )
    return tuple(sentence for sentence in said if sentence)


def kept_words(summary: Summary) -> str:
    """How much of the change was there without help, behind a colon; empty where nobody can say."""
    kept, made = (made_ratio(split, summary) for split in (summary.session.silent, summary.session.helped))
    if kept is None:
        return ""
    if made is not None and max(made, kept) < LEAST_MADE:
        return f": {HARDLY_MADE}"
    return ": " + next((words for least, words in STAYED if kept >= least), NONE_STAYED)


def made_ratio(split: Split, summary: Summary) -> float | None:
    """Part of the change asked for that was made in these seconds; None where nobody can say."""
    return carry_over_ratio(split.mean_cadence_spm, own_spm(split, summary), split.mean_target_spm)


def own_spm(split: Split, summary: Summary) -> float | None:
    """The runner's own cadence in these seconds; where it was not known yet, the one that was known at the end."""
    return summary.baseline_spm if split.mean_own_spm is None else split.mean_own_spm


def own_words(summary: Summary) -> str:
    """The runner's own cadence; where it is known by speed, its mean over what was asked for. Empty: not known."""
    if summary.shown_own_spm is None:
        return ""
    return f"own cadence {summary.shown_own_spm:.0f} spm{' at the speeds run' if summary.is_own_by_speed else ''}"


def minutes(time_s: float) -> str:
    """A length of time in words: seconds below two minutes, hours from two hours on."""
    if time_s < 2 * SECONDS_PER_MINUTE:
        return f"{time_s:.0f} s"
    whole = round(time_s / SECONDS_PER_MINUTE)
    if whole < 120:  # noqa: PLR2004  # two hours
        return f"{whole} min"
    return f"{whole // 60} h {whole % 60} min" if whole % 60 else f"{whole // 60} h"


def _ratio(split: Split) -> float | None:
    return split.in_band_ratio if split.band_s >= LEAST_JUDGED_S else None


def _time_sentence(summary: Summary, *, is_session: bool) -> str:
    whole = summary.session
    ended = {
        EndReason.FINISHED: "finished",
        EndReason.STOPPED: "the runner stopped early",
        EndReason.INTERRUPTED: "the recording broke off",
    }[summary.end_reason]
    lasted = f"It lasted {minutes(whole.duration_s)}"
    ran = f"Ran {minutes(whole.running_s)} of {minutes(whole.duration_s)}" if whole.running_s else lasted
    paused = f", {minutes(summary.paused_s)} paused" if summary.paused_s else ""
    return f"{ran}{paused}; {ended}." if is_session else f"{ran}{paused}."


def _walking_sentence(trace: Trace) -> str:
    """Walking and standing, where there was a minute of it."""
    said: list[str] = []
    for kind in (SpanKind.WALKING, SpanKind.STILL):
        length_s = sum(span.end_s - span.start_s for span in trace.spans if span.kind is kind)
        said += [f"{minutes(length_s)} of {kind.value}"] if length_s >= SECONDS_PER_MINUTE else []
    return f"{' and '.join(said)}, not counted in any mean." if said else ""


def _means_sentence(summary: Summary) -> str:
    helped, alone = summary.session.helped, summary.session.silent
    said = [
        f"{split.mean_cadence_spm:.0f} spm {words} (target {split.mean_target_spm:.0f})"
        for split, words in ((helped, "with help"), (alone, "without help"))
        if split.mean_cadence_spm is not None and split.mean_target_spm is not None and split.band_s >= LEAST_JUDGED_S
    ]
    joined = ", ".join(filter(None, (*said, own_words(summary))))
    return f"{joined[0].upper()}{joined[1:]}." if joined else ""


def _corrections_sentence(whole: Part) -> str:
    if not whole.band_s:
        return ""
    slow, quick = (whole.n_cues.get(reason.value, 0) for reason in (CueReason.BELOW, CueReason.ABOVE))
    if not slow and not quick:
        return "No corrections."
    which = "all for being too slow" if not quick else "all for being too quick" if not slow else f"{slow} too slow"
    also = f", {quick} too quick" if slow and quick else ""
    return f"{counted(slow + quick, 'correction')}, {which}{also}."


def _gaps_sentence(trace: Trace) -> str:
    gaps = list(gaps_s(trace))
    if not gaps or sum(gaps) >= trace.end_s - 1:
        return ""
    return f"The sensor was silent {counted(len(gaps), 'time')}, {minutes(sum(gaps))} in total."


def gaps_s(trace: Trace) -> Iterator[float]:
    """How long each silence of the sensor was."""
    lengths_s = (span.end_s - span.start_s for span in trace.spans if span.kind is SpanKind.NO_SENSOR)
    return (length_s for length_s in lengths_s if length_s >= SHORT_GAP_S)
