"""The axis of time all panels of an athlete's picture share."""

from dataclasses import dataclass
from datetime import date

from cadencecoach.plan.forms import FormTexts, day_words, fill, month_word
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.entries import BaselineTaken, CheckIn
from cadencecoach.record.progress.athlete import Progress
from cadencecoach.view.drawing.form import Form, text
from cadencecoach.view.drawing.markup import Markup, element, group
from cadencecoach.view.drawing.patterns import fill_of
from cadencecoach.view.drawing.scale import SHORT_DAYS, Scale, calendar_ticks, ticks
from cadencecoach.view.report.progress.sheet import ProgressSheet

LEAST_DAYS = 14
HALF_WEEK_DAYS = 4.0  # the bar of a week stands about its middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One of the pictures that stand below one another.

    Attributes:
        form: of the picture
        x: days, counted as the calendar does (`date.toordinal`)
        y: whatever the panel shows; upwards
    """

    form: Form
    x: Scale
    y: Scale

    def at(self, day: date) -> float:
        """Where a day stands."""
        return self.x(day.toordinal())

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.y.end

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y.start


def shown_days(sheet: ProgressSheet) -> tuple[date, date]:
    """First and last day of the picture: of sessions, baselines and check-ins."""
    told = [one.day for one in sheet.entries if isinstance(one, BaselineTaken | CheckIn)]
    days = [*told, *(session.row.day for session in sheet.progress.sessions)]
    return min(days), max(days)


def day_scale(sheet: ProgressSheet, form: Form) -> Scale:
    """From a little before the first of these days to a little after the last one."""
    first, last = (day.toordinal() for day in shown_days(sheet))
    spare = max((LEAST_DAYS - (last - first)) / 2, (last - first) * 0.015, HALF_WEEK_DAYS)
    return Scale(low=first - spare, high=last + spare, start=form.left, end=form.x_end)


def frame(panel: Panel, title: str, n_y: int) -> Markup:
    """Title, level lines and their numbers."""
    form = panel.form
    parts = [text(form.left, panel.top - 7, title, class_="label strong")]
    for value in ticks(panel.y.low, panel.y.high, n_y):
        y = panel.y(value)
        parts.append(element("path", d=f"M{form.left} {y:.1f}H{form.x_end}", class_="grid"))
        parts.append(text(form.left - 6, y + form.font * 0.35, f"{value:g}", anchor="end"))
    return group(parts)


def calendar(panel: Panel, shown: tuple[date, date], forms: FormTexts) -> Markup:
    """Months, or weeks, below the last panel; the year at its first day or at the beginning."""
    parts: list[Markup] = []
    first, last = shown
    end, year = 0.0, 0
    for day in calendar_ticks(first, last, panel.form.n_x):
        x = panel.at(day)
        is_short = (last - first).days < SHORT_DAYS
        words = day_words(day, forms, with_year=False) if is_short else month_word(day, forms)
        words = words if day.year == year else f"{words} {day.year}"
        width = panel.form.text_width(words)
        parts.append(element("path", d=f"M{x:.1f} {panel.bottom:.1f}v5", class_="axis"))
        if x - width / 2 > end and x + width / 2 <= panel.form.width:
            parts.append(text(x, panel.bottom + 6 + panel.form.font, words, anchor="middle"))
            end, year = x + width / 2 + 4, day.year
    return group(parts)


def layoffs(progress: Progress, panels: tuple[Panel, ...], texts: ProgressTexts) -> Markup:
    """Stretches without a session, hatched through all panels, their length at the top where it fits."""
    parts: list[Markup] = []
    for first, last in progress.layoffs:
        left, right = panels[0].at(first), panels[0].at(last)
        for panel in panels:
            place = {"x": left, "y": panel.top, "width": right - left, "height": panel.bottom - panel.top}
            parts.append(element("rect", fill=fill_of(panel.form.name + "p", "rest"), class_="layoff", **place))
        n_days = (last - first).days + 1
        wordings = (fill(texts.days_off, days=n_days), fill(texts.days, days=n_days), f"{n_days} d")
        fitting = next((w for w in wordings if panels[0].form.text_width(w) <= right - left - 6), None)
        if fitting:
            y = panels[0].bottom - 8
            parts.append(text((left + right) / 2, y, fitting, class_="label halo", anchor="middle"))
    return group(parts)
