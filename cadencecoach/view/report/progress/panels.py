"""The panels below own cadence: pain by its place, other answers, minutes. What nobody answered is not drawn."""

from collections.abc import Iterable
from datetime import date

from cadencecoach.plan.forms import fill
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.entries import CheckIn, Site
from cadencecoach.record.progress.athlete import Progress
from cadencecoach.record.progress.felt import Felt, Levels
from cadencecoach.record.progress.weeks import Rise, Week
from cadencecoach.view.drawing.form import text
from cadencecoach.view.drawing.marks import mark_path
from cadencecoach.view.drawing.markup import Markup, element, group
from cadencecoach.view.report.progress.axes import Panel
from cadencecoach.view.report.progress.own_panel import mark_size
from cadencecoach.view.report.progress.story import NOTABLE_PAIN

NEAR_DAYS = 14
RISE = "M{x:.1f} {y:.1f}m-4 0h8l-4-7z"
# Each place has a form of its own; a pain whose place nobody named is flat.
MARK_OF_SITE: dict[Site | None, str] = {
    Site.KNEE: "square",
    Site.CALF: "peak",
    Site.ACHILLES: "valley",
    Site.SHIN: "diamond",
    Site.HIP: "disc",
    Site.FOOT: "hourglass",
    Site.OTHER: "plus",
    None: "flat",
}


def pain(felt: Felt, check_ins: Iterable[CheckIn], panel: Panel, texts: ProgressTexts) -> Markup:
    """A stem for each day of pain with the mark of its place, a short line for none, a cross for a sign to stop."""
    worst = felt.worst
    half = mark_size(len(worst), panel) * 0.85
    stems = "".join(_stem(day, level, panel) for day, level in sorted(worst.items()) if level)
    marks = "".join(
        mark_path(MARK_OF_SITE[site], panel.at(day), panel.y(level), half)
        for site in MARK_OF_SITE
        for day, level in sorted(felt.pain.get(site, {}).items())
    )
    signs = "".join(_cross(panel.at(one.day), panel.top + 5) for one in check_ins if one.flags)
    drawn = (
        (_zeros(felt.no_pain, panel), "cue", None),
        (stems, "stem", 0.75 * half),
        (marks, "pain", None),
        (signs, "sign", None),
    )
    parts = [element("path", d=d, class_=name, stroke_width=width) for d, name, width in drawn if d]
    return group([*parts, _worst(worst, panel, texts)])


def answers(levels: Levels, panel: Panel) -> Markup:
    """A bar for each day with an answer; a short line for 0, nothing where nobody answered."""
    width = mark_size(len(levels), panel)
    bars = "".join(
        f"M{panel.at(day) - width / 2:.1f} {panel.bottom:.1f}V{panel.y(level):.1f}h{width:g}V{panel.bottom:.1f}z"
        for day, level in sorted(levels.items())
        if level
    )
    zeros = _zeros((day for day, level in levels.items() if not level), panel)
    drawn = ((bars, "answer"), (zeros, "cue"))
    return group([element("path", d=d, class_=name) for d, name in drawn if d])


def weeks(progress: Progress, panel: Panel) -> Markup:
    """Minutes of running a week; a week far above the one before carries a mark."""
    bars = "".join(_bar(week, panel) for week in progress.weeks if week.running_min)
    marks = "".join(
        RISE.format(x=_middle(week.monday.toordinal(), panel), y=panel.y(week.running_min) - 3)
        for week in progress.weeks
        if week.rise is Rise.RED
    )
    return group([element("path", d=bars, class_="bar"), *([element("path", d=marks, class_="rise")] if marks else [])])


def _bar(week: Week, panel: Panel) -> str:
    """The bar of a week, about its middle; what would stand beyond the plot is cut off."""
    middle, half = panel.x(week.monday.toordinal() + 3.5), max((panel.x(7) - panel.x(0)) * 0.36, 0.5)
    left, right = max(middle - half, panel.form.left), min(middle + half, panel.form.x_end)
    return f"M{left:.1f} {panel.bottom:.1f}V{panel.y(week.running_min):.1f}H{right:.1f}V{panel.bottom:.1f}z"


def _stem(day: date, level: int, panel: Panel) -> str:
    return f"M{panel.at(day):.1f} {panel.bottom:.1f}V{panel.y(level):.1f}"


def _zeros(days: Iterable[date], panel: Panel) -> str:
    return "".join(f"M{panel.at(day):.1f} {panel.bottom:.1f}v-3" for day in sorted(days))


def _cross(x: float, y: float) -> str:
    return f"M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10"


def _worst(pains: Levels, panel: Panel, texts: ProgressTexts) -> Markup:
    """The highest pain in words, beside its bar, where it is notable."""
    day = max(pains, key=lambda one: pains[one], default=date.min)
    if pains.get(day, 0) < NOTABLE_PAIN:
        return group([])
    words, x = fill(texts.pain_of, level=pains[day]), panel.at(day)
    is_left = x + 10 + panel.form.text_width(words) > panel.form.x_end
    near = (one for one, level in pains.items() if level >= NOTABLE_PAIN and (one - day).days < NEAR_DAYS)
    x = x - 10 if is_left else panel.at(max(near, default=day)) + 10
    return text(x, panel.y(pains[day]) + 5, words, class_="label halo strong", anchor="end" if is_left else "start")


def _middle(monday: int, panel: Panel) -> float:
    return min(max(panel.x(monday + 3.5), panel.form.left + 2), panel.form.x_end - 2)
