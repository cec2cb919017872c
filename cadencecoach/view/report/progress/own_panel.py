"""The panel of own cadence: without help, against the baseline and what may be chance; with help behind it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from cadencecoach.plan.forms import fill
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.baselines import Assessment
from cadencecoach.record.progress.athlete import Progress, Session
from cadencecoach.record.progress.flat import Flat, moving_means
from cadencecoach.record.progress.measures import LAYOFF_DAYS, at_speed
from cadencecoach.view.drawing.form import text
from cadencecoach.view.drawing.marks import mark_path
from cadencecoach.view.drawing.markup import Markup, element, group, path_of
from cadencecoach.view.drawing.scale import rounded_range
from cadencecoach.view.report.progress.axes import Panel

LARGEST, LEAST = 4.6, 2.4  # half the width of a mark: the more sessions, the smaller

Point = tuple[date, float]


def cadence_range(progress: Progress, n_y: int) -> tuple[float, float]:
    """The cadences to be shown: with help and without, baselines, targets, and what may be chance."""
    values = [session.cadence_spm for session in progress.sessions]
    values += [s.row.target_spm for s in progress.sessions if s.row.target_spm is not None]
    values += [one.cadence_spm for one in progress.own.unaided]
    values += [spm for _, spm in measured_points(progress)]
    values += chance_range(progress) or ()
    return rounded_range(min(values) - 1, max(values) + 1, n_y)


def chance_range(progress: Progress) -> tuple[float, float] | None:
    """Where the last runs may lie although nothing has changed since the baseline; None without a baseline."""
    change = progress.own.told
    return None if change is None else (change.before_spm - change.mdc_spm, change.before_spm + change.mdc_spm)


def measured_points(progress: Progress) -> tuple[Point, ...]:
    """The baseline and the reassessment, at the common speed."""
    every = (progress.own.baseline, progress.own.reassessed)
    return tuple((one.last_day, _bring_to_speed(one, progress)) for one in every if one is not None)


def _bring_to_speed(one: Assessment, progress: Progress) -> float:
    if one.speed_mps is None or progress.speed_mps is None:
        return one.cadence_spm
    return at_speed(one.cadence_spm, speed_mps=one.speed_mps, wanted_mps=progress.speed_mps)


def mark_size(n_marks: int, panel: Panel) -> float:
    """Half the width of the marks, so that a year of them still leaves room to see the line."""
    room = (panel.form.x_end - panel.form.left) / max(n_marks, 1)
    return round(min(LARGEST, max(LEAST, room * 0.7)), 1)


def own_cadence(progress: Progress, panel: Panel) -> Markup:
    """A diamond for each session with a probe and their moving mean; squares for what was measured as a baseline."""
    unaided = progress.own.unaided
    half = mark_size(len(progress.sessions), panel)
    coached = "".join(f"M{panel.at(s.row.day):.1f} {panel.y(s.cadence_spm):.1f}h0" for s in progress.sessions)
    diamonds = "".join(mark_path("diamond", panel.at(one.day), panel.y(one.cadence_spm), half) for one in unaided)
    squares = "".join(
        mark_path("square", panel.at(day), panel.y(spm), LARGEST + 0.6) for day, spm in measured_points(progress)
    )
    points = [(one.day, one.cadence_spm) for one in unaided]
    drawn = [(coached, "coached", 1.1 * half), (diamonds, "own", None)]
    parts = [element("path", d=d, class_=name, stroke_width=width) for d, name, width in drawn if d]
    measured = [element("path", d=squares, class_="measured")] if squares else []
    return group(
        [*_chance(progress, panel), *_targets(progress.sessions, panel), *parts, *_trend(points, panel), *measured]
    )


def _chance(progress: Progress, panel: Panel) -> Iterator[Markup]:
    """The band from the day of the baseline on, and its level."""
    limits, baseline = chance_range(progress), progress.own.baseline
    if baseline is None:
        return
    left = max(panel.form.left, panel.at(baseline.day))
    if limits is not None:
        low, high = limits
        place = {"x": left, "width": panel.form.x_end - left, "y": panel.y(high)}
        yield element("rect", height=panel.y(low) - panel.y(high), class_="chance", **place)
    level = panel.y(_bring_to_speed(baseline, progress))
    yield element("path", d=f"M{left:.1f} {level:.1f}H{panel.form.x_end}", class_="baseline")


def _targets(sessions: Sequence[Session], panel: Panel) -> Iterator[Markup]:
    asked = [(s.row.day, s.row.target_spm) for s in sessions if s.row.target_spm is not None]
    parts = []
    for run in split_at_layoffs(asked):
        points = [(panel.at(day), panel.y(spm)) for day, spm in run]
        stairs = [
            corner for one, other in pairwise(points) if one[1] != other[1] for corner in ((other[0], one[1]), other)
        ]
        parts.append(path_of([points[0], *stairs, points[-1]]))
    if parts:
        yield element("path", d="".join(parts), class_="target")


def _trend(points: Sequence[Point], panel: Panel) -> Iterator[Markup]:
    means = moving_means([spm for _, spm in points])
    known = [(day, mean) for (day, _), mean in zip(points, means, strict=True) if mean is not None]
    paths = [path_of([(panel.at(day), panel.y(mean)) for day, mean in run]) for run in split_at_layoffs(known)]
    if paths:
        yield element("path", d="".join(paths), class_="trend")


def has_trend(progress: Progress) -> bool:
    """Whether there are probes enough for a moving mean."""
    return any(mean is not None for mean in moving_means([one.cadence_spm for one in progress.own.unaided]))


def split_at_layoffs(points: Iterable[Point]) -> Iterator[list[Point]]:
    """Points without a layoff between them."""
    run: list[Point] = []
    for point in points:
        if run and (point[0] - run[-1][0]).days > LAYOFF_DAYS:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def brackets(flats: Iterable[Flat], panel: Panel, texts: ProgressTexts) -> Markup:
    """A bracket over each stretch that was flat, with how long it was where that fits."""
    parts = []
    for flat in flats:
        left, right, y = panel.at(flat.first), panel.at(flat.last), panel.top + 16.0
        weeks = round((flat.last - flat.first).days / 7)
        parts.append(element("path", d=f"M{left:.1f} {y + 5:.1f}v-5H{right:.1f}v5", class_="bracket"))
        rows = (texts.weeks_level_long, texts.weeks_level, texts.weeks_level_short)
        wordings = tuple(fill(row, weeks=weeks) for row in rows)
        fitting = next((w for w in wordings if panel.form.text_width(w) <= right - left), None)
        if fitting:
            parts.append(text((left + right) / 2, y - 4, fitting, class_="label halo", anchor="middle"))
    return group(parts)
