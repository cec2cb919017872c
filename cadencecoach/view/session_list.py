"""Many sessions, a line each: plain text, since ten thousand of them are to be there at once."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from cadencecoach.view.glyphs import Glyphs
from cadencecoach.view.words import clock, percent, spm

# What of a row is shown, in this order.
SHOWN = (
    *("id", "athlete", "plan_name", "duration_s", "mean_cadence_spm", "target_spm", "in_band_s", "band_s"),
    *("end", "is_ended", "is_simulated"),
)
PLAN_COLUMNS, ATHLETE_COLUMNS, ID_COLUMNS = 20, 10, 18
HEADINGS = ("time", "mean", "target", "in band")

Values = tuple[object, ...]


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

    @lru_cache(maxsize=10_000)
    def cell(text: str, width: int) -> str:
        fitted = glyphs.fitted(text, width)
        return fitted + " " * (width - glyphs.width_of(fitted))

    def line(id_: str, athlete: str, plan: str, numbers: tuple[str, ...], remark: str) -> str:
        whose = f"{cell(athlete, ATHLETE_COLUMNS)}  " if has_athletes else ""
        time, mean, target, in_band = numbers
        start = f"{cell(id_, id_columns)}  {whose}{cell(plan, PLAN_COLUMNS)}"
        return f"{start} {time:>8}  {mean:>4}  {target:>6}  {in_band:>7}  {remark}".rstrip()

    yield line("session", "athlete", "plan", HEADINGS, "")
    for row in known:
        of = dict(zip(SHOWN, row, strict=True))
        yield line(str(row[0]), str(row[1]), str(row[2]), _numbers(of), _remark(of, is_running=row[0] in running))


def _numbers(of: Mapping[str, object]) -> tuple[str, ...]:
    duration_s, mean, target, in_band_s, band_s = (_number(of[name]) for name in SHOWN[3:8])
    ratio = in_band_s / band_s if band_s and in_band_s is not None else None
    return clock(duration_s or 0.0), spm(mean), spm(target), percent(ratio)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, float | int) else None


def _remark(of: Mapping[str, object], *, is_running: bool) -> str:
    """What is not as usual."""
    broke_off = "" if of["is_ended"] else "running now" if is_running else "broke off"
    end = str(of["end"]) if of["end"] != "finished" else ""
    return ", ".join(filter(None, (broke_off or end, "simulation" if of["is_simulated"] else "")))
