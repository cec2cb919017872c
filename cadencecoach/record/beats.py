"""The beats of a session, computed again from the `tempo` lines of its journal (docs/journal.md, last section)."""

from collections.abc import Iterable, Iterator

from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import Line, TempoLine


def beat_times_s(lines: Iterable[Line]) -> Iterator[float]:
    """Session times at which beats begin, rising, up to the last line.

    Args:
        lines: of one journal, in order; a `tempo` line with `spm` null is silence from there on
    """
    timeline: Timeline | None = None
    beat = 0
    time_s = 0.0
    for line in lines:
        time_s = line.t
        if not isinstance(line, TempoLine):
            continue
        for onset_s in _until(timeline, beat, time_s):
            yield onset_s
            beat += 1
        timeline = _after(timeline, line)
        beat = 0 if timeline is None else beat
    yield from _until(timeline, beat, time_s)


def _until(timeline: Timeline | None, beat: int, end_s: float) -> Iterator[float]:
    """Onsets from one beat on, before a time."""
    while timeline is not None and (onset_s := timeline.time_of(beat)) < end_s:
        yield onset_s
        beat += 1


def _after(timeline: Timeline | None, line: TempoLine) -> Timeline | None:
    """The Timeline that a tempo line leads to."""
    if line.spm is None:
        return None
    if timeline is None:
        return Timeline.steady(start_s=line.t, tempo_spm=line.spm)
    return timeline.retimed(at_s=line.t, tempo_spm=line.spm, ramp_s=line.ramp_s)
