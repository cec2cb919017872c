"""The picture of an athlete: panels below one another on one axis of time, and their legend."""

from collections.abc import Iterator

from cadencecoach.plan.forms import fill
from cadencecoach.record.progress.measures import SPM_PER_MPS
from cadencecoach.record.progress.weeks import Rise
from cadencecoach.view.drawing.form import Form, drawn_twice, svg
from cadencecoach.view.drawing.legend import Key, legend
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.drawing.patterns import patterns
from cadencecoach.view.drawing.scale import Scale, rounded_range
from cadencecoach.view.report.progress import panels
from cadencecoach.view.report.progress.axes import Panel, calendar, day_scale, frame, layoffs
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import flats

TITLE = 34.0  # height above each panel
KEPT_PERCENT = tuple(100 * ratio for ratio in panels.KEPT_RANGE)
MOST_FELT = 10.0
HEIGHTS = (230.0, 96.0, 96.0, 84.0)


def progress_chart(sheet: ProgressSheet, label: str) -> Markup:
    """All panels in both forms, with legend and caption; needs one session or more.

    Args:
        sheet: the athlete
        label: the same in words, for somebody who does not see it
    """
    speed_mps, texts, measures = sheet.progress.speed_mps, sheet.words.progress, sheet.words.measures
    speed = (
        texts.without_speed
        if speed_mps is None
        else fill(texts.at_one_speed, speed=measures.speed(speed_mps), slope=measures.slope(SPM_PER_MPS))
    )
    caption = speed if sheet.progress.change is None else f"{speed} {texts.chance_band}"
    return element(
        "figure",
        drawn_twice(lambda form: _draw(sheet, form, label)),
        legend(_keys(sheet), "progress"),
        element("figcaption", caption),
    )


def _draw(sheet: ProgressSheet, form: Form, label: str) -> Markup:
    progress, texts, x = sheet.progress, sheet.words.progress, day_scale(sheet.progress, form)
    shown = list(_panels(sheet, form, x))
    places = tuple(panel for panel, _, _, _ in shown)
    parts = [patterns(form.name + "p", "rest")]
    parts += [frame(panel, title, n_y) for panel, title, n_y, _ in shown]
    parts += [content for _, _, _, content in shown]
    parts += [
        layoffs(progress, places, texts),
        panels.brackets(flats(progress), places[0], texts),
        calendar(places[-1], progress, texts.forms),
    ]
    return svg(form, places[-1].bottom + form.font + 14, label, *parts)


def _panels(sheet: ProgressSheet, form: Form, x: Scale) -> Iterator[tuple[Panel, str, int, Markup]]:
    """Each panel there is something for, from the top."""
    progress, texts, top = sheet.progress, sheet.words.progress, TITLE

    def panel(height: float, low: float, high: float) -> Panel:
        nonlocal top
        placed = Panel(form=form, x=x, y=Scale(low=low, high=high, start=top + height, end=top))
        top += height + TITLE
        return placed

    low, high = panels.cadence_range(progress, form.n_y)
    room = (high - low) * 0.12 if flats(progress) else 0.0
    here = panel(HEIGHTS[0], low, high + room)
    yield here, texts.cadence_panel, form.n_y, panels.cadence(progress, here)
    if any(panels.kept_ratio(session) is not None for session in progress.sessions):
        here = panel(HEIGHTS[1], *KEPT_PERCENT)
        yield here, texts.kept_panel, 4, panels.kept_marks(progress, here)
    if any(one.pain is not None for one in sheet.check_ins) or any(
        session.pain is not None or session.effort is not None for session in progress.sessions
    ):
        here = panel(HEIGHTS[2], 0.0, MOST_FELT)
        yield here, texts.felt_panel, 5, panels.felt(progress, sheet.check_ins, here, texts)
    if progress.weeks:
        most = max(week.running_min for week in progress.weeks)
        here = panel(HEIGHTS[3], *rounded_range(0.0, most * 1.1, 4))
        yield here, texts.weeks_panel, 4, panels.weeks(progress, here)


def _keys(sheet: ProgressSheet) -> Iterator[Key]:
    """What is in the picture, and nothing else."""
    progress, texts = sheet.progress, sheet.words.progress
    yield Key("disc", "dot", texts.one_dot)
    if panels.has_trend(progress):
        yield Key("line", "trend", texts.mean_of_four)
    if any(panels.unaided_spm(session, progress) is not None for session in progress.sessions):
        yield Key("diamond", "ring", texts.probe)
    if any(session.row.target_spm is not None for session in progress.sessions):
        yield Key("line", "target", texts.target)
    if progress.change is not None:
        yield Key("line", "baseline", texts.first_runs)
        yield Key("box", "chance", texts.may_be_chance)
    if flats(progress):
        yield Key("bracket", "bracket", texts.no_change_beyond_chance)
    yield from _felt_keys(sheet)
    if any(week.rise is Rise.RED for week in progress.weeks):
        yield Key("up", "rise", texts.rise)
    if progress.layoffs:
        yield Key("hatch", "rest", texts.no_session)


def _felt_keys(sheet: ProgressSheet) -> Iterator[Key]:
    texts = sheet.words.progress
    pains = {*(one.pain for one in sheet.progress.sessions), *(one.pain for one in sheet.check_ins)}
    if pains - {None, 0}:
        yield Key("square", "pain", texts.pain)
    if 0 in pains:
        yield Key("tick", "cue", texts.no_pain)
    if any(session.effort is not None for session in sheet.progress.sessions):
        yield Key("disc", "effort", texts.effort_of_session)
