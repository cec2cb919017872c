"""The picture of an athlete: panels below one another on one axis of time, and their legend."""

from collections.abc import Iterator

from cadencecoach.plan.forms import fill
from cadencecoach.record.progress.measures import SPM_PER_MPS
from cadencecoach.record.progress.weeks import Rise
from cadencecoach.view.drawing.form import Form, draw_twice, svg
from cadencecoach.view.drawing.legend import Key, legend
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.drawing.patterns import patterns
from cadencecoach.view.drawing.scale import Scale, rounded_range
from cadencecoach.view.report.progress import own_panel, panels
from cadencecoach.view.report.progress.axes import Panel, calendar, day_scale, frame, layoffs, shown_days
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import flats

TITLE = 25.0  # height above each panel
MOST_FELT = 10.0
OWN, PAIN, ANSWERS, WEEKS = 165.0, 70.0, 30.0, 46.0


def progress_chart(sheet: ProgressSheet, label: str) -> Markup:
    """All panels in both forms, with legend and caption; needs one session or more.

    Args:
        sheet: the athlete
        label: the same in words, for somebody who does not see it
    """
    progress, texts, measures = sheet.progress, sheet.words.progress, sheet.words.measures
    speed = (
        texts.without_speed
        if progress.speed_mps is None
        else fill(texts.at_one_speed, speed=measures.speed(progress.speed_mps), slope=measures.slope(SPM_PER_MPS))
    )
    band = "" if own_panel.chance_range(progress) is None else f" {texts.chance_band}"
    blank = f" {texts.left_blank}" if sheet.check_ins else ""
    return element(
        "figure",
        draw_twice(lambda form: _draw(sheet, form, label)),
        legend(_keys(sheet), "progress"),
        element("figcaption", f"{speed}{band}{blank}"),
    )


def _draw(sheet: ProgressSheet, form: Form, label: str) -> Markup:
    progress, texts, x = sheet.progress, sheet.words.progress, day_scale(sheet, form)
    shown = list(_panels(sheet, form, x))
    places = tuple(panel for panel, _, _, _ in shown)
    parts = [patterns(form.name + "p", "rest")]
    parts += [frame(panel, title, n_y) for panel, title, n_y, _ in shown]
    parts += [content for _, _, _, content in shown]
    parts += [
        layoffs(progress, places, texts),
        own_panel.brackets(flats(progress), places[0], texts),
        calendar(places[-1], shown_days(sheet), texts.forms),
    ]
    return svg(form, places[-1].bottom + form.font + 14, label, *parts)


def _panels(sheet: ProgressSheet, form: Form, x: Scale) -> Iterator[tuple[Panel, str, int, Markup]]:
    """Each panel there is something for, from the top."""
    progress, felt, texts, top = sheet.progress, sheet.felt, sheet.words.progress, TITLE

    def panel(height: float, low: float, high: float) -> Panel:
        nonlocal top
        placed = Panel(form=form, x=x, y=Scale(low=low, high=high, start=top + height, end=top))
        top += height + TITLE
        return placed

    low, high = own_panel.cadence_range(progress, form.n_y)
    room = (high - low) * 0.12 if flats(progress) else 0.0
    here = panel(OWN, low, high + room)
    yield here, texts.own_panel, form.n_y, own_panel.own_cadence(progress, here)
    if felt.worst or any(one.flags for one in sheet.check_ins):
        here = panel(PAIN, 0.0, MOST_FELT)
        yield here, texts.pain_panel, 3, panels.pain(felt, sheet.check_ins, here, texts)
    asked = (
        (felt.soreness, texts.soreness_panel),
        (felt.mood, texts.mood_panel),
        (felt.readiness, texts.readiness_panel),
    )
    for levels, title in asked:
        if levels:
            here = panel(ANSWERS, 0.0, MOST_FELT)
            yield here, title, 2, panels.answers(levels, here)
    if progress.weeks:
        most = max(week.running_min for week in progress.weeks)
        here = panel(WEEKS, *rounded_range(0.0, most * 1.1, 2))
        yield here, texts.weeks_panel, 2, panels.weeks(progress, here)


def _keys(sheet: ProgressSheet) -> Iterator[Key]:
    """What is in the picture, and nothing else."""
    progress, texts, own = sheet.progress, sheet.words.progress, sheet.progress.own
    if own.unaided:
        yield Key("diamond", "own", texts.probe)
    if own_panel.has_trend(progress):
        yield Key("line", "trend", texts.mean_of_four)
    if own.baseline is not None:
        yield Key("square", "measured", texts.measured)
        yield Key("line", "baseline", texts.level_of_baseline)
    if own_panel.chance_range(progress) is not None:
        yield Key("box", "chance", texts.may_be_chance)
    yield Key("disc", "coached-dot", texts.one_dot)
    if any(session.row.target_spm is not None for session in progress.sessions):
        yield Key("line", "target", texts.target)
    if flats(progress):
        yield Key("bracket", "bracket", texts.no_change_beyond_chance)
    yield from _felt_keys(sheet)
    if any(week.rise is Rise.RED for week in progress.weeks):
        yield Key("up", "rise", texts.rise)
    if progress.layoffs:
        yield Key("hatch", "rest", texts.no_session)


def _felt_keys(sheet: ProgressSheet) -> Iterator[Key]:
    texts, felt = sheet.words.progress, sheet.felt
    for site, mark in panels.MARK_OF_SITE.items():
        if felt.pain.get(site):
            place = texts.place_not_named if site is None else sheet.words.of_log(site.value)
            yield Key(mark, "pain", fill(texts.pain_at, place=place))
    if any(one.flags for one in sheet.check_ins):
        yield Key("cross", "sign", texts.sign)
    asked = (felt.soreness, felt.mood, felt.readiness)
    if felt.no_pain or any(0 in levels.values() for levels in asked):
        yield Key("tick", "cue", texts.answered_0)
