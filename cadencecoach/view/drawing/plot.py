"""The plot of a session: cadence against target and band, over what was no running."""

from collections.abc import Iterator
from dataclasses import dataclass

from cadencecoach.record.trace import Span, SpanKind, StageSpan, Trace
from cadencecoach.units import STALE_AFTER_S
from cadencecoach.view.drawing.form import Form, text
from cadencecoach.view.drawing.markup import Markup, element, group, path_of
from cadencecoach.view.drawing.patterns import fill_of
from cadencecoach.view.drawing.scale import Scale, minute_ticks, rounded_range, ticks

SHORT_GAP_S = STALE_AFTER_S  # what counts as silence of the sensor
LEAST_RANGE_SPM = 20.0  # noise must not fill the picture
EDGE_RATIO = 0.02  # of the points at each end may lie outside the picture: somebody setting off, a last step
LEAST_SPAN_PX = 2.0  # what is shorter would not be seen
SEEN_PX = 9.0  # a silence narrower than this gets a cross
CROSS = "M{x:.1f} {y:.1f}m-4-4l8 8m0-8l-8 8"
PATTERN_OF = {
    SpanKind.NO_SENSOR: "lost",
    SpanKind.WALKING: "walk",
    SpanKind.STILL: "walk",
    SpanKind.PAUSED: "rest",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """Where everything is placed.

    Attributes:
        form: of the picture
        x: session time in s
        y: spm
    """

    form: Form
    x: Scale
    y: Scale


def axes_of(trace: Trace, baseline_spm: float | None, form: Form, top: float) -> Axes:
    """Scales that hold the bands, the baseline and nearly all of the cadence."""
    low, high = spm_range(trace, baseline_spm)
    low, high = rounded_range(low, high, form.n_y)
    x = Scale(low=0.0, high=max(trace.end_s, 1.0), start=form.left, end=form.x_end)
    return Axes(form=form, x=x, y=Scale(low=low, high=high, start=top + form.plot_height, end=top))


def spm_range(trace: Trace, baseline_spm: float | None) -> tuple[float, float]:
    """The cadences to be shown."""
    values = sorted(spm for run in trace.cadence for _, spm in run)
    cut = int(len(values) * EDGE_RATIO)
    wanted = [values[cut], values[-1 - cut]] if values else []
    for stage in trace.stages:
        wanted += [edge for edge in (stage.low_spm, stage.high_spm) if edge is not None]
    wanted += [] if baseline_spm is None else [baseline_spm]
    low, high = (min(wanted), max(wanted)) if wanted else (150.0, 170.0)
    spare = max(0.0, LEAST_RANGE_SPM - (high - low)) / 2 + 1.0
    return low - spare, high + spare


def is_clipped(trace: Trace, axes: Axes) -> bool:
    """Whether some of the cadence lies outside the picture and runs along its edge."""
    return any(not axes.y.low <= spm <= axes.y.high for run in trace.cadence for _, spm in run)


def grid(axes: Axes) -> Markup:
    """Lines and numbers of both axes."""
    form, x, y = axes.form, axes.x, axes.y
    parts = []
    for spm in ticks(y.low, y.high, form.n_y):
        parts.append(element("path", d=f"M{form.left} {y(spm):.1f}H{form.x_end}", class_="grid"))
        parts.append(text(form.left - 6, y(spm) + form.font * 0.35, f"{spm:g}", anchor="end"))
    parts += [element("path", d=f"M{x(minute * 60):.1f} {y.start:.1f}v4", class_="axis") for minute in _minutes(axes)]
    return group(parts)


def minute_labels(axes: Axes, y: float) -> Markup:
    """Minutes below the picture, the unit at the last of them."""
    minutes = _minutes(axes)
    labels = [text(axes.x(m * 60), y, f"{m:g}", anchor="middle") for m in minutes[:-1]]
    last, unit = minutes[-1], " min"
    is_inside = axes.x(last * 60) + axes.form.text_width(f"{last:g}{unit}") < axes.form.width
    labels.append(
        text(axes.x(last * 60) - axes.form.text_width(f"{last:g}") / 2, y, f"{last:g}{unit}")
        if is_inside
        else text(axes.form.width - 2, y, f"{last:g}{unit}", anchor="end")
    )
    return group(labels)


def _minutes(axes: Axes) -> tuple[float, ...]:
    return minute_ticks(axes.x.high, axes.form.n_x)


def backgrounds(trace: Trace, axes: Axes) -> Markup:
    """Stretches without a sensor, of walking, standing and pausing, over the height of the plot."""
    return group(_background(span, axes) for span in trace.spans)


def _background(span: Span, axes: Axes) -> Markup:
    start, end = axes.x(span.start_s), axes.x(span.end_s)
    name = PATTERN_OF[span.kind]
    if end - start < LEAST_SPAN_PX and span.end_s - span.start_s < SHORT_GAP_S:
        return group([])
    width = max(end - start, LEAST_SPAN_PX)
    place = {"x": start, "y": axes.y.end, "width": width, "height": axes.y.start - axes.y.end}
    veil = element("rect", class_=f"veil-{name}", **place)
    parts = [veil, element("rect", fill=fill_of(axes.form.name, name), **place)]
    if span.kind is SpanKind.NO_SENSOR and width < SEEN_PX:
        parts.append(element("path", d=CROSS.format(x=start + width / 2, y=axes.y.end + 8), class_="lost-mark"))
    return group(parts)


def bands(trace: Trace, axes: Axes) -> Markup:
    """The band of each stage: filled where help was on offer, hatched where the runner was alone."""
    return group(part for stage in trace.stages for part in _band(stage, trace, axes))


def _band(stage: StageSpan, trace: Trace, axes: Axes) -> Iterator[Markup]:
    if stage.low_spm is None or stage.high_spm is None:
        return
    start_s = min(stage.start_s + (stage.ramp_s if stage.from_spm is not None else 0.0), stage.end_s)
    top, height = axes.y(stage.high_spm), axes.y(stage.low_spm) - axes.y(stage.high_spm)
    for span in trace.help:
        left, right = axes.x(max(start_s, span.start_s)), axes.x(min(stage.end_s, span.end_s))
        if right <= left:
            continue
        place = {"x": left, "y": top, "width": right - left, "height": height}
        if not span.is_helped:
            yield element("rect", fill=fill_of(axes.form.name, "alone"), **place)
        yield element("rect", class_="band" if span.is_helped else "band-alone", **place)


def targets(trace: Trace, axes: Axes) -> Markup:
    """The target as a line, its ramps slanted."""
    return group(_target(stage, stage.target_spm, axes) for stage in trace.stages if stage.target_spm is not None)


def _target(stage: StageSpan, target_spm: float, axes: Axes) -> Markup:
    there_s = min(stage.start_s + stage.ramp_s, stage.end_s)
    points = [(axes.x(there_s), axes.y(target_spm)), (axes.x(stage.end_s), axes.y(target_spm))]
    if stage.from_spm is not None and stage.ramp_s:
        points.insert(0, (axes.x(stage.start_s), axes.y.within(stage.from_spm)))
    return element("path", d=path_of(points), class_="target")


def cadence(trace: Trace, axes: Axes) -> Markup:
    """The cadence itself; what lies outside the picture runs along its edge."""
    lines = (path_of([(axes.x(time_s), axes.y.within(spm)) for time_s, spm in run]) for run in trace.cadence)
    return element("path", d="".join(lines), class_="cadence")


def baseline(baseline_spm: float | None, axes: Axes) -> Markup:
    """The runner's own cadence as a dotted line."""
    if baseline_spm is None:
        return group([])
    y = axes.y(baseline_spm)
    return element("path", d=f"M{axes.form.left} {y:.1f}H{axes.form.x_end}", class_="baseline")
