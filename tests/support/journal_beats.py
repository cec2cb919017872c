"""The beats of a session, computed again from the `tempo` lines of its journal (docs/journal.md, last section)."""

from collections.abc import Iterable, Iterator

from cadencecoach.coach.ordered_beat import OrderedBeat
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import Line, TempoLine


def beat_times_s(lines: Iterable[Line]) -> Iterator[float]:
    """Session times at which beats begin, rising, up to the last line.

    Args:
        lines: of one journal, in order; a `tempo` line with `spm` null is silence from there on
    """
    ordered, beat, time_s = OrderedBeat(), 0, 0.0
    for line in lines:
        time_s = line.t
        if not isinstance(line, TempoLine):
            continue
        for onset_s in _until(ordered.timeline, beat, time_s):
            yield onset_s
            beat += 1
        ordered = ordered.after(ordered.order(time_s, line.spm, line.ramp_s))
        beat = 0 if ordered.timeline is None else beat
    yield from _until(ordered.timeline, beat, time_s)


def _until(timeline: Timeline | None, beat: int, end_s: float) -> Iterator[float]:
    """Onsets from one beat on, before a time."""
    while timeline is not None and (onset_s := timeline.time_of(beat)) < end_s:
        yield onset_s
        beat += 1
