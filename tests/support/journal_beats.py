"""The beats of a session, computed again from the `tempo` lines of its journal (docs/journal.md, last section)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cadencecoach.coach.ordered_beat import OrderedBeat
from cadencecoach.plan.timeline import Timeline

Line = Mapping[str, Any]


def beat_times_s(lines: Iterable[Line]) -> Iterator[float]:
    """Session times at which beats begin, rising, up to the last line.

    Args:
        lines: of one journal, in order; a `tempo` line with `spm` null is silence from there on
    """
    ordered, beat, time_s = OrderedBeat(), 0, 0.0
    for line in lines:
        time_s = line["t"]
        if line["what"] != "tempo":
            continue
        for onset_s in _until(ordered.timeline, beat, time_s):
            yield onset_s
            beat += 1
        ordered = ordered.after(ordered.order(time_s, line.get("spm"), line.get("ramp_s", 0.0)))
        beat = 0 if ordered.timeline is None else beat
    yield from _until(ordered.timeline, beat, time_s)


def _until(timeline: Timeline | None, beat: int, end_s: float) -> Iterator[float]:
    """Onsets from one beat on, before a time."""
    while timeline is not None and (onset_s := timeline.time_of(beat)) < end_s:
        yield onset_s
        beat += 1
