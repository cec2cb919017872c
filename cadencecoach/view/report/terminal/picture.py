"""A session as a picture of characters: cadence, target, band, help, corrections, and what was no running.

The shapes carry the meaning, the colours only help; where the encoding is ASCII there are ASCII shapes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.text import Text

from cadencecoach.coach.actions import CueReason
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.trace import SpanKind, Trace
from cadencecoach.view.drawing.plot import spm_range
from cadencecoach.view.drawing.scale import Scale, minute_ticks, rounded_range
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.terminal.columns import Column, columns_of

LABEL = 7  # columns of the numbers at the left: " 175 |"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the picture is made of."""

    cadence: str
    target: str
    alone: str
    band: str
    band_alone: str
    baseline: str
    helped: str
    silent: str
    lost: str
    walking: str
    paused: str
    slower: str
    quicker: str
    wall: str


UNICODE = Signs(
    cadence="●", target="━", alone="╌", band="░", band_alone="╱", baseline="┈",  # noqa: RUF001
    helped="▬", silent="╱", lost="×", walking="w", paused="‖", slower="▲", quicker="▼", wall="│",  # noqa: RUF001
)  # fmt: skip
ASCII = Signs(
    cadence="*", target="=", alone="-", band=":", band_alone="/", baseline=".",
    helped="=", silent="/", lost="x", walking="w", paused="p", slower="^", quicker="v", wall="|",
)  # fmt: skip
STYLES = {"cadence": "bold bright_blue", "band": "green", "target": "bold", "mark": "bright_yellow", "quiet": "dim"}


def picture(sheet: SessionSheet, signs: Signs, width: int, n_rows: int) -> Iterator[Text]:
    """Its lines: `n_rows` of the plot, the lanes below it, minutes and a legend."""
    trace, baseline_spm = sheet.trace, sheet.summary.shown_own_spm
    columns = columns_of(trace, width - LABEL)
    low, high = rounded_range(*spm_range(trace, baseline_spm), n_rows)
    y = Scale(low=low, high=high, start=n_rows - 1, end=0)
    for row in range(n_rows):
        spm = high - (high - low) * row / (n_rows - 1)
        is_labelled = row in {0, n_rows - 1} or row % max(2, (n_rows - 1) // 4) == 0
        line = Text(f"{spm:>{LABEL - 2}.0f} {signs.wall}" if is_labelled else f"{'':{LABEL - 1}}{signs.wall}", "dim")
        for column in columns:
            line.append(*_cell(column, row, y, signs, baseline_spm))
        yield line
    texts = sheet.words.report
    yield from _lanes(columns, signs, texts)
    yield Text(_minutes(trace, len(columns)), "dim")
    yield Text(_legend(trace, columns, signs, baseline_spm, texts), "dim")


def _cell(column: Column, row: int, y: Scale, signs: Signs, baseline_spm: float | None) -> tuple[str, str]:
    """What one place of the picture shows: the cadence before the target, the target before its band."""

    def row_of(spm: float) -> int:
        return round(y.within(spm))

    if column.mean_spm is not None and row == row_of(column.mean_spm):
        return signs.cadence, STYLES["cadence"]
    asked = _target_cell(column, row, row_of, signs)
    if asked is not None:
        return asked
    is_own = baseline_spm is not None and row == row_of(baseline_spm)
    return (signs.baseline if is_own else " "), STYLES["quiet"]


def _target_cell(column: Column, row: int, row_of: Callable[[float], int], signs: Signs) -> tuple[str, str] | None:
    """The target or its band, where this is one of their rows."""
    stage, is_alone = column.stage, column.is_helped is False
    if stage is None or stage.target_spm is None:
        return None
    if row == row_of(stage.target_spm):
        return (signs.alone if is_alone else signs.target), STYLES["target"]
    if stage.low_spm is None or stage.high_spm is None:
        return None
    is_in = row_of(stage.high_spm) <= row <= row_of(stage.low_spm)
    return ((signs.band_alone if is_alone else signs.band), STYLES["band"]) if is_in else None


def _lanes(columns: tuple[Column, ...], signs: Signs, texts: ReportTexts) -> Iterator[Text]:
    helps = {True: signs.helped, False: signs.silent, None: " "}
    if any(column.is_helped is not None for column in columns):
        yield Text(
            f"{texts.help_lane[: LABEL - 2]:>{LABEL - 2}}  " + "".join(helps[column.is_helped] for column in columns),
            STYLES["band"],
        )
    corrections = {CueReason.BELOW.value: signs.slower, CueReason.ABOVE.value: signs.quicker}
    kinds = {
        SpanKind.NO_SENSOR: signs.lost,
        SpanKind.WALKING: signs.walking,
        SpanKind.STILL: signs.walking,
        SpanKind.PAUSED: signs.paused,
    }
    cues = "".join(corrections.get(column.correction, " ") for column in columns)
    if cues.strip():
        yield Text(f"{texts.cues_lane[: LABEL - 2]:>{LABEL - 2}}  {cues}", STYLES["mark"])
    others = "".join(" " if column.kind is None else kinds[column.kind] for column in columns)
    if others.strip():
        yield Text(f"{'':{LABEL}}{others}", STYLES["quiet"])


def _minutes(trace: Trace, n_columns: int) -> str:
    line = " " * LABEL
    for minute in minute_ticks(trace.end_s, n_columns // 8):
        place = LABEL + min(int(minute * 60 / trace.end_s * n_columns), n_columns - 1)
        words = f"{minute:g} min" if minute == 0 else f"{minute:g}"
        if place >= len(line) + (minute > 0) and place + len(words) <= LABEL + n_columns:
            line = line.ljust(place) + words
    return line


def _legend(
    trace: Trace, columns: tuple[Column, ...], signs: Signs, baseline_spm: float | None, texts: ReportTexts
) -> str:
    """What the signs mean: those that are there."""
    helps = {span.is_helped for span in trace.help}
    reasons = {cue.reason for cue in trace.cues}
    kinds = {column.kind for column in columns}
    parts = [
        f"{signs.cadence} {texts.cadence}",
        f"{signs.target}{signs.band} {texts.target_and_band}" if True in helps else "",
        f"{signs.alone}{signs.band_alone} {texts.alone_long}" if False in helps else "",
        f"{signs.baseline} {texts.own_cadence_sign}" if baseline_spm is not None else "",
        f"{signs.slower} {texts.too_slow}" if CueReason.BELOW.value in reasons else "",
        f"{signs.quicker} {texts.too_quick}" if CueReason.ABOVE.value in reasons else "",
        f"{signs.lost} {texts.span_no_sensor}" if SpanKind.NO_SENSOR in kinds else "",
        f"{signs.walking} {texts.span_walking}" if kinds & {SpanKind.WALKING, SpanKind.STILL} else "",
        f"{signs.paused} {texts.span_paused}" if SpanKind.PAUSED in kinds else "",
    ]
    return " " * LABEL + "  ".join(part for part in parts if part)
