"""A plan as a picture for a handout, a page or a screen: the targets over time, before anything is run.

It is the plot of a session's report without the session: the same signs, so that whoever has read one can read the
other. Where the runner's own cadence is not known, all is counted in percent of it.
"""

import re
from collections.abc import Iterator, Sequence

from cadencecoach.plan.model import Free, Plan, Relative, Stage, Walk
from cadencecoach.plan.report_texts import ENGLISH_REPORT
from cadencecoach.plan.targets import target_words
from cadencecoach.record.trace import Trace
from cadencecoach.view.drawing import lanes, plot
from cadencecoach.view.drawing.form import ELLIPSIS, Form, text
from cadencecoach.view.drawing.markup import Markup, element, group
from cadencecoach.view.drawing.patterns import patterns
from cadencecoach.view.drawing.style import PICTURE_STYLE
from cadencecoach.view.plan.course import ASSUMED_SPM, course_of
from cadencecoach.view.plan.table import known_baseline_spm, length_words
from cadencecoach.view.plan.words import sentences
from cadencecoach.view.words import clean

# One drawing for every width: letters that can be read on a phone, and are not too large on a screen or on paper.
_TURN = re.compile(r" \d+ of \d+$")  # what a repeat adds to a name
FORM = Form(name="p", width=720, plot_height=300, left=58, right=16, font=17, n_x=9, n_y=6)
GAP = 10.0
MARK = "<!-- a picture of cadencecoach -->\n"  # of the file, by which a later one knows that it may take its place
LINE = 22.0  # from one line of words to the next
MAX_NAME_LINES = 12
MAX_LABELLED = 30  # stages read out
MAX_NUMBERS = 6  # of a stage that comes again and again


def plan_svg(plan: Plan, baseline_spm: float | None) -> str:
    """The picture as the text of an SVG file that loads nothing.

    Args:
        plan: what is shown
        baseline_spm: the runner's own cadence, if known
    """
    zero_spm, unit = _unit(plan, known_baseline_spm(plan, baseline_spm))
    trace = course_of(plan, zero_spm or ASSUMED_SPM)
    drawn, bottom = _plot(plan, trace, zero_spm)
    below = [*_legend(plan, trace, zero_spm), *_names(plan)]
    height = bottom + LINE * len(below) + GAP
    parts = [
        element("title", plan.name),
        element("desc", _label(plan)),
        element("style", Markup(PICTURE_STYLE)),
        element("rect", width=FORM.width, height=height, class_="paper"),
        patterns(FORM.name),
        text(GAP, LINE, FORM.fit(plan.name, FORM.width - 2 * GAP), class_="label strong"),
        text(GAP, 2 * LINE, FORM.fit(f"{length_words(plan)}; {unit}", FORM.width - 2 * GAP)),
        drawn,
        *(text(GAP, bottom + LINE * number, words) for number, words in enumerate(below, start=1)),
    ]
    picture = element(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {FORM.width:g} {height:g}",
        role="img",
        aria_label=f"{plan.name}. {_label(plan)}",
        font_size=FORM.font,
        font_family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif",
    )
    return f"{MARK}{picture.text}\n"


def _plot(plan: Plan, trace: Trace, zero_spm: float | None) -> tuple[Markup, float]:
    """The plot and the lanes below it, and where they end."""
    has_targets = any(stage.target_spm is not None for stage in trace.stages)
    axes = plot.axes_of(trace, zero_spm if has_targets else None, FORM, 2 * LINE + GAP + lanes.STAGES_HEIGHT)
    help_top = axes.y.start + FORM.font
    cues_top = help_top + (lanes.LANE_HEIGHT if trace.help else 0.0)
    bottom = cues_top + (lanes.LANE_HEIGHT if trace.cues else 0.0) + FORM.font
    parts = [
        plot.backgrounds(trace, axes),
        *([plot.grid(axes)] if has_targets else []),
        plot.bands(trace, axes),
        plot.baseline(zero_spm if has_targets else None, axes),
        plot.targets(trace, axes),
        group(_heads(plan, trace, axes)),
        *([lanes.help_lane(trace, axes, help_top, ENGLISH_REPORT)] if trace.help else []),
        *([lanes.cue_lane(trace, axes, cues_top, ENGLISH_REPORT)] if trace.cues else []),
        plot.minute_labels(axes, bottom),
    ]
    return group(parts), bottom


def _heads(plan: Plan, trace: Trace, axes: plot.Axes) -> Iterator[Markup]:
    """Number and target of each stage over the plot, where there is room; a line where each begins."""
    top = axes.y.end - lanes.STAGES_HEIGHT
    for stage, span in zip(plan.stages, trace.stages, strict=True):
        left, room = axes.x(span.start_s), axes.x(span.end_s) - axes.x(span.start_s) - 2 * lanes.PAD
        yield element("path", d=f"M{left:.1f} {top:.1f}V{axes.y.start:.1f}", class_="border")
        number, target = str(span.index + 1), _kind(stage)
        if FORM.text_width(number) <= room:
            yield text(left + lanes.PAD, top + FORM.font, number, class_="label strong")
        if FORM.text_width(target) <= room:
            yield text(left + lanes.PAD, top + 2.25 * FORM.font, target)


def _kind(stage: Stage) -> str:
    if stage.measures_baseline:
        return "measure"
    return "drill" if stage.drill is not None else target_words(stage.target)


def _legend(plan: Plan, trace: Trace, zero_spm: float | None) -> Iterator[str]:
    """What the signs mean, as far as they are there."""
    said = []
    if any(span.target_spm is not None for span in trace.stages):
        said += ["dashes: target"] if zero_spm is None else ["dashes: target", "dots: own cadence"]
    helps = {span.is_helped for span in trace.help}
    said += ["shaded: help"] if True in helps else []
    said += ["hatched: without help"] if False in helps else []
    said += ["dotted: walking"] if trace.spans else []
    if any(stage.duration_s is None for stage in plan.stages):
        said.append("the width of a stage that waits for a key means nothing")
    yield from _wrap([f"{words};" for words in said[:-1]] + [f"{words}." for words in said[-1:]])


def _names(plan: Plan) -> Iterator[str]:
    """The stages by number, as many lines as they need; those done again and again once."""
    numbers: dict[str, list[str]] = {}
    for number, stage in enumerate(plan.stages, start=1):
        numbers.setdefault(_TURN.sub("", stage.name), []).append(str(number))
    words = [f"{_list_numbers(those)} {clean(name)}" for name, those in numbers.items()]
    lines = list(_wrap([f"{one}," for one in words[:-1]] + words[-1:]))
    yield from lines[:MAX_NAME_LINES]
    if len(lines) > MAX_NAME_LINES:
        yield ELLIPSIS


def _list_numbers(numbers: Sequence[str]) -> str:
    return ", ".join(numbers) if len(numbers) <= MAX_NUMBERS else f"{numbers[0]}, {numbers[1]} {ELLIPSIS} {numbers[-1]}"


def _wrap(words: Sequence[str]) -> Iterator[str]:
    """Words in lines that fit the picture."""
    room, line = FORM.width - 2 * GAP, ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and FORM.text_width(longer) > room:
            yield line
            longer = word
        line = longer if FORM.text_width(longer) <= room else FORM.fit(longer, room)
    if line:
        yield line


def _unit(plan: Plan, known_spm: float | None) -> tuple[float | None, str]:
    """The runner's own cadence in the picture, if it has one, and what its numbers are."""
    if known_spm is not None:
        return known_spm, "steps a minute"
    kinds = {isinstance(stage.target, Relative) for stage in plan.stages if _has_target(stage)}
    if kinds == {True}:
        return 100.0, "percent of the runner's own cadence"
    if True in kinds:
        return ASSUMED_SPM, f"steps a minute, if the runner's own cadence is {ASSUMED_SPM:g}"
    return None, "steps a minute"


def _has_target(stage: Stage) -> bool:
    return not isinstance(stage.target, Free | Walk)


def _label(plan: Plan) -> str:
    """The picture in words, for somebody who does not see it."""
    return " ".join(f"{stage.name}: {next(sentences(stage, None))}" for stage in plan.stages[:MAX_LABELLED])
