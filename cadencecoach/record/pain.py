"""Pain the runner reported during a session, from the notes of its journal; what was taken back no longer counts.

A note about pain with a `level` is an answer. Its `answer` says more, in journals since 0.2.0: `corrected` stands in
place of the answer before it, `unwell` is something wrong that is on no scale, `taken back` takes the last one back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cadencecoach.coach.pain import QUESTION_S, STOPS_ABOVE, WORST
from cadencecoach.record.entries import CheckIn, Entry, Moment
from cadencecoach.record.lines import Line, NoteLine

PAIN_BEFORE = "pain before"  # what a note is about that tells what was said before going on: no pain of the run
SORENESS = "soreness"  # what a note is about that tells of it, beside those about `pain`


@dataclass(frozen=True, slots=True, kw_only=True)
class PainSaid:
    """One thing that was said of pain by key.

    Attributes:
        time_s: session time
        level: 0 to 10; None where the question was not answered, and where something is wrong
        is_unwell: something is wrong that belongs to no scale
        is_taken_back: nothing of it counts
    """

    time_s: float
    level: int | None = None
    is_unwell: bool = False
    is_taken_back: bool = False

    @property
    def is_stop(self) -> bool:
        """Whether it stops a session."""
        return not self.is_taken_back and (self.is_unwell or (self.level or 0) > STOPS_ABOVE)


def pains_of(notes: Iterable[NoteLine]) -> tuple[PainSaid, ...]:
    """What was said of pain, in order.

    Args:
        notes: of a journal; those about anything else are passed over
    """
    said: list[PainSaid] = []
    for note in notes:
        if note.about == "pain":
            _add(said, note)
    return tuple(said)


def pains_before(lines: Iterable[Line]) -> tuple[PainSaid, ...]:
    """What was told before a session would have gone on; an athlete's log holds it as said before."""
    notes = (line for line in lines if isinstance(line, NoteLine) and line.about == PAIN_BEFORE)
    return tuple(PainSaid(time_s=float(one.t), level=one.level, is_unwell=one.answer == "unwell") for one in notes)


def highest_pain(said: Iterable[PainSaid]) -> int | None:
    """The highest pain that counts; None where none was rated."""
    return max((one.level for one in said if one.level is not None and not one.is_taken_back), default=None)


def highest_soreness(lines: Iterable[Line]) -> int | None:
    """The worst soreness that was told before a session would have gone on; None where none was."""
    told = (line.level for line in lines if isinstance(line, NoteLine) and line.about == SORENESS)
    return max((level for level in told if level is not None), default=None)


def sessions_answered(every: Sequence[Entry]) -> frozenset[str]:
    """The sessions of which a log holds an answer about pain during the run; soreness or a note says nothing of it.

    The pain that their journals hold does not count beside it.

    Args:
        every: entry of the log, also those that were taken back: a slip that was corrected stands in the journal still
    """
    checks = (entry for entry in every if isinstance(entry, CheckIn) and entry.moment is Moment.DURING)
    return frozenset(entry.session for entry in checks if entry.session and entry.pain is not None)


def _add(said: list[PainSaid], note: NoteLine) -> None:
    time_s, answer, level = float(note.t), note.answer, note.level
    if level is not None and not 0 <= level <= WORST:
        return
    open_question = said[-1] if said and _is_open(said[-1], time_s) else None
    if answer == "taken back":
        if said:
            said[-1] = replace(said[-1], is_taken_back=True)
    elif answer == "corrected" and said:
        said[-1] = replace(said[-1], time_s=time_s, level=level)
    elif answer == "unwell" or level is not None:
        one = PainSaid(time_s=time_s, level=level, is_unwell=answer == "unwell")
        if open_question is None:
            said.append(one)
        else:
            said[-1] = one
    else:
        said.append(PainSaid(time_s=time_s))


def _is_open(one: PainSaid, now_s: float) -> bool:
    """Whether it is the key alone, and still waits for its answer."""
    is_answered = one.level is not None or one.is_unwell or one.is_taken_back
    return not is_answered and now_s - one.time_s <= QUESTION_S
