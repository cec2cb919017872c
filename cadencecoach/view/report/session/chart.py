"""The picture of a session, put together, and its legend."""

from collections.abc import Iterator

from cadencecoach.coach.actions import CueReason
from cadencecoach.record.trace import SpanKind, Trace
from cadencecoach.view.drawing import lanes, plot
from cadencecoach.view.drawing.form import WIDE, Form, drawn_twice, svg, text
from cadencecoach.view.drawing.legend import Key, legend
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.drawing.patterns import patterns

GAP = 10.0


def session_chart(trace: Trace, baseline_spm: float | None, label: str) -> Markup:
    """Cadence against target over the session, in both forms, with legend and caption.

    Args:
        trace: of the session
        baseline_spm: the runner's own cadence, if known
        label: the same in words, for somebody who does not see it
    """
    clipped = plot.is_clipped(trace, plot.axes_of(trace, baseline_spm, WIDE, 0.0))
    caption = (
        "Cadence is the median of the last 5 s, in steps a minute, both feet; the line breaks where the runner was not"
        " running or the sensor was silent. Nothing is counted during a ramp to a new target."
        + (" Where the line runs along the edge, the cadence is outside the picture." if clipped else "")
    )
    return element(
        "figure",
        drawn_twice(lambda form: _draw(trace, baseline_spm, form, label)),
        legend(_keys(trace, baseline_spm), "session"),
        element("figcaption", caption),
    )


def _draw(trace: Trace, baseline_spm: float | None, form: Form, label: str) -> Markup:
    unit_height = form.font + GAP
    axes = plot.axes_of(trace, baseline_spm, form, unit_height + lanes.STAGES_HEIGHT)
    help_top = axes.y.start + GAP
    cues_top = help_top + (lanes.LANE_HEIGHT if trace.help else 0.0)
    has_cues = bool(trace.cues or trace.notes)
    bottom = cues_top + (lanes.LANE_HEIGHT if has_cues else 0.0) + form.font
    parts = [
        patterns(form.name),
        text(0, form.font, "steps a minute", class_="label quiet"),
        plot.backgrounds(trace, axes),
        plot.grid(axes),
        plot.bands(trace, axes),
        plot.baseline(baseline_spm, axes),
        plot.targets(trace, axes),
        lanes.stage_names(trace, axes),
        plot.cadence(trace, axes),
        *([lanes.help_lane(trace, axes, help_top)] if trace.help else []),
        *([lanes.cue_lane(trace, axes, cues_top)] if has_cues else []),
        plot.minute_labels(axes, bottom),
    ]
    return svg(form, bottom + GAP / 2, label, *parts)


def _keys(trace: Trace, baseline_spm: float | None) -> Iterator[Key]:
    """What is in the picture, and nothing else."""
    yield Key("line", "cadence", "cadence")
    if any(stage.target_spm is not None for stage in trace.stages):
        yield Key("line", "target", "target")
    yield from _help_keys(trace, baseline_spm)
    yield from _mark_keys(trace)
    kinds = {span.kind for span in trace.spans if span.end_s - span.start_s >= plot.SHORT_GAP_S}
    for name, words in (("lost", SpanKind.NO_SENSOR), ("walk", SpanKind.WALKING), ("rest", SpanKind.PAUSED)):
        same = {words, SpanKind.STILL} if name == "walk" else {words}
        if kinds & same:
            yield Key("hatch", name, " or ".join(kind.value for kind in SpanKind if kind in kinds & same))


def _help_keys(trace: Trace, baseline_spm: float | None) -> Iterator[Key]:
    helps = {span.is_helped for span in trace.help}
    if True in helps:
        yield Key("box", "band", "band, with help")
    if False in helps:
        yield Key("hatch", "alone", "band, without help")
    if baseline_spm is not None:
        yield Key("line", "baseline", f"own cadence (baseline) {baseline_spm:.0f}")


def _mark_keys(trace: Trace) -> Iterator[Key]:
    reasons = {cue.reason for cue in trace.cues}
    if CueReason.BELOW.value in reasons:
        yield Key("up", "below", "correction: too slow")
    if CueReason.ABOVE.value in reasons:
        yield Key("down", "above", "correction: too quick")
    if reasons - {CueReason.BELOW.value, CueReason.ABOVE.value}:
        yield Key("tick", "cue", "other cue")
    if any(not one.is_taken_back for one in trace.pains):
        yield Key("square", "pain", "pain noted")
