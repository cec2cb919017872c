"""The picture of a session, put together, and its legend."""

from collections.abc import Iterator

from cadencecoach.coach.actions import CueReason
from cadencecoach.plan.forms import fill
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.trace import SpanKind, Trace
from cadencecoach.view.drawing import lanes, plot
from cadencecoach.view.drawing.form import WIDE, Form, draw_twice, svg, text
from cadencecoach.view.drawing.legend import Key, legend
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.drawing.patterns import patterns
from cadencecoach.view.report.story import span_words

GAP = 10.0


def session_chart(trace: Trace, baseline_spm: float | None, label: str, texts: ReportTexts) -> Markup:
    """Cadence against target over the session, in both forms, with legend and caption.

    Args:
        trace: of the session
        baseline_spm: the runner's own cadence, if known
        label: the same in words, for somebody who does not see it
        texts: in the reader's language
    """
    clipped = plot.is_clipped(trace, plot.axes_of(trace, baseline_spm, WIDE, 0.0))
    caption = f"{texts.chart_caption} {texts.chart_is_clipped}" if clipped else texts.chart_caption
    return element(
        "figure",
        draw_twice(lambda form: _draw(trace, baseline_spm, form, label, texts)),
        legend(_keys(trace, baseline_spm, texts), "session"),
        element("figcaption", caption),
    )


def _draw(trace: Trace, baseline_spm: float | None, form: Form, label: str, texts: ReportTexts) -> Markup:
    unit_height = form.font + GAP
    axes = plot.axes_of(trace, baseline_spm, form, unit_height + lanes.STAGES_HEIGHT)
    help_top = axes.y.start + GAP
    cues_top = help_top + (lanes.LANE_HEIGHT if trace.help else 0.0)
    has_cues = bool(trace.cues or trace.notes)
    bottom = cues_top + (lanes.LANE_HEIGHT if has_cues else 0.0) + form.font
    parts = [
        patterns(form.name),
        text(0, form.font, texts.steps_a_minute, class_="label quiet"),
        plot.backgrounds(trace, axes),
        plot.grid(axes),
        plot.bands(trace, axes),
        plot.baseline(baseline_spm, axes),
        plot.targets(trace, axes),
        lanes.stage_names(trace, axes, texts),
        plot.cadence(trace, axes),
        *([lanes.help_lane(trace, axes, help_top, texts)] if trace.help else []),
        *([lanes.cue_lane(trace, axes, cues_top, texts)] if has_cues else []),
        plot.minute_labels(axes, bottom),
    ]
    return svg(form, bottom + GAP / 2, label, *parts)


def _keys(trace: Trace, baseline_spm: float | None, texts: ReportTexts) -> Iterator[Key]:
    """What is in the picture, and nothing else."""
    yield Key("line", "cadence", texts.cadence)
    if any(stage.target_spm is not None for stage in trace.stages):
        yield Key("line", "target", texts.target)
    yield from _help_keys(trace, baseline_spm, texts)
    yield from _mark_keys(trace, texts)
    kinds = {span.kind for span in trace.spans if span.end_s - span.start_s >= plot.SHORT_GAP_S}
    hatchings = {
        "lost": (SpanKind.NO_SENSOR,),
        "walk": (SpanKind.WALKING, SpanKind.STILL),
        "rest": (SpanKind.PAUSED,),
    }
    for name, those in hatchings.items():
        said = [span_words(kind, texts) for kind in those if kind in kinds]
        if said:
            yield Key("hatch", name, said[0] if len(said) == 1 else fill(texts.either_of, one=said[0], other=said[1]))


def _help_keys(trace: Trace, baseline_spm: float | None, texts: ReportTexts) -> Iterator[Key]:
    helps = {span.is_helped for span in trace.help}
    if True in helps:
        yield Key("box", "band", texts.band_helped)
    if False in helps:
        yield Key("hatch", "alone", texts.band_alone)
    if baseline_spm is not None:
        yield Key("line", "baseline", fill(texts.own_cadence_line, cadence=f"{baseline_spm:.0f}"))


def _mark_keys(trace: Trace, texts: ReportTexts) -> Iterator[Key]:
    reasons = {cue.reason for cue in trace.cues}
    if CueReason.BELOW.value in reasons:
        yield Key("up", "below", texts.correction_slow)
    if CueReason.ABOVE.value in reasons:
        yield Key("down", "above", texts.correction_quick)
    if reasons - {CueReason.BELOW.value, CueReason.ABOVE.value}:
        yield Key("tick", "cue", texts.other_cue)
    if any(not one.is_taken_back for one in trace.pains):
        yield Key("square", "pain", texts.pain_noted)
