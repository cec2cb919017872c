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
from cadencecoach.record.trace import StageSpan
from cadencecoach.units import SECONDS_PER_MINUTE
from cadencecoach.view.drawing.scale import minute_ticks
from cadencecoach.view.plan.course import ASSUMED_SPM, course_of
from cadencecoach.view.plan.table import known_baseline_spm

MAX_ROWS = 20
STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # per cent or spm from row to row
EPSILON = 1e-9
LABEL_COLUMNS = 9  # of the axis on the left: "+10.5 % |"
MIN_WIDTH = 30
LINES = {Beat.ON: "━", Beat.RESCUE: "╍", Beat.GATED: "┅", Beat.OFF: "·"}
BAND, BREAK = "░", "≈"
TICK_COLUMNS = 7  # least distance between two labels on the axis of time
# For terminals that know only ASCII.
PLAIN_GLYPHS = str.maketrans(
    {"━": "=", "╍": "~", "┅": "*", "·": ".", "░": ":", "≈": "/", "│": "|", "└": "+", "─": "-", "┬": "+"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column of the picture: which stage, and when."""

    stage: Stage
    span: StageSpan
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
    spans = course_of(plan, known_spm or ASSUMED_SPM).stages
    columns = _columns(plan, spans, n_columns)
    scale = _scale(plan, spans, known_spm)
    rows = enumerate(_grid(columns, scale)) if scale else ()
    lines = [f"{scale.label(row):>{LABEL_COLUMNS - 2}} │{''.join(cells)}" for row, cells in rows if scale]
    below = (_axis(columns), _times(plan, spans, n_columns), _numbers(columns), _kinds(columns))
    lines += [f"{'└' if n == 0 else ' ':>{LABEL_COLUMNS}}{text}" for n, text in enumerate(below)]
    return Text("\n".join(line.rstrip() for line in [*lines, _legend(plan, spans)]), no_wrap=True)


def _columns(plan: Plan, spans: Sequence[StageSpan], n_columns: int) -> tuple[_Column, ...]:
    """What stands at the middle of each column. The spans are walked along once."""
    number, columns = 0, []
    for place in range(n_columns):
        time_s = spans[-1].end_s * (place + 0.5) / n_columns
        while time_s >= spans[number].end_s and number < len(spans) - 1:
            number += 1
        columns.append(_Column(stage=plan.stages[number], span=spans[number], time_s=time_s))
    return tuple(columns)


def _scale(plan: Plan, spans: Sequence[StageSpan], known_spm: float | None) -> _Scale | None:
    """Rows from the lowest edge of a band, or the baseline, to the highest; None when nothing is asked for."""
    edges = [edge for span in spans for edge in (span.low_spm, span.high_spm) if edge is not None]
    if not edges:
        return None
    is_relative = any(isinstance(stage.target, Relative) for stage in plan.stages)
    in_percent = is_relative and known_spm is None
    zero_spm, unit_spm = (ASSUMED_SPM, ASSUMED_SPM / 100) if in_percent else (0.0, 1.0)
    lows = [*edges, known_spm or ASSUMED_SPM] if is_relative else edges
    low, high = ((spm - zero_spm) / unit_spm for spm in (min(lows), max(edges)))
    step = next((s for s in STEPS if (high - low) / s < MAX_ROWS - 2), STEPS[-1])
    top, bottom = math.ceil(high / step - EPSILON), math.floor(low / step + EPSILON)
    return _Scale(zero_spm=zero_spm, unit_spm=unit_spm, step=step, top=top, n_rows=top - bottom + 1)


def _grid(columns: Sequence[_Column], scale: _Scale) -> list[list[str]]:
    grid = [[" "] * len(columns) for _ in range(scale.n_rows)]
    for place, column in enumerate(columns):
        span = column.span
        if span.target_spm is None or span.low_spm is None or span.high_spm is None:
            continue
        shift_spm = _ramped_spm(span, span.target_spm, column.time_s) - span.target_spm
        for row in range(scale.row(span.high_spm + shift_spm), scale.row(span.low_spm + shift_spm) + 1):
            grid[row][place] = BAND
        grid[scale.row(span.target_spm + shift_spm)][place] = LINES[column.stage.beat]
    return grid


def _ramped_spm(span: StageSpan, target_spm: float, time_s: float) -> float:
    """Where the target is on the way of its ramp."""
    since_s = time_s - span.start_s
    if span.from_spm is None or since_s >= span.ramp_s:
        return target_spm
    return span.from_spm + (target_spm - span.from_spm) * since_s / span.ramp_s


def _axis(columns: Sequence[_Column]) -> str:
    """The line of time with a mark where a stage begins; a stage without an end breaks it."""
    return "".join(
        BREAK if column.stage.duration_s is None else "┬" if is_first else "─"
        for column, is_first in zip(columns, _are_first(columns), strict=True)
    )


def _times(plan: Plan, spans: Sequence[StageSpan], n_columns: int) -> str:
    """Minutes under the axis, up to where they are no longer known."""
    end_s = spans[-1].end_s
    opens_s = (span.start_s for stage, span in zip(plan.stages, spans, strict=True) if stage.duration_s is None)
    known_s = min(opens_s, default=end_s)
    minutes = [m for m in minute_ticks(end_s, n_columns // TICK_COLUMNS) if m * SECONDS_PER_MINUTE <= known_s]
    places = ((int(minute * SECONDS_PER_MINUTE * n_columns / end_s), minute) for minute in minutes)
    return _place([(place, f"{minute:g}" if minute else "0 min") for place, minute in places], n_columns)


def _numbers(columns: Sequence[_Column]) -> str:
    """Each stage's number, as in the table, under its beginning; left out where there is no room."""
    firsts = _are_first(columns)
    return _place([(i, str(c.span.index + 1)) for i, c in enumerate(columns) if firsts[i]], len(columns))


def _kinds(columns: Sequence[_Column]) -> str:
    """What each stage is, in a word where it fits."""
    firsts = [i for i, is_first in enumerate(_are_first(columns)) if is_first]
    words = [_kind(columns[i].stage) for i in firsts]
    ends = [*firsts[1:], len(columns)]
    return _place([(i, w) for i, w, end in zip(firsts, words, ends, strict=True) if i + len(w) < end], len(columns))


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
    return [i == 0 or columns[i - 1].span is not column.span for i, column in enumerate(columns)]


def _place(labels: Sequence[tuple[int, str]], n_columns: int) -> str:
    """Labels at their columns; one that would touch the one before, or the edge, is left out."""
    line = ""
    for column, text in labels:
        if column >= len(line) + (1 if line else 0) and column + len(text) <= n_columns:
            line = line.ljust(column) + text
    return line


def _legend(plan: Plan, spans: Sequence[StageSpan]) -> str:
    """What the characters of this picture mean."""
    beats = {s.beat for s, span in zip(plan.stages, spans, strict=True) if span.target_spm is not None}
    said = {
        Beat.ON: "beat",
        Beat.RESCUE: "rescue beat",
        Beat.GATED: "beat on and off",
        Beat.OFF: "target without a beat",
    }
    parts = [f"{LINES[beat]} {words}" for beat, words in said.items() if beat in beats]
    parts += [f"{BAND} band"] if beats else []
    parts += [f"{BREAK} until key"] if any(stage.duration_s is None for stage in plan.stages) else []
    return "   ".join(parts)
