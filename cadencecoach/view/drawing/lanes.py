"""What stands above and below the plot of a session: the stages, help and silence, cues."""

from collections.abc import Iterator
from itertools import groupby

from cadencecoach.coach.actions import CueReason
from cadencecoach.plan.forms import fill
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.trace import HelpSpan, StageSpan, Trace
from cadencecoach.view.drawing.form import text
from cadencecoach.view.drawing.markup import Markup, element, group
from cadencecoach.view.drawing.patterns import fill_of
from cadencecoach.view.drawing.plot import Axes
from cadencecoach.view.words import clean

STAGES_HEIGHT = 40.0
LANE_HEIGHT = 22.0
LANE_BAR = 15.0
PAD = 4.0
LANE_GAP = 6.0  # between a lane and its name
LEAST_LETTERS = 6  # of a name: fewer tell less than its number
MARK = 5.0  # half of a mark's width


def stage_names(trace: Trace, axes: Axes, texts: ReportTexts) -> Markup:
    """Number, name and target of each stage over the plot, as much as there is room for; a line where each begins."""
    return group(part for stage in stages_in(trace) for part in _stage_name(stage, axes, texts))


def stages_in(trace: Trace) -> Iterator[tuple[StageSpan, ...]]:
    """The stretches of each stage; a target changed on the way makes it more than one."""
    return (tuple(spans) for _, spans in groupby(trace.stages, lambda span: span.index))


def _stage_name(spans: tuple[StageSpan, ...], axes: Axes, texts: ReportTexts) -> Iterator[Markup]:
    form, left, right = axes.form, axes.x(spans[0].start_s), axes.x(spans[-1].end_s)
    room, number = right - left - 2 * PAD, str(spans[0].index + 1)
    top = axes.y.end - STAGES_HEIGHT
    yield element("path", d=f"M{left:.1f} {top:.1f}V{axes.y.start:.1f}", class_="border")
    if form.text_width(number) > room:
        return
    name = clean(spans[0].name)
    words = form.fit(f"{number} {name}", room)
    is_told = len(words) - len(number) > min(len(name), LEAST_LETTERS)
    yield text(left + PAD, top + form.font, words if is_told else number, class_="label strong")
    target_spm = spans[-1].target_spm
    if target_spm is None:
        return
    wordings = (fill(texts.target_of, target=f"{target_spm:.0f}"), f"{target_spm:.0f}")
    fitting = next((w for w in wordings if form.text_width(w) <= room), None)
    if fitting:
        yield text(left + PAD, top + 2.25 * form.font, fitting)


def help_lane(trace: Trace, axes: Axes, top: float, texts: ReportTexts) -> Markup:
    """Where help was on offer and where the runner was alone with the target, in words where they fit."""
    return group([_lane_name(texts.help_lane, axes, top), *(_help(span, axes, top, texts) for span in trace.help)])


def _help(span: HelpSpan, axes: Axes, top: float, texts: ReportTexts) -> Markup:
    left, right = axes.x(span.start_s), axes.x(span.end_s)
    place = {"x": left, "y": top, "width": max(right - left, 1.0), "height": LANE_BAR}
    if span.is_helped:
        parts = [element("rect", class_="helped", **place)]
    else:
        hatched = element("rect", fill=fill_of(axes.form.name, "alone"), **place)
        parts = [hatched, element("rect", class_="alone", **place)]
    helped, alone = (texts.helped_long, texts.helped_short), (texts.alone_long, texts.alone_short)
    wordings = helped if span.is_helped else alone
    fitting = next((w for w in wordings if axes.form.text_width(w) + 2 * PAD <= right - left), None)
    if fitting:
        middle = (left + right) / 2
        parts.append(text(middle, top + LANE_BAR - 3.5, fitting, class_="label halo", anchor="middle"))
    return group(parts)


def cue_lane(trace: Trace, axes: Axes, top: float, texts: ReportTexts) -> Markup:
    """Corrections as triangles pointing where the runner was sent, pain as a square, other cues as short lines."""
    middle = top + LANE_BAR / 2
    others = "".join(
        f"M{axes.x.within(cue.time_s):.1f} {middle - MARK:.1f}v{2 * MARK:g}"
        for cue in trace.cues
        if cue.reason not in SHAPES
    )
    marks = [
        element("path", d=SHAPES[cue.reason].format(x=axes.x.within(cue.time_s), y=middle), class_=CLASSES[cue.reason])
        for cue in trace.cues
        if cue.reason in SHAPES
    ]
    pains = [
        element("rect", x=axes.x(one.time_s) - MARK, y=middle - MARK, width=2 * MARK, height=2 * MARK, class_="pain")
        for one in trace.pains
        if not one.is_taken_back
    ]
    lines = element("path", d=others, class_="cue") if others else group([])
    return group([_lane_name(texts.cues_lane, axes, top), lines, *marks, *pains])


UPWARDS = "M{x:.1f} {y:.1f}m-5.5 5h11l-5.5-10z"
DOWNWARDS = "M{x:.1f} {y:.1f}m-5.5-5h11l-5.5 10z"
SHAPES = {CueReason.BELOW.value: UPWARDS, CueReason.ABOVE.value: DOWNWARDS}
CLASSES = {CueReason.BELOW.value: "below", CueReason.ABOVE.value: "above"}


def _lane_name(words: str, axes: Axes, top: float) -> Markup:
    room = axes.form.left - LANE_GAP
    return text(room, top + LANE_BAR - 3.5, axes.form.fit(words, room), anchor="end")
