"""What happened, in words: the same sentences on the page and in the terminal."""

from collections.abc import Iterator

from cadencecoach.coach.actions import CueReason, EndReason
from cadencecoach.gait.taps import TAPS
from cadencecoach.plan.forms import fill, joined_facts
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.figures import Part, Split, Summary
from cadencecoach.record.progress.measures import carry_over_ratio
from cadencecoach.record.trace import SpanKind, Trace
from cadencecoach.units import SECONDS_PER_MINUTE
from cadencecoach.view.drawing.plot import SHORT_GAP_S
from cadencecoach.view.words import off_speed, pain_words, percent, walking_included

LEAST_JUDGED_S = 20.0  # fewer seconds with a band say nothing
# From which ratio on nearly all, more than half, a part, a little of the change asked for was there without help.
NEARLY_ALL, OVER_HALF, PART, LITTLE = 0.8, 0.5, 0.2, 0.05
LEAST_MADE = 0.2  # of the asked change, with help: where less was made there is nothing that could have stayed


def headline(summary: Summary, words: Phrasebook = ENGLISH) -> str:
    """One sentence: what came of it."""
    whole, texts = summary.session, words.report
    if not whole.covered_s:
        return fill(texts.no_sensor, time=minutes(whole.duration_s))
    if not whole.running_s:
        return fill(texts.no_running, time=minutes(whole.duration_s))
    ratio_helped, ratio_alone = _ratio(whole.helped), _ratio(whole.silent)
    if ratio_alone is not None:
        return _headline_alone(summary, ratio_helped, ratio_alone, texts)
    is_off_speed = whole.off_speed_s > 0 and (whole.band_s or 0.0) < LEAST_JUDGED_S
    if whole.in_band_ratio is not None and not is_off_speed:
        text = texts.on_target_mostly_helped if whole.silent.band_s else texts.on_target_helped
        return fill(text, helped=percent(whole.in_band_ratio))
    not_judged = texts.run_hardly_judged if is_off_speed else texts.run_not_judged
    text = not_judged if _had_target(summary) else texts.run_without_target
    return fill(text, time=minutes(whole.running_s), cadence=f"{whole.mean_cadence_spm:.0f}")


def _headline_alone(summary: Summary, ratio_helped: float | None, ratio_alone: float, texts: ReportTexts) -> str:
    """Of a session with time enough without help."""
    stayed, alone = kept_words(summary, texts), percent(ratio_alone)
    if ratio_helped is not None:
        text = texts.on_target_both_stayed if stayed else texts.on_target_both
        return fill(text, helped=percent(ratio_helped), alone=alone, stayed=stayed)
    return fill(texts.on_target_alone_stayed if stayed else texts.on_target_alone, alone=alone, stayed=stayed)


def _had_target(summary: Summary) -> bool:
    """Whether there was a target, though perhaps only on the way to it."""
    return any(stage.target_spm is not None for stage in summary.stages)


def lead(summary: Summary, trace: Trace, words: Phrasebook = ENGLISH, *, is_session: bool = True) -> tuple[str, ...]:
    """What else a reader of one minute should know, one sentence each; a run of another device was no session."""
    whole, texts = summary.session, words.report
    said = (
        _time_sentence(summary, texts, is_session=is_session),
        _walking_sentence(trace, texts),
        walking_included(whole, words.screen),
        off_speed(whole, words.screen),
        _means_sentence(summary, texts),
        _corrections_sentence(whole, texts),
        "" if summary.steps_from == TAPS else _gaps_sentence(trace, texts),  # nobody taps all the time
        pain_words(summary, words.screen),
    )
    return tuple(sentence for sentence in said if sentence)


def kept_words(summary: Summary, texts: ReportTexts) -> str:
    """How much of the change was there without help; empty where nobody can say."""
    kept, made = (made_ratio(split, summary) for split in (summary.session.silent, summary.session.helped))
    if kept is None:
        return ""
    if made is not None and max(made, kept) < LEAST_MADE:
        return texts.hardly_made
    stayed = (
        (NEARLY_ALL, texts.stayed_nearly_all),
        (OVER_HALF, texts.stayed_over_half),
        (PART, texts.stayed_part),
        (LITTLE, texts.stayed_little),
    )
    return next((words for least, words in stayed if kept >= least), texts.stayed_none)


def made_ratio(split: Split, summary: Summary) -> float | None:
    """Part of the change asked for that was made in these seconds; None where nobody can say, as of some taps."""
    if summary.steps_from == TAPS:
        return None
    return carry_over_ratio(split.mean_cadence_spm, own_spm(split, summary), split.mean_target_spm)


def own_spm(split: Split, summary: Summary) -> float | None:
    """The runner's own cadence in these seconds; where it was not known yet, the one that was known at the end."""
    return summary.baseline_spm if split.mean_own_spm is None else split.mean_own_spm


def own_words(summary: Summary, texts: ReportTexts) -> str:
    """The runner's own cadence; where it is known by speed, its mean over what was asked for. Empty: not known."""
    if summary.shown_own_spm is None:
        return ""
    text = texts.own_cadence_by_speed if summary.is_own_by_speed else texts.own_cadence
    return fill(text, cadence=f"{summary.shown_own_spm:.0f}")


def minutes(time_s: float) -> str:
    """A length of time in words: seconds below two minutes, hours from two hours on."""
    if time_s < 2 * SECONDS_PER_MINUTE:
        return f"{time_s:.0f} s"
    whole = round(time_s / SECONDS_PER_MINUTE)
    if whole < 120:  # noqa: PLR2004  # two hours
        return f"{whole} min"
    return f"{whole // 60} h {whole % 60} min" if whole % 60 else f"{whole // 60} h"


def span_words(kind: SpanKind, texts: ReportTexts) -> str:
    """What a stretch without running was."""
    return {
        SpanKind.NO_SENSOR: texts.span_no_sensor,
        SpanKind.WALKING: texts.span_walking,
        SpanKind.STILL: texts.span_standing,
        SpanKind.PAUSED: texts.span_paused,
    }[kind]


def _ratio(split: Split) -> float | None:
    return split.in_band_ratio if split.band_s >= LEAST_JUDGED_S else None


def _time_sentence(summary: Summary, texts: ReportTexts, *, is_session: bool) -> str:
    whole = summary.session
    ended = {
        EndReason.FINISHED: texts.finished,
        EndReason.STOPPED: texts.stopped_early,
        EndReason.INTERRUPTED: texts.broke_off,
    }[summary.end_reason]
    text = texts.ran if whole.running_s else texts.lasted
    ran = fill(text, running=minutes(whole.running_s), time=minutes(whole.duration_s))
    paused = f", {fill(texts.paused, time=minutes(summary.paused_s))}" if summary.paused_s else ""
    broken = f", {_breaks_words(summary, texts)}" if summary.gaps else ""
    return f"{joined_facts((f'{ran}{paused}{broken}', ended), texts.forms)}." if is_session else f"{ran}{paused}."


def _breaks_words(summary: Summary, texts: ReportTexts) -> str:
    """The breaks after which the session went on; it broke off at least once."""
    known_s = [gap_s for _, gap_s in summary.gaps if gap_s is not None]
    if len(summary.gaps) > 1:
        return fill(texts.gone_on_often, number=len(summary.gaps), time=minutes(sum(known_s)))
    return fill(texts.gone_on, time=minutes(known_s[0])) if known_s else texts.gone_on_unknown


def _walking_sentence(trace: Trace, texts: ReportTexts) -> str:
    """Walking and standing, where there was a minute of it."""
    lengths_s = {
        kind: sum(span.end_s - span.start_s for span in trace.spans if span.kind is kind)
        for kind in (SpanKind.WALKING, SpanKind.STILL)
    }
    spans = [
        fill(texts.span, time=minutes(length_s), kind=span_words(kind, texts))
        for kind, length_s in lengths_s.items()
        if length_s >= SECONDS_PER_MINUTE
    ]
    if not spans:
        return ""
    first, *others = spans
    return fill(texts.not_counted, spans=fill(texts.both_of, one=first, other=others[0]) if others else first)


def _means_sentence(summary: Summary, texts: ReportTexts) -> str:
    helped, alone = summary.session.helped, summary.session.silent
    means = [
        fill(text, mean=f"{split.mean_cadence_spm:.0f}", target=f"{split.mean_target_spm:.0f}")
        for split, text in ((helped, texts.mean_helped), (alone, texts.mean_alone))
        if split.mean_cadence_spm is not None and split.mean_target_spm is not None and split.band_s >= LEAST_JUDGED_S
    ]
    joined = ", ".join(filter(None, (*means, own_words(summary, texts))))
    return f"{joined[0].upper()}{joined[1:]}." if joined else ""


def _corrections_sentence(whole: Part, texts: ReportTexts) -> str:
    if not whole.band_s:
        return ""
    slow, quick = (whole.n_cues.get(reason.value, 0) for reason in (CueReason.BELOW, CueReason.ABOVE))
    if slow and quick:
        return fill(texts.corrections_both, number=slow + quick, slow=slow, quick=quick)
    if slow:
        return fill(texts.one_correction_slow if slow == 1 else texts.corrections_slow, number=slow)
    if quick:
        return fill(texts.one_correction_quick if quick == 1 else texts.corrections_quick, number=quick)
    return texts.no_corrections


def _gaps_sentence(trace: Trace, texts: ReportTexts) -> str:
    gaps = list(gaps_s(trace))
    paused_s = sum(span.end_s - span.start_s for span in trace.spans if span.kind is SpanKind.PAUSED)
    if not gaps or sum(gaps) + paused_s >= trace.end_s - 1:  # there was none, which the headline says
        return ""
    text = texts.sensor_gap if len(gaps) == 1 else texts.sensor_gaps
    return fill(text, number=len(gaps), time=minutes(sum(gaps)))


def gaps_s(trace: Trace) -> Iterator[float]:
    """How long each silence of the sensor was."""
    lengths_s = (span.end_s - span.start_s for span in trace.spans if span.kind is SpanKind.NO_SENSOR)
    return (length_s for length_s in lengths_s if length_s >= SHORT_GAP_S)
