"""A plan before it is run: its targets over time as a picture of characters.

It tells the kinds of stages apart by shape, not by colour: a line is a beat, a broken line a rescue beat,
dots a target without a beat, shading the band around it; free and walking stages leave the picture empty and say so
in the lane below.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from cadencecoach.plan.model import Beat, Free, Plan, Relative, Stage, Walk
from cadencecoach.plan.targets import Band, band_of
from cadencecoach.view.plan.table import known_baseline_spm

MAX_ROWS = 20
STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # per cent or spm from row to row
EPSILON = 1e-9
LABEL_COLUMNS = 9  # of the axis on the left: "+10.5 % |"
MIN_WIDTH = 30
ASSUMED_SPM = 165.0  # for the shape of a picture in percent; it is never shown as a number
OPEN_SHARE = 0.15  # of the picture's width, for a stage that lasts until a key
LINES = {Beat.ON: "━", Beat.RESCUE: "╍", Beat.GATED: "┅", Beat.OFF: "·"}
BAND, BREAK = "░", "≈"
TICKS_MIN = (0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480)
TICK_COLUMNS = 7  # least distance between two labels on the axis of time
# For terminals that know only ASCII.
PLAIN_GLYPHS = str.maketrans(
    {"━": "=", "╍": "~", "┅": "*", "·": ".", "░": ":", "≈": "/", "│": "|", "└": "+", "─": "-", "┬": "+"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A stage in the picture: from when to when, and from and to which step rate."""

    stage: Stage
    start_s: float
    end_s: float
    band: Band | None
    from_spm: float

    def spm_at(self, time_s: float) -> float:
        """Where the target is on the way of its ramp."""
        assert self.band is not None
        ramp_s, since_s = self.stage.ramp_s, time_s - self.start_s
        done = 1.0 if since_s >= ramp_s else since_s / ramp_s
        return self.from_spm + (self.band.target_spm - self.from_spm) * done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column of the picture: which stage, from 1, and when."""

    number: int
    span: _Span
    time_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Rows of the picture and what they stand for.

    Attributes:
        zero_spm: what the rows count from: the baseline of rows in percent, 0 of rows in spm
        unit_spm: what one unit of a label is
        step: from one row to the next, in labels' units
        top: label of the first row, in steps
        n_rows: how many rows there are
    """

    zero_spm: float
    unit_spm: float
    step: float
    top: int
    n_rows: int

    def row(self, spm: float) -> int:
        """The row of a step rate, 0 at the top."""
        steps = (spm - self.zero_spm) / (self.unit_spm * self.step)
        return min(max(self.top - math.floor(steps + 0.5), 0), self.n_rows - 1)

    def label(self, row: int) -> str:
        """What a row stands for."""
        value = (self.top - row) * self.step
        return f"{value:+g} %" if self.zero_spm else f"{value:g}"


def plan_picture(plan: Plan, width: int, baseline_spm: float | None) -> Text:
    """The targets over time, at most `width` columns wide; rows in spm, or in percent of a baseline not yet known."""
    n_columns = max(width, MIN_WIDTH) - LABEL_COLUMNS
    known_spm = known_baseline_spm(plan, baseline_spm)
    spans = _spans(plan, known_spm or ASSUMED_SPM)
    columns = _columns(spans, n_columns)
    scale = _scale(spans, known_spm)
    rows = enumerate(_grid(columns, scale)) if scale else ()
    lines = [f"{scale.label(row):>{LABEL_COLUMNS - 2}} │{''.join(cells)}" for row, cells in rows if scale]
    below = (_axis(columns), _times(spans, n_columns), _numbers(columns), _kinds(columns))
    lines += [f"{'└' if n == 0 else ' ':>{LABEL_COLUMNS}}{text}" for n, text in enumerate(below)]
    return Text("\n".join(line.rstrip() for line in [*lines, _legend(spans)]), no_wrap=True)


def _columns(spans: Sequence[_Span], n_columns: int) -> tuple[_Column, ...]:
    """What stands at the middle of each column. The spans are walked along once."""
    number, columns = 0, []
    for place in range(n_columns):
        time_s = spans[-1].end_s * (place + 0.5) / n_columns
        while time_s >= spans[number].end_s and number < len(spans) - 1:
            number += 1
        columns.append(_Column(number=number + 1, span=spans[number], time_s=time_s))
    return tuple(columns)


def _spans(plan: Plan, zero_spm: float) -> tuple[_Span, ...]:
    """The stages laid along the axis of time; one without an end gets a fair share of it."""
    open_s = max(OPEN_SHARE * sum(stage.duration_s or 0.0 for stage in plan.stages), 60.0)
    spans: list[_Span] = []
    before_spm = zero_spm
    for stage in plan.stages:
        start_s = spans[-1].end_s if spans else 0.0
        end_s = start_s + (open_s if stage.duration_s is None else stage.duration_s)
        band = band_of(stage.target, stage.tolerance, zero_spm)
        spans.append(_Span(stage=stage, start_s=start_s, end_s=end_s, band=band, from_spm=before_spm))
        before_spm = band.target_spm if band else zero_spm
    return tuple(spans)


def _scale(spans: Sequence[_Span], known_spm: float | None) -> _Scale | None:
    """Rows from the lowest edge of a band, or the baseline, to the highest; None when nothing is asked for."""
    bands = [span.band for span in spans if span.band]
    if not bands:
        return None
    is_relative = any(isinstance(span.stage.target, Relative) for span in spans)
    in_percent = is_relative and known_spm is None
    zero_spm, unit_spm = (ASSUMED_SPM, ASSUMED_SPM / 100) if in_percent else (0.0, 1.0)
    lows = [band.low_spm for band in bands] + ([known_spm or ASSUMED_SPM] if is_relative else [])
    low, high = ((spm - zero_spm) / unit_spm for spm in (min(lows), max(band.high_spm for band in bands)))
    step = next((s for s in STEPS if (high - low) / s < MAX_ROWS - 2), STEPS[-1])
    top, bottom = math.ceil(high / step - EPSILON), math.floor(low / step + EPSILON)
    return _Scale(zero_spm=zero_spm, unit_spm=unit_spm, step=step, top=top, n_rows=top - bottom + 1)


def _grid(columns: Sequence[_Column], scale: _Scale) -> list[list[str]]:
    grid = [[" "] * len(columns) for _ in range(scale.n_rows)]
    for place, column in enumerate(columns):
        band = column.span.band
        if band is None:
            continue
        target_spm = column.span.spm_at(column.time_s)
        shift_spm = target_spm - band.target_spm
        for row in range(scale.row(band.high_spm + shift_spm), scale.row(band.low_spm + shift_spm) + 1):
            grid[row][place] = BAND
        grid[scale.row(target_spm)][place] = LINES[column.span.stage.beat]
    return grid


def _axis(columns: Sequence[_Column]) -> str:
    """The line of time with a mark where a stage begins; a stage without an end breaks it."""
    return "".join(
        BREAK if column.span.stage.duration_s is None else "┬" if is_first else "─"
        for column, is_first in zip(columns, _are_first(columns), strict=True)
    )


def _times(spans: Sequence[_Span], n_columns: int) -> str:
    """Minutes under the axis, up to where they are no longer known."""
    known_s = min((span.start_s for span in spans if span.stage.duration_s is None), default=spans[-1].end_s)
    per_column_s = spans[-1].end_s / n_columns
    tick_s = next((t * 60 for t in TICKS_MIN if t * 60 / per_column_s >= TICK_COLUMNS), TICKS_MIN[-1] * 60)
    times_s = [n * tick_s for n in range(int(known_s / tick_s) + 1)]
    return _placed([(int(s / per_column_s), f"{s / 60:g}" if s else "0 min") for s in times_s], n_columns)


def _numbers(columns: Sequence[_Column]) -> str:
    """Each stage's number, as in the table, under its beginning; left out where there is no room."""
    firsts = _are_first(columns)
    return _placed([(i, str(c.number)) for i, c in enumerate(columns) if firsts[i]], len(columns))


def _kinds(columns: Sequence[_Column]) -> str:
    """What each stage is, in a word where it fits."""
    firsts = [i for i, is_first in enumerate(_are_first(columns)) if is_first]
    words = [_kind(columns[i].span.stage) for i in firsts]
    ends = [*firsts[1:], len(columns)]
    return _placed([(i, w) for i, w, end in zip(firsts, words, ends, strict=True) if i + len(w) < end], len(columns))


def _kind(stage: Stage) -> str:
    if stage.measures_baseline:
        return "measure"
    if stage.drill is not None:
        return "drill"
    match stage.target:
        case Free():
            return "free"
        case Walk():
            return "walk"
        case _:
            return {Beat.ON: "beat", Beat.RESCUE: "rescue", Beat.GATED: "gated", Beat.OFF: "no beat"}[stage.beat]


def _are_first(columns: Sequence[_Column]) -> list[bool]:
    """Whether a stage begins at each column."""
    return [i == 0 or columns[i - 1].number != column.number for i, column in enumerate(columns)]


def _placed(labels: Sequence[tuple[int, str]], n_columns: int) -> str:
    """Labels at their columns; one that would touch the one before, or the edge, is left out."""
    line = ""
    for column, text in labels:
        if column >= len(line) + (1 if line else 0) and column + len(text) <= n_columns:
            line = line.ljust(column) + text
    return line


def _legend(spans: Sequence[_Span]) -> str:
    """What the characters of this picture mean."""
    beats = {span.stage.beat for span in spans if span.band}
    said = {
        Beat.ON: "beat",
        Beat.RESCUE: "rescue beat",
        Beat.GATED: "beat that comes and goes",
        Beat.OFF: "target without a beat",
    }
    parts = [f"{LINES[beat]} {words}" for beat, words in said.items() if beat in beats]
    parts += [f"{BAND} band"] if beats else []
    parts += [f"{BREAK} until key"] if any(span.stage.duration_s is None for span in spans) else []
    return "   ".join(parts)
