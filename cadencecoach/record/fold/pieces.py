"""A session cut into pieces in which nothing changes, none longer than its second: what its numbers are sums over.

It is the summary's own fold, told aloud: each stretch of time is noted under what it is counted under. docs/cohort.md
says how each number of a report follows from the pieces.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from math import ceil, floor
from typing import Any, NamedTuple

from cadencecoach.record.figures import Summary
from cadencecoach.record.fold.course import Act, Course, follow
from cadencecoach.record.fold.late import LateStretch
from cadencecoach.record.fold.latest import LatestValue
from cadencecoach.record.fold.summary import Summariser
from cadencecoach.record.lines import BaselineLine, CueLine, DynamicsLine, GapLine, Line, StageLine
from cadencecoach.record.rows import baseline_of, curve_of, plan_name_of

STAGE, BASELINE, CUE, DYNAMICS, GAP, END = EVENTS = ("stage", "baseline", "cue", "dynamics", "gap", "end")


class Piece(NamedTuple):
    """A piece of a session, or a moment in which something happened; missing is None.

    Attributes:
        from_s, lasts_s: session time; a moment lasts 0 s
        part: number of the stage, 0 before the first; one that is gone back to has its number again
        stage_name: of it
        event: what happened in a moment; empty for a piece of time
        is_cut: only the second is another than in the piece before, or a value of it has grown too old
        is_late: it became known later; its time is that of other pieces, too
        is_paused: the stages stand still
        feet: state of the feet; empty while nothing is known
        is_running: the feet run and the estimate is fresh
        is_helped: beat or corrections are on offer
        is_probe: the stage is measured and not helped
        is_off_speed: at a speed of which the own cadence is not known: nothing is judged
        is_ramp: on the way to the target: not judged yet
        cadence_spm: as the sensor says it, while it holds
        estimate_spm: as it is coached on, while it holds
        speed_mps, hr_bpm: as the sensors say them, while they hold
        is_speed_of_run: the speed can be that of the running
        target_spm, low_spm, high_spm: what is asked for
        own_spm: the runner's own cadence, at the speed of this moment where it is known by speed
        cue: of a moment with one
        gap_s: length of a break, where it is known
        dynamics: what was told beyond cadence in this moment
    """

    from_s: float
    lasts_s: float
    part: int
    stage_name: str
    event: str = ""
    is_cut: bool = False
    is_late: bool = False
    is_paused: bool = False
    feet: str = ""
    is_running: bool = False
    is_helped: bool = False
    is_probe: bool = False
    is_off_speed: bool = False
    is_ramp: bool = False
    cadence_spm: float | None = None
    estimate_spm: float | None = None
    speed_mps: float | None = None
    hr_bpm: float | None = None
    is_speed_of_run: bool = False
    target_spm: float | None = None
    low_spm: float | None = None
    high_spm: float | None = None
    own_spm: float | None = None
    cue: CueLine | None = None
    gap_s: float | None = None
    dynamics: DynamicsLine | None = None


def pieces_of(header: Mapping[str, Any], lines: Iterable[Line]) -> tuple[list[Piece], Summary]:
    """The pieces of a journal by their time, and their sum; at one time moments stand before what lasts."""
    noting = PieceByPiece(header)
    course = follow(lines, noting)
    summary = noting.summary(course, name=plan_name_of(header))
    noting.note_end(course)
    return sorted(noting.pieces, key=lambda piece: piece.from_s), summary


class PieceByPiece(Summariser):
    """Counts along a session as the summary does, and notes what it counts."""

    def __init__(self, header: Mapping[str, Any]) -> None:
        """Begin with no line; the header says what is known of the baseline."""
        super().__init__(baseline_spm=baseline_of(header), curve=curve_of(header))
        self.pieces: list[Piece] = []

    def count(self, course: Course, line: Line | None = None) -> None:
        """Note the time that is about to be counted."""
        before_s = course.start_s if self._counted_s is None else self._counted_s
        if before_s is not None and course.now_s > before_s:
            self.pieces.extend(self._pieces(course, before_s, course.now_s))
        super().count(course, line)

    def takes(self) -> Mapping[type[Line], Act]:
        """What the summary takes; moments are noted after it."""
        acts = dict(super().takes())
        noted: Mapping[type[Line], Callable[[Course, Any], dict[str, Any] | None]] = {
            StageLine: lambda _course, _line: {"event": STAGE},
            BaselineLine: lambda _course, _line: {"event": BASELINE},
            CueLine: lambda _course, line: {"event": CUE, "cue": line},
            GapLine: lambda _course, line: {"event": GAP, "gap_s": line.gap_s},
            DynamicsLine: _dynamics_event,
        }
        return acts | {kind: self._after(acts[kind], what) for kind, what in noted.items()}

    def note_end(self, course: Course) -> None:
        """Note the moment of the end: what was in force then, and nothing else where the session was empty."""
        self._note_moment(course, course.now_s, event=END)

    def _after(self, act: Act, what: Callable[[Course, Any], dict[str, Any] | None]) -> Act:
        def take(course: Course, line: Line) -> None:
            act(course, line)
            more = what(course, line)
            if more is not None:
                self._note_moment(course, line.t, **more)

        return take

    def _note_moment(self, course: Course, time_s: float, **more: Any) -> None:  # noqa: ANN401  # fields of a piece
        self.pieces.append(self._state(course, time_s)._replace(**more))

    def _state(self, course: Course, from_s: float) -> Piece:
        """What is in force, as a moment."""
        tally = self._tallies[self._now]
        return Piece(
            from_s=from_s,
            lasts_s=0.0,
            part=self._now,
            stage_name=tally.name if self._now else "",
            is_paused=course.is_paused,
            feet=course.feet,
            is_helped=course.helping.is_on,
            is_probe=tally.is_probe,
            is_off_speed=course.is_off_speed,
            target_spm=tally.target_spm,
            low_spm=tally.low_spm,
            high_spm=tally.high_spm,
            own_spm=self._own.spm,
        )

    def _pieces(self, course: Course, from_s: float, to_s: float) -> Iterator[Piece]:
        """A stretch of time under what holds in it, cut where a value grows too old, a ramp or a second ends."""
        state = self._state(course, from_s)
        values = (course.reading, course.estimate, course.speed, course.heart)
        ramp_to_s = from_s + (0.0 if course.is_paused else self._tallies[self._now].ramp_left_s)
        runs = course.is_running and not course.is_paused
        believes = runs and course.believes(course.speed.value, course.estimate.value)
        cuts = (ramp_to_s, *(value.until_s for value in values))
        for start_s, end_s in pairwise(_cut(from_s, to_s, cuts)):
            cadence, estimate, speed, heart = (_fresh(value, start_s) for value in values)
            is_running = runs and estimate is not None
            yield state._replace(
                from_s=start_s,
                lasts_s=end_s - start_s,
                is_cut=start_s > from_s,
                is_running=is_running,
                is_ramp=start_s < ramp_to_s,
                cadence_spm=cadence,
                estimate_spm=estimate,
                speed_mps=speed,
                hr_bpm=heart,
                is_speed_of_run=is_running and believes and speed is not None,
            )

    def _count_late(self, one: LateStretch) -> None:
        super()._count_late(one)
        for start_s, end_s in pairwise(_cut(one.from_s, one.to_s, ())):
            piece = Piece(
                from_s=start_s,
                lasts_s=end_s - start_s,
                part=one.part,
                stage_name=self._tallies[one.part].name if one.part else "",
                is_cut=start_s > one.from_s,
                is_late=True,
                is_running=one.is_running,
            )
            self.pieces.append(
                piece._replace(
                    estimate_spm=one.cadence_spm, speed_mps=one.speed_mps, is_speed_of_run=one.speed_mps is not None
                )
                if one.is_running
                else piece._replace(cadence_spm=one.cadence_spm)
            )


def _dynamics_event(course: Course, _: DynamicsLine) -> dict[str, Any] | None:
    """What is believed of a line beyond cadence; nothing of one in a pause, or while nobody runs."""
    told = course.dynamics
    return None if told is None or course.is_paused else {"event": DYNAMICS, "dynamics": told}


def _fresh(value: LatestValue, time_s: float) -> float | None:
    return value.value if time_s < value.until_s else None


def _cut(from_s: float, to_s: float, cuts: Iterable[float]) -> list[float]:
    """The edges of the pieces of a stretch of time, its own among them."""
    seconds = map(float, range(floor(from_s) + 1, ceil(to_s)))
    return sorted({from_s, to_s, *seconds, *(cut for cut in cuts if from_s < cut < to_s)})
