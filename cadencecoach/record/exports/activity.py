"""A session as other programs see one: an activity of laps and seconds, with the numbers of our own summary."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cadencecoach.errors import JournalError
from cadencecoach.record.exports.seconds import Second, Series
from cadencecoach.record.exports.series import series_of
from cadencecoach.record.figures import Part, Summary
from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.journal import Journal, encode
from cadencecoach.record.lines import LinkLine
from cadencecoach.record.rows import origin_of

LONGEST_S = 100_000.0  # a day and a bit: a journal that spans more has a broken clock, and would fill the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """A stage, or the time before the first.

    Attributes:
        part: its numbers
        from_s, to_s: session time, pauses included
        seconds: those that begin in it
    """

    part: Part
    from_s: float
    to_s: float
    seconds: Sequence[Second]

    def values_of(self, name: str) -> list[float]:
        """The values of a column of its seconds that are there, pauses left out."""
        found = (getattr(second, name) for second in self.seconds if not second.is_paused)
        return [value for value in found if value is not None]

    def mean(self, name: str) -> float | None:
        """Their mean; None where there are none."""
        values = self.values_of(name)
        return sum(values) / len(values) if values else None

    def most(self, name: str) -> float | None:
        """The largest of them; None where there are none."""
        return max(self.values_of(name), default=None)

    def mean_told(self, name: str) -> float | None:
        """The mean of what was told beyond cadence under this name; None where nothing was."""
        values = [value for second in self.seconds if (value := second.dynamics_value(name)) is not None]
        return sum(values) / len(values) if values else None

    @property
    def mean_speed_mps(self) -> float | None:
        """Ours where the summary has it."""
        return self.mean("speed_mps") if self.part.mean_speed_mps is None else self.part.mean_speed_mps


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A session, ready to be written in any format.

    Attributes:
        id: of the session
        header: of its journal
        summary: its numbers, as docs/metrics.md defines them
        series: its seconds
        laps: at least one, without a hole
        surface: what was run on: `treadmill`, `road`, `track` or `trail`
        sensors: names of what measured: sensors that were connected, or what stood in for them
    """

    id: str
    header: Mapping[str, Any]
    summary: Summary
    series: Series
    laps: tuple[Lap, ...]
    surface: str
    sensors: tuple[str, ...]

    @property
    def whole(self) -> Lap:
        """All of it, as one lap."""
        return Lap(
            part=self.summary.session,
            from_s=0.0,
            to_s=self.series.end_s,
            seconds=self.series.seconds,
        )

    @property
    def plan_name(self) -> str:
        """What was prescribed; empty where nothing was."""
        return str((self.header.get("plan") or {}).get("name") or "")

    @property
    def origin(self) -> str:
        """What it was if nobody was coached in it, such as `simulation`: nobody may take the file for a run."""
        return origin_of(self.header)

    @property
    def serial(self) -> int:
        """A number of this session's own, the same each time it is exported; never 0."""
        return zlib.crc32(encode(self.header).encode()) or 1


def activity_of(journal: Journal, summary: Summary, *, session: str, surface: str) -> Activity:
    """The activity in a journal.

    Args:
        journal: as read
        summary: its own
        session: its id
        surface: what was run on
    Raises:
        JournalError: nothing happened in it, or its times make no session
    """
    times_s = [line.t for line in journal.lines]
    if not times_s:
        raise JournalError("there is nothing in this session to export")
    if min(times_s) < 0 or max(times_s) > LONGEST_S:
        raise JournalError(f"the times of a session to export go from 0 to {LONGEST_S:g} s, not to {max(times_s):g} s")
    series = series_of(journal.lines)
    in_stretches = summarise(journal.lines, is_joined=False)
    return Activity(
        id=session,
        header=journal.header,
        summary=summary,
        series=series,
        laps=_laps(summary if len(summary.stages) == len(in_stretches.stages) else in_stretches, series),
        surface=surface,
        sensors=_sensors(journal),
    )


def _sensors(journal: Journal) -> tuple[str, ...]:
    """What measured, by name: sensors that were connected, or what stood in for them."""
    feet = str(journal.header.get("feet") or "").partition(":")[0]
    links = (line.name for line in journal.lines if isinstance(line, LinkLine))
    stood_in = {"sim": "simulated runner", "replay": "recorded run, replayed"}.get(feet, "")
    return tuple(dict.fromkeys(filter(None, (stood_in, *links))))


def _laps(summary: Summary, series: Series) -> tuple[Lap, ...]:
    """A lap for each part of the summary: the last ones of the series, which may have an empty first one more.

    Of a stage that was gone back to, each stretch is a part here.
    """
    parts = summary.stages or (summary.session,)
    first = len(series.stretches) - len(parts)
    by_stage: dict[int, list[Second]] = {}
    for second in series.seconds:
        by_stage.setdefault(max(second.stage, first), []).append(second)
    return tuple(
        Lap(
            part=part,
            from_s=stretch.from_s,
            to_s=stretch.to_s,
            seconds=by_stage.get(n, ()),
        )
        for n, (part, stretch) in enumerate(zip(parts, series.stretches[first:], strict=True), start=first)
    )
