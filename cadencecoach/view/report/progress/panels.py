"""The panels of an athlete's picture: cadence, what stayed, how it felt, how much was run."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from cadencecoach.plan.forms import fill
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.entries import CheckIn
from cadencecoach.record.progress.athlete import Progress, Session
from cadencecoach.record.progress.flat import N_RUNS, Flat, moving_means
from cadencecoach.record.progress.measures import LAYOFF_DAYS, at_speed
from cadencecoach.record.progress.noise import mdc95_ratio
from cadencecoach.record.progress.weeks import Rise
from cadencecoach.view.drawing.form import text
from cadencecoach.view.drawing.markup import Markup, element, group, path_of
from cadencecoach.view.drawing.scale import rounded_range
from cadencecoach.view.report.progress.axes import Panel
from cadencecoach.view.report.progress.story import NOTABLE_PAIN

LARGEST, LEAST = 4.4, 2.4  # half the width of a mark: the more sessions, the smaller
RING = "M{x:.1f} {y:.1f}a{r} {r} 0 1 0 {d:.1f} 0a{r} {r} 0 1 0-{d:.1f} 0z"
NEAR_DAYS = 14
SQUARE = "M{x:.1f} {y:.1f}h{d:.1f}v{d:.1f}h-{d:.1f}z"
RISE = "M{x:.1f} {y:.1f}m-4 0h8l-4-7z"
KEPT_RANGE = (-0.5, 1.5)  # what lies outside is drawn at the edge


def cadence_range(progress: Progress, n_y: int) -> tuple[float, float]:
    """The cadences to be shown: sessions, probes, targets, and what may be chance."""
    values = [session.cadence_spm for session in progress.sessions]
    values += [s.row.target_spm for s in progress.sessions if s.row.target_spm is not None]
    values += [spm for s in progress.sessions if (spm := unaided_spm(s, progress)) is not None]
    values += chance_range(progress) or ()
    return rounded_range(min(values) - 1, max(values) + 1, n_y)


def chance_range(progress: Progress) -> tuple[float, float] | None:
    """Where a mean of four runs may lie although nothing has changed since the first runs; None without them."""
    change = progress.change
    if change is None:
        return None
    ratio = mdc95_ratio(progress.noise.cv_ratio, n_before=change.n_before, n_after=min(N_RUNS, len(progress.sessions)))
    return change.before_spm * (1 - ratio), change.before_spm * (1 + ratio)


def unaided_spm(session: Session, progress: Progress) -> float | None:
    """Cadence in probes before any help, else in all probes, at the common speed."""
    row = session.row
    spm = row.retention_cadence_spm if row.retention_cadence_spm is not None else row.probe_cadence_spm
    if spm is None or row.mean_speed_mps is None or progress.speed_mps is None:
        return spm
    return at_speed(spm, speed_mps=row.mean_speed_mps, wanted_mps=progress.speed_mps)


def mark_size(progress: Progress, panel: Panel) -> float:
    """Half the width of the marks, so that a year of them still leaves room to see the line."""
    room = (panel.form.x_end - panel.form.left) / len(progress.sessions)
    return min(LARGEST, max(LEAST, room * 0.7))


def _diamond(x: float, y: float, half: float) -> str:
    return f"M{x:.1f} {y - half:.1f}l{half:g} {half:g}l-{half:g} {half:g}l-{half:g}-{half:g}z"


def cadence(progress: Progress, panel: Panel) -> Markup:
    """A dot a session, a diamond where it had a probe, their moving mean, the target, and what may be chance."""
    sessions = progress.sessions
    half = round(mark_size(progress, panel), 1)
    places = "".join(f"M{panel.at(s.row.day):.1f} {panel.y(s.cadence_spm):.1f}h0" for s in sessions)
    dots = element("path", d=places, class_="dots", stroke_width=1.3 * half)  # round caps make dots of them
    unaided = "".join(
        _diamond(panel.at(session.row.day), panel.y(spm), half)
        for session in sessions
        if (spm := unaided_spm(session, progress)) is not None
    )
    diamonds = [element("path", d=unaided, class_="ring")] if unaided else []
    means = moving_means([s.cadence_spm for s in sessions])
    return group([_chance(progress, panel), _targets(sessions, panel), *diamonds, dots, _trend(sessions, means, panel)])


def _chance(progress: Progress, panel: Panel) -> Markup:
    limits = chance_range(progress)
    if limits is None:
        return group([])
    low, high = limits
    place = {"x": panel.form.left, "width": panel.form.x_end - panel.form.left}
    rect = element("rect", y=panel.y(high), height=panel.y(low) - panel.y(high), class_="chance", **place)
    level = panel.y((low + high) / 2)
    return group([rect, element("path", d=f"M{panel.form.left} {level:.1f}H{panel.form.x_end}", class_="baseline")])


def _targets(sessions: Sequence[Session], panel: Panel) -> Markup:
    parts = []
    for run in split_at_layoffs([s for s in sessions if s.row.target_spm is not None]):
        points = [(panel.at(s.row.day), panel.y(s.row.target_spm or 0.0)) for s in run]
        stairs = [
            corner for one, other in pairwise(points) if one[1] != other[1] for corner in ((other[0], one[1]), other)
        ]
        parts.append(path_of([points[0], *stairs, points[-1]]))
    return element("path", d="".join(parts), class_="target") if parts else group([])


def _trend(sessions: Sequence[Session], means: Sequence[float | None], panel: Panel) -> Markup:
    known = {id(session): mean for session, mean in zip(sessions, means, strict=True) if mean is not None}
    runs = split_at_layoffs([session for session in sessions if id(session) in known])
    paths = (path_of([(panel.at(s.row.day), panel.y(known[id(s)])) for s in run]) for run in runs)
    return element("path", d="".join(paths), class_="trend")


def has_trend(progress: Progress) -> bool:
    """Whether there are runs enough for a moving mean."""
    return any(mean is not None for mean in moving_means([session.cadence_spm for session in progress.sessions]))


def split_at_layoffs(sessions: Sequence[Session]) -> Iterable[list[Session]]:
    """Sessions without a layoff between them."""
    run: list[Session] = []
    for session in sessions:
        if run and (session.row.day - run[-1].row.day).days > LAYOFF_DAYS:
            yield run
            run = []
        run.append(session)
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


def kept_marks(progress: Progress, panel: Panel) -> Markup:
    """The part of the change asked for that was there without help, a diamond a session, and the moving mean."""
    known = [(s, ratio) for s in progress.sessions if (ratio := kept_ratio(s)) is not None]
    half = round(mark_size(progress, panel), 1)
    marks = "".join(_diamond(panel.at(s.row.day), panel.y.within(100 * ratio), half) for s, ratio in known)
    means = moving_means([100 * min(max(ratio, KEPT_RANGE[0]), KEPT_RANGE[1]) for _, ratio in known])
    zero, all_of_it = panel.y(0), panel.y(100)
    lines = [
        element("path", d=f"M{panel.form.left} {y:.1f}H{panel.form.x_end}", class_=class_)
        for y, class_ in ((zero, "baseline"), (all_of_it, "target"))
    ]
    return group([*lines, element("path", d=marks, class_="ring"), _trend([s for s, _ in known], means, panel)])


def kept_ratio(session: Session) -> float | None:
    """Retention where it was measured, else carry-over."""
    return session.retention_ratio if session.retention_ratio is not None else session.carry_over_ratio


def felt(progress: Progress, check_ins: Sequence[CheckIn], panel: Panel, texts: ProgressTexts) -> Markup:
    """Pain as bars with a square on top, effort as rings."""
    half = round(mark_size(progress, panel) * 0.75, 1)
    efforts = "".join(
        RING.format(x=panel.at(s.row.day) - half, y=panel.y(s.effort), r=half, d=2 * half)
        for s in progress.sessions
        if s.effort is not None
    )
    pains = {s.row.day: s.pain for s in progress.sessions if s.pain is not None}
    for one in check_ins:
        if one.pain is not None:
            pains[one.day] = max(one.pain, pains.get(one.day, 0))
    seen = sorted((day, pain) for day, pain in pains.items() if panel.x.low <= day.toordinal() <= panel.x.high)
    stems = "".join(f"M{panel.at(day):.1f} {panel.bottom:.1f}V{panel.y(pain):.1f}" for day, pain in seen if pain)
    tops = "".join(
        SQUARE.format(x=panel.at(day) - half, y=panel.y(pain) - half, d=2 * half) for day, pain in seen if pain
    )
    none = "".join(f"M{panel.at(day):.1f} {panel.bottom:.1f}v-3" for day, pain in seen if not pain)
    bars = (
        [element("path", d=stems, class_="stem", stroke_width=0.75 * half), element("path", d=tops, class_="pain")]
        if stems
        else []
    )
    return group(
        [
            element("path", d=efforts, class_="effort"),
            element("path", d=none, class_="cue"),
            *bars,
            _worst(seen, panel, texts),
        ]
    )


def _worst(pains: Sequence[tuple[date, int]], panel: Panel, texts: ProgressTexts) -> Markup:
    """The highest pain in words, beside its bar, where it is notable."""
    day, pain = max(pains, key=lambda one: one[1], default=(date.min, 0))
    if pain < NOTABLE_PAIN:
        return group([])
    words, x = fill(texts.pain_of, level=pain), panel.at(day)
    is_left = x + 10 + panel.form.text_width(words) > panel.form.x_end
    last = max((one for one, level in pains if level >= NOTABLE_PAIN and (one - day).days < NEAR_DAYS), default=day)
    x = x - 8 if is_left else panel.at(max(day, last)) + 8
    return text(x, panel.y(pain) + 5, words, class_="label halo strong", anchor="end" if is_left else "start")


def weeks(progress: Progress, panel: Panel) -> Markup:
    """Minutes of running a week; a week far above the one before carries a mark."""
    width = max((panel.x(7) - panel.x(0)) * 0.72, 1.0)
    bars = "".join(
        f"M{_middle(week.monday.toordinal(), panel) - width / 2:.1f} {panel.bottom:.1f}"
        f"v{panel.y(week.running_min) - panel.bottom:.1f}h{width:.1f}V{panel.bottom:.1f}z"
        for week in progress.weeks
        if week.running_min
    )
    marks = "".join(
        RISE.format(x=_middle(week.monday.toordinal(), panel), y=panel.y(week.running_min) - 3)
        for week in progress.weeks
        if week.rise is Rise.RED
    )
    return group([element("path", d=bars, class_="bar"), *([element("path", d=marks, class_="rise")] if marks else [])])


def _middle(monday: int, panel: Panel) -> float:
    return min(max(panel.x(monday + 3.5), panel.form.left + 2), panel.form.x_end - 2)
