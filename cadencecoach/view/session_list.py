"""Many sessions, a line each: plain text, since ten thousand of them are to be there at once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from cadencecoach.record.local_time import local_time
from cadencecoach.view.glyphs import Glyphs
from cadencecoach.view.words import clock, day_words, percent, spm

# What of a row is shown, in this order.
SHOWN = (
    *("id", "athlete", "plan_name", "duration_s", "mean_cadence_spm", "target_spm", "in_band_s", "band_s"),
    *("end", "is_ended", "origin", "started", "utc_offset_s"),
)
PLAN_COLUMNS, ATHLETE_COLUMNS, ID_COLUMNS, BEGAN_COLUMNS = 16, 10, 18, 12
HEADINGS = ("time", "mean", "target", "in band")

Values = tuple[Any, ...]


def session_lines(
    rows: Iterable[Values],
    glyphs: Glyphs,
    *,
    running: frozenset[str] = frozenset(),
    offset_here_s: Callable[[str], int] = lambda _: 0,
) -> Iterator[str]:
    """The list, with a line of headings.

    Args:
        rows: values of `SHOWN`
        glyphs: the signs of the terminal
        running: ids of the sessions that are being written now
        offset_here_s: how far the clocks here were ahead of UTC at a time, for a journal that does not say it
    """
    known = tuple(rows)
    has_athletes = any(row[1] for row in known)
    id_columns = max((len(str(row[0])) for row in known), default=0)
    id_columns = max(ID_COLUMNS, min(id_columns, 2 * ID_COLUMNS))

    @cache
    def cell(text: str, width: int) -> str:
        fitted = glyphs.fit(text, width)
        return fitted + " " * (width - glyphs.width_of(fitted))

    def line(id_: str, began: str, athlete: str, plan: str, numbers: str, remark: str) -> str:
        whose = f"{cell(athlete, ATHLETE_COLUMNS)}  " if has_athletes else ""
        id_ = id_ if id_.isascii() and id_.isprintable() and len(id_) <= id_columns else cell(id_, id_columns)
        who_and_when = f"{id_.ljust(id_columns)}  {began:>{BEGAN_COLUMNS}}  {whose}"
        return f"{who_and_when}{cell(plan, PLAN_COLUMNS)} {numbers}  {remark}".rstrip()

    yield line("session", "began", "athlete", "plan", _align(*HEADINGS), "ended")
    for id_, athlete, plan, duration_s, mean, target, in_band_s, band_s, *others in known:
        end, is_ended, origin, started, offset_s = others
        in_band = percent(in_band_s / band_s if band_s and in_band_s is not None else None)
        numbers = _align(clock(duration_s or 0.0), spm(mean), spm(target), in_band)
        broke_off = "" if is_ended else "running now" if id_ in running else "broke off"
        remarks = (broke_off or ("" if end == "finished" else str(end)), str(origin))
        began = _began(str(started), offset_here_s(str(started)) if offset_s is None else offset_s)
        yield line(str(id_), began, str(athlete), str(plan), numbers, ", ".join(filter(None, remarks)))


def _began(started: str, offset_s: int) -> str:
    """Day and time where it was run; the year stands in the session's name."""
    began = local_time(started, offset_s)
    return "" if began is None else f"{day_words(began.day, with_year=False)} {began.clock}"


def _align(time: str, mean: str, target: str, in_band: str) -> str:
    return f"{time:>8}  {mean:>4}  {target:>6}  {in_band:>7}"
