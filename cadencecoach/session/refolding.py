"""A recorded session decided again from its own events: by today's program, or with other numbers of the coach."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cadencecoach.coach.actions import Action, GiveCue, SayMessage
from cadencecoach.coach.coaching import guided, with_messages
from cadencecoach.coach.events import NEVER
from cadencecoach.errors import JournalError
from cadencecoach.gait.sources import TAPPING
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.plan.resolved import plan_of_json
from cadencecoach.record.journal import Journal
from cadencecoach.record.lines import CueLine, Line, MessageLine, PlanLine
from cadencecoach.record.rows import baseline_of, curve_of, messages_in
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import JournalledFeet, votes_of_header
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session

NEAR_S = 0.01  # a cue asked for at the same time is the same cue


def fold_again(journal: Journal, changed: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines that the session would have had.

    The bytes of the sensors, the keys and the breaks are those of the journal. A cue that is given as it was then
    begins when it began then; any other begins at once, as on a quick card. Nobody hears what is new in it: the runner
    of the journal ran to what was said then.

    Args:
        journal: of a guided session
        changed: fields of `Feedback` that every stage gets in the place of its own
    Raises:
        JournalError: the journal keeps no plan
        PlanError: it keeps one that this version cannot read
    """
    plan = plan_kept_in(journal)
    if changed:
        stages = (replace(stage, feedback=replace(stage.feedback, **changed)) for stage in plan.stages)
        plan = replace(plan, stages=tuple(stages))
    lines: list[Line] = []
    header, baseline_spm, curve = journal.header, baseline_of(journal.header), curve_of(journal.header)
    vote, votes, _ = votes_of_header(header)
    feet = str(header.get("feet") or "")
    session = Session(
        plan,
        baseline_spm=baseline_spm,
        vote=vote,
        votes=votes,
        perform=_SoundedThen(journal).perform,
        write=lines.append,
        coaching=with_messages(guided(plan, None if curve else baseline_spm, ENGLISH, curve), messages_in(header)),
        has_sensor=feet != "none",
        takes_taps=feet.partition(":")[0] == TAPPING.name,
    )
    rehearse(session, JournalledFeet(journal.lines), output=NoAudio(), open_stage_s=NEVER)
    return tuple(lines)


def plan_kept_in(journal: Journal) -> Plan:
    """The plan that a session was run with; raises as `fold_again`."""
    kept = next((line for line in journal.lines if isinstance(line, PlanLine)), None)
    if kept is None:
        raise JournalError("the journal keeps no plan")
    return plan_of_json(kept.resolved)


class _SoundedThen:
    """Says of each cue when it began to sound: as in the journal, where it was given then too."""

    def __init__(self, journal: Journal) -> None:
        self._cues = [line for line in journal.lines if isinstance(line, CueLine) and line.requested_s is not None]
        self._messages = {line.t: line.actual_s for line in journal.lines if isinstance(line, MessageLine)}
        self._n_passed = 0

    def perform(self, action: Action) -> float | None:
        """Carry out nothing."""
        if isinstance(action, SayMessage):
            return self._messages.get(action.time_s)
        if not isinstance(action, GiveCue):
            return None
        while self._n_passed < len(self._cues):
            cue = self._cues[self._n_passed]
            asked_s = cue.requested_s or 0.0
            if asked_s > action.time_s + NEAR_S:
                break
            self._n_passed += 1
            if abs(asked_s - action.time_s) <= NEAR_S and cue.reason == action.reason.value:
                return cue.actual_s
        return action.time_s
