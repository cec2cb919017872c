"""All that the page of a session is made of."""

from dataclasses import dataclass

from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.entries import CheckIn
from cadencecoach.record.figures import Summary
from cadencecoach.record.local_time import LocalTime
from cadencecoach.record.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSheet:
    """One session, ready to be shown.

    Attributes:
        id: name of its journal without the ending
        started: by the clocks of the place it was run at; None when unknown
        athlete: pseudonym; empty for none
        feet: where the readings came from, as in the header
        origin: what must be said before anything else (a simulation, a recording played again); empty for a live run
        summary: its numbers; the session's name is that of the plan
        trace: its course
        check_ins: what the runner said of the body, of this session
        remarks: what a person should know about the file
        is_session: there was one; a run that another device recorded was none
        words: of the reader's language
    """

    id: str
    started: LocalTime | None
    athlete: str
    feet: str
    origin: str
    summary: Summary
    trace: Trace
    check_ins: tuple[CheckIn, ...] = ()
    remarks: tuple[str, ...] = ()
    is_session: bool = True
    words: Phrasebook = ENGLISH
