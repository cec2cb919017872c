"""The beats of a session, counted along its lines: how many, and from which tempo to which."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.coach.ordered_beat import EDGE_BEATS, OrderedBeat
from cadencecoach.record.fold.course import Act, Course
from cadencecoach.record.lines import EndLine, Line, TempoLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Beats:
    """What the beat did.

    Attributes:
        number: beats begun, those left silent among them; one is one step
        from_spm: the tempo of the first
        to_spm: that of the last
    """

    number: int
    from_spm: float
    to_spm: float


class BeatCount:
    """Goes along with a session and counts its beats."""

    counts_up_to: ClassVar[frozenset[type[Line]] | None] = frozenset({TempoLine, EndLine})

    def __init__(self) -> None:
        """Begin in silence."""
        self._beat = OrderedBeat()
        self._next = 0  # the beat that comes next on the timeline in force
        self._number = 0
        self._since_s = 0.0
        self._from_spm: float | None = None
        self._to_spm = 0.0

    def count(self, course: Course, line: Line) -> None:  # noqa: ARG002  # the face
        """Count the beats begun before a line."""
        timeline = self._beat.timeline
        if timeline is None:
            return
        begun = math.ceil(timeline.beat_at(line.t) - EDGE_BEATS)  # a beat at this very moment is that of what comes
        if begun <= self._next:
            return
        self._number += begun - self._next
        self._next = begun
        if self._from_spm is None:
            self._from_spm = timeline.tempo_at(self._since_s)
        if timeline.beat_at(line.t) - timeline.beat_at(self._since_s) >= 1 - EDGE_BEATS:  # not on the way to another
            self._to_spm = timeline.tempo_at(line.t)

    def takes(self) -> Mapping[type[Line], Act]:
        """The tempos that are ordered."""
        return {TempoLine: self._take}

    def _take(self, _: Course, line: TempoLine) -> None:
        was_silent = self._beat.timeline is None
        self._beat = self._beat.after(self._beat.order(line.t, line.spm, line.ramp_s))
        self._since_s = line.t
        if was_silent:
            self._next = 0

    def beats(self) -> Beats | None:
        """What it came to; None where nothing beat."""
        if self._from_spm is None:
            return None
        return Beats(number=self._number, from_spm=self._from_spm, to_spm=self._to_spm or self._from_spm)
