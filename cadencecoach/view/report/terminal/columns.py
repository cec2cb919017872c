"""A session cut into columns of equal time, for a picture of characters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from cadencecoach.record.figures import CORRECTIONS
from cadencecoach.record.trace import Span, SpanKind, StageSpan, Trace

RANK = {SpanKind.NO_SENSOR: 0, SpanKind.PAUSED: 1, SpanKind.WALKING: 2, SpanKind.STILL: 3}


@dataclass(slots=True, kw_only=True)
class Column:
    """What happened in one column.

    Attributes:
        mean_spm: of the cadence; None where nobody ran
        stage: that holds in its middle
        is_helped: in its middle; None without a target
        kind: what there was beside running: the most telling; None for nothing
        correction: reason of the last one in it; empty for none
    """

    stage: StageSpan | None = None
    is_helped: bool | None = None
    mean_spm: float | None = None
    kind: SpanKind | None = None
    correction: str = field(default="")


def columns_of(trace: Trace, n_columns: int) -> tuple[Column, ...]:
    """The session in so many columns; it must have lasted some time."""
    column_s = trace.end_s / n_columns
    columns = tuple(Column() for _ in range(n_columns))

    def at(time_s: float) -> Column:
        return columns[min(int(time_s / column_s), n_columns - 1)]

    points = (point for run in trace.cadence for point in run)
    for place, group in groupby(points, lambda point: min(int(point[0] / column_s), n_columns - 1)):
        values = [spm for _, spm in group]
        columns[place].mean_spm = sum(values) / len(values)
    for stage in trace.stages:
        for column in _within(columns, stage.start_s, stage.end_s, column_s):
            column.stage = stage
    for span in trace.help:
        for column in _within(columns, span.start_s, span.end_s, column_s):
            column.is_helped = span.is_helped
    for cue in trace.cues:
        if cue.reason in CORRECTIONS:
            at(cue.time_s).correction = cue.reason
    _mark(columns, trace.spans, column_s)
    return columns


def _within(columns: tuple[Column, ...], start_s: float, end_s: float, column_s: float) -> Iterable[Column]:
    """Columns whose middle lies in a stretch of time."""
    first, last = (int(time_s / column_s + 0.5) for time_s in (start_s, end_s))
    return columns[first:last]


def _mark(columns: tuple[Column, ...], spans: Iterable[Span], column_s: float) -> None:
    for span in spans:
        for column in _columns_in(columns, span, column_s):
            if column.kind is None or RANK[span.kind] < RANK[column.kind]:
                column.kind = span.kind


def _columns_in(columns: tuple[Column, ...], span: Span, column_s: float) -> Iterator[Column]:
    """Columns a stretch reaches into, and at least one, when it is long enough to matter."""
    if span.end_s - span.start_s >= min(3.0, column_s):
        first, last = int(span.start_s / column_s), int(span.end_s / column_s)
        yield from columns[first : max(last, first + 1)]
