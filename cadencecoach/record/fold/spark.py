"""A session in one small line: cadence and band over equal parts of its time, as a short text that an index keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cadencecoach.gait.reading import Feet
from cadencecoach.record.fold.latest import HOLD_S
from cadencecoach.record.lines import EstimateLine, FeetLine, GapLine, Line, PauseLine, ResumeLine, StageLine

N_PARTS: Final = 48  # no wider than a word or two
NUMBERS: Final = 3  # of a part


@dataclass(frozen=True, slots=True)
class SparkPart:
    """What a part of a session came to; None is not known, or not asked.

    Attributes:
        cadence_spm: mean of the fresh estimates while the feet ran
        low_spm, high_spm: the band at its end
    """

    cadence_spm: int | None = None
    low_spm: int | None = None
    high_spm: int | None = None


def spark_of(lines: Sequence[Line]) -> str:
    """The parts of a session as text; empty where it has no time."""
    end_s = max((line.t for line in lines), default=0.0)
    if end_s <= 0:
        return ""
    sums, bands = _along(lines, end_s)
    return " ".join(
        _part_text(SparkPart(round(total / n) if n else None, low, high))
        for (total, n), (low, high) in zip(sums, bands, strict=True)
    )


def spark_parts(text: str) -> tuple[SparkPart, ...]:
    """The parts again; what cannot be read is not known."""
    return tuple(map(_part_in, text.split()))


def _along(lines: Iterable[Line], end_s: float) -> tuple[list[tuple[float, int]], list[tuple[int | None, int | None]]]:
    """Sums of cadence, and the band, part by part."""
    sums, bands = [(0.0, 0)] * N_PARTS, [_band(None)] * N_PARTS
    stage: StageLine | None = None
    is_running = is_paused = False
    n_done = 0
    for line in lines:
        part = min(int(line.t / end_s * N_PARTS), N_PARTS - 1)
        if isinstance(line, EstimateLine):
            is_fresh = line.age_s is not None and line.age_s <= HOLD_S
            if line.cadence_spm is not None and is_fresh and is_running and not is_paused:
                sums[part] = (sums[part][0] + line.cadence_spm, sums[part][1] + 1)
        elif isinstance(line, StageLine):
            bands[n_done:part] = [_band(stage)] * (part - n_done)
            stage, n_done = line, max(part, n_done)
        elif isinstance(line, FeetLine):
            is_running = line.state == Feet.LIVE.value
        elif isinstance(line, PauseLine | GapLine):
            is_paused = True
        elif isinstance(line, ResumeLine):
            is_paused = False
    bands[n_done:] = [_band(stage)] * (N_PARTS - n_done)
    return sums, bands


def _band(stage: StageLine | None) -> tuple[int | None, int | None]:
    if stage is None or stage.low_spm is None or stage.high_spm is None:
        return None, None
    return round(stage.low_spm), round(stage.high_spm)


def _part_text(part: SparkPart) -> str:
    numbers = (part.cadence_spm, part.low_spm, part.high_spm)
    return "/".join("" if number is None else str(number) for number in numbers)


def _part_in(text: str) -> SparkPart:
    told = text.split("/")
    if len(told) != NUMBERS or not all(one == "" or (one.isascii() and one.isdigit()) for one in told):
        return SparkPart()
    cadence, low, high = (int(one) if one else None for one in told)
    return SparkPart(cadence, low, high)
