"""Many sessions, a line each: plain text, since ten thousand of them are to be there at once."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cadencecoach.view.glyphs import Glyphs
from cadencecoach.view.words import clock, percent, spm

# What of a row is shown, in this order.
SHOWN = (
    *("id", "athlete", "plan_name", "duration_s", "mean_cadence_spm", "target_spm", "in_band_s", "band_s"),
    *("end", "is_ended", "origin"),
)
PLAN_COLUMNS, ATHLETE_COLUMNS, ID_COLUMNS = 20, 10, 18
HEADINGS = ("time", "mean", "target", "in band")

Values = tuple[Any, ...]


def session_lines(rows: Iterable[Values], glyphs: Glyphs, *, running: frozenset[str] = frozenset()) -> Iterator[str]:
    """The list, with a line of headings.

    Args:
        rows: values of `SHOWN`
        glyphs: the signs of the terminal
        running: ids of the sessions that are being written now
    """
    known = tuple(rows)
    has_athletes = any(row[1] for row in known)
    id_columns = max((len(str(row[0])) for row in known), default=0)
    id_columns = max(ID_COLUMNS, min(id_columns, 2 * ID_COLUMNS))

    @cache
    def cell(text: str, width: int) -> str:
        fitted = glyphs.fitted(text, width)
        return fitted + " " * (width - glyphs.width_of(fitted))

    def line(id_: str, athlete: str, plan: str, numbers: str, remark: str) -> str:
        whose = f"{cell(athlete, ATHLETE_COLUMNS)}  " if has_athletes else ""
        id_ = id_ if id_.isascii() and id_.isprintable() and len(id_) <= id_columns else cell(id_, id_columns)
        return f"{id_.ljust(id_columns)}  {whose}{cell(plan, PLAN_COLUMNS)} {numbers}  {remark}".rstrip()

    yield line("session", "athlete", "plan", _align(*HEADINGS), "")
    for id_, athlete, plan, duration_s, mean, target, in_band_s, band_s, end, is_ended, origin in known:
        in_band = percent(in_band_s / band_s if band_s and in_band_s is not None else None)
        numbers = _align(clock(duration_s or 0.0), spm(mean), spm(target), in_band)
        broke_off = "" if is_ended else "running now" if id_ in running else "broke off"
        remarks = (broke_off or ("" if end == "finished" else str(end)), str(origin))
        yield line(str(id_), str(athlete), str(plan), numbers, ", ".join(filter(None, remarks)))


def _align(time: str, mean: str, target: str, in_band: str) -> str:
    return f"{time:>8}  {mean:>4}  {target:>6}  {in_band:>7}"
