"""The picture of an athlete: panels below one another on one axis of time, and their legend."""

from collections.abc import Iterator

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
    speed_mps = sheet.progress.speed_mps
    speed = (
        f"Every session is adjusted to one speed, {speed_mps * 3.6:.1f} km/h, by 6.5 spm per m/s, so that faster"
        " running does not look like a quicker step."
        if speed_mps is not None
        else "Some sessions have no speed: faster runs have a quicker step, which may explain part of a change."
    )
    chance = " Inside the grey band, a mean of four runs may differ from the first runs by chance alone (95 %)."
    caption = f"{speed}{chance if sheet.progress.change is not None else ''}"
    return element(
        "figure",
        drawn_twice(lambda form: _draw(sheet, form, label)),
        legend(_keys(sheet), "progress"),
        element("figcaption", caption),
    )


def _draw(sheet: ProgressSheet, form: Form, label: str) -> Markup:
    progress, x = sheet.progress, day_scale(sheet.progress, form)
    shown = list(_panels(sheet, form, x))
    places = tuple(panel for panel, _, _, _ in shown)
    parts = [patterns(form.name + "p", "rest")]
    parts += [frame(panel, title, n_y) for panel, title, n_y, _ in shown]
    parts += [content for _, _, _, content in shown]
    parts += [layoffs(progress, places), panels.brackets(flats(progress), places[0]), calendar(places[-1], progress)]
    return svg(form, places[-1].bottom + form.font + 14, label, *parts)


def _panels(sheet: ProgressSheet, form: Form, x: Scale) -> Iterator[tuple[Panel, str, int, Markup]]:
    """Each panel there is something for, from the top."""
    progress, top = sheet.progress, TITLE

    def panel(height: float, low: float, high: float) -> Panel:
        nonlocal top
        placed = Panel(form=form, x=x, y=Scale(low=low, high=high, start=top + height, end=top))
        top += height + TITLE
        return placed

    low, high = panels.cadence_range(progress, form.n_y)
    room = (high - low) * 0.12 if flats(progress) else 0.0
    here = panel(HEIGHTS[0], low, high + room)
    yield here, "cadence, steps a minute", form.n_y, panels.cadence(progress, here)
    if any(panels.kept_ratio(session) is not None for session in progress.sessions):
        here = panel(HEIGHTS[1], *KEPT_PERCENT)
        yield here, "without help: % of the target change", 4, panels.kept_marks(progress, here)
    if any(one.pain is not None for one in sheet.check_ins) or any(
        session.pain is not None or session.effort is not None for session in progress.sessions
    ):
        here = panel(HEIGHTS[2], 0.0, MOST_FELT)
        yield here, "pain and effort, 0 to 10", 5, panels.felt(progress, sheet.check_ins, here)
    if progress.weeks:
        most = max(week.running_min for week in progress.weeks)
        here = panel(HEIGHTS[3], *rounded_range(0.0, most * 1.1, 4))
        yield here, "running, minutes a week", 4, panels.weeks(progress, here)


def _keys(sheet: ProgressSheet) -> Iterator[Key]:
    """What is in the picture, and nothing else."""
    progress = sheet.progress
    yield Key("disc", "dot", "one session, mean while running")
    if panels.has_trend(progress):
        yield Key("line", "trend", "mean of the last four")
    if any(panels.unaided_spm(session, progress) is not None for session in progress.sessions):
        yield Key("diamond", "ring", "without help (probe)")
    if any(session.row.target_spm is not None for session in progress.sessions):
        yield Key("line", "target", "target, or 100 % of the change")
    if progress.change is not None:
        yield Key("line", "baseline", "level of the first runs, or 0 %")
        yield Key("box", "chance", "may be chance")
    if flats(progress):
        yield Key("bracket", "bracket", "no change beyond chance")
    yield from _felt_keys(sheet)
    if any(week.rise is Rise.RED for week in progress.weeks):
        yield Key("up", "rise", "over 30 % more distance than the week before")
    if progress.layoffs:
        yield Key("hatch", "rest", "no session for 14 days or more")


def _felt_keys(sheet: ProgressSheet) -> Iterator[Key]:
    pains = {*(one.pain for one in sheet.progress.sessions), *(one.pain for one in sheet.check_ins)}
    if pains - {None, 0}:
        yield Key("square", "pain", "pain")
    if 0 in pains:
        yield Key("tick", "cue", "no pain")
    if any(session.effort is not None for session in sheet.progress.sessions):
        yield Key("disc", "effort", "effort of the session")
