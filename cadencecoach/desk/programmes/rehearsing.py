"""A programme run through in virtual days: every session by the simulated runner, every decision by the real rules.

It shows what the programme does, and nothing about any real runner: the runner is a simulation, and so is what it
learns. Nothing is written down but what is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cadencecoach.desk.programmes.learning import Learner
from cadencecoach.desk.programmes.script import Complaint
from cadencecoach.desk.running.rehearsing import rehearse_prepared
from cadencecoach.errors import UsageError
from cadencecoach.gait.runner_settings import parse_settings
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare_plan
from cadencecoach.plan.model import AthleteBaseline
from cadencecoach.programme.header import programme_header
from cadencecoach.programme.model import Kind, Programme, Session
from cadencecoach.programme.rules.deciding import Decision, decide, plan_to_run
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import (
    BaselineTaken,
    CheckIn,
    Entry,
    ItemDone,
    Moment,
    ProgrammeSet,
    SessionRun,
)
from cadencecoach.record.row import SessionRow
from cadencecoach.record.rows import row_from
from cadencecoach.session.host import Host
from cadencecoach.store.protocol import Store

MOST_RUNS = 400  # twice the longest programme: a rule that repeats a session for ever is to be seen, not waited for
MOST_REPEATS = 6  # of one session before the rehearsal gives up: nothing will change any more
OPEN_STAGE_S = 300.0
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """What is to be run through.

    Attributes:
        programme: which programme
        runner: settings of the simulated runner, as `--feet sim:` takes them
        learns: part of the change that stays in the end, 0 to 1 (assumed)
        seed: of the runner
        begins: the first day
        complaints: what the runner says, and when
        misses: days without a run before a session (from 1)
    """

    programme: Programme
    runner: str = ""
    learns: float = 0.9
    seed: int = 1
    begins: date
    complaints: tuple[Complaint, ...] = ()
    misses: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedDay:
    """One day on which something was decided.

    Attributes:
        day: the day
        decision: what was to be done on it
        row: what the run came to; None where none was run
    """

    day: date
    decision: Decision
    row: SessionRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A programme that was run through.

    Attributes:
        days: those on which something was decided
        baseline_spm: at the start
        reassessed_spm: at the last reassessment; None without one
        log: what was written down
        is_interrupted: somebody stopped it
    """

    days: tuple[RehearsedDay, ...]
    baseline_spm: float
    reassessed_spm: float | None
    log: tuple[Entry, ...]
    is_interrupted: bool = False


class Rehearsal:
    """One programme on its way through its days."""

    def __init__(self, store: Store, weeks: Weeks, host: Host) -> None:
        """Begin on the first day; an unusable runner or a session that is not there is refused now."""
        self._store = store
        self._weeks = weeks
        self._host = host
        self._learner = Learner(parse_settings(weeks.runner), weeks.learns)
        named = [*(one.session for one in weeks.complaints), *weeks.misses]
        if named and max(named) > len(weeks.programme.sessions):
            n_sessions = len(weeks.programme.sessions)
            raise UsageError(f"session {max(named)} is not in the programme; it has {n_sessions}")
        programme = weeks.programme
        at = _at(weeks.begins)
        self._log: list[Entry] = [
            ProgrammeSet(at=at, day=weeks.begins, name=programme.name, sha256=programme.sha256),
            BaselineTaken(at=at, day=weeks.begins, cadence_spm=self._learner.settings.own_spm),
        ]
        self._rows: list[SessionRow] = []
        self._days: list[RehearsedDay] = []
        self._seen: set[int] = set()
        self._missed: set[int] = set()
        self._reassessed_spm: float | None = None

    def course(self, tell: Callable[[RehearsedDay], None] = lambda _: None) -> Course:
        """Run through to the end, to a stop, or until nothing changes any more."""
        today, is_interrupted = self._weeks.begins, False
        while len(self._rows) < MOST_RUNS and not is_interrupted:
            decision = decide(self._weeks.programme, self._rows, self._log, today)
            if decision.verdict is Verdict.REST:
                today = _or_today(decision.not_before, today)
                continue
            if late := self._late_by(decision):
                today += late * DAY
                continue
            row, is_interrupted = (None, False) if decision.session is None else self._run(decision, today)
            rehearsed = RehearsedDay(day=today, decision=decision, row=row)
            self._days.append(rehearsed)
            tell(rehearsed)
            if row is None or self._is_stuck():
                break
            today += DAY
        return Course(
            days=tuple(self._days),
            baseline_spm=self._learner.settings.own_spm,
            reassessed_spm=self._reassessed_spm,
            log=tuple(self._log),
            is_interrupted=is_interrupted,
        )

    def _late_by(self, decision: Decision) -> int:
        """Days that are missed before this session, the first time it comes up."""
        number = -1 if decision.item is None else decision.item + 1
        if number in self._missed or number not in self._weeks.misses:
            return 0
        self._missed.add(number)
        return self._weeks.misses[number]

    def _run(self, decision: Decision, today: date) -> tuple[SessionRow | None, bool]:
        session = decision.session
        assert session is not None
        identity = f"{today.isoformat()}-{len(self._rows) + 1}"
        row, is_interrupted = self._rehearse_session(session, decision.item, today, identity)
        self._rows.append(row)
        is_first = decision.item is not None and decision.item not in self._seen
        if decision.item is not None:
            self._seen.add(decision.item)
        said = self._weeks.complaints if is_first else ()
        mine = [one for one in said if one.session - 1 == decision.item]
        self._log += _entries(session, decision.item, today, identity, mine)
        self._learner.learn(session, row)
        if session.kind is Kind.REASSESSMENT:
            self._reassessed_spm = row.probe_cadence_spm or row.mean_cadence_spm
            if self._reassessed_spm is not None:
                self._log.append(
                    BaselineTaken(at=_at(today), day=today, cadence_spm=self._reassessed_spm, session=identity)
                )
        return row, is_interrupted

    def _rehearse_session(
        self, session: Session, item: int | None, today: date, identity: str
    ) -> tuple[SessionRow, bool]:
        has_own = isinstance(session.plan.baseline, AthleteBaseline)
        request = Request(
            plan_name="",
            feet_text=f"sim:{self._learner.settings_text()}",
            sound_text="none",
            baseline_spm=self._learner.settings.own_spm if has_own else None,
            seed=self._weeks.seed + len(self._rows),
            started=_at(today),
        )
        header = {"rehearsal": True, "programme": programme_header(self._weeks.programme, item)}
        prepared = prepare_plan(self._store, plan_to_run(session, request.baseline_spm), request, header)
        outcome = rehearse_prepared(prepared, request, self._host, journal=None, open_stage_s=OPEN_STAGE_S)
        row = row_from(prepared.header.to_dict(), outcome.summary, id=identity)
        return row, bool(outcome.exit_status)

    def _is_stuck(self) -> bool:
        last = [one.decision.item for one in self._days[-MOST_REPEATS:]]
        return len(last) == MOST_REPEATS and len(set(last)) == 1


def _entries(
    session: Session, item: int | None, day: date, identity: str, complaints: Sequence[Complaint]
) -> list[Entry]:
    """What is written down around a session: three answers, with what was complained of, and the exercises done."""
    at = _at(day)
    said = {moment: CheckIn(at=at, day=day, moment=moment, session=identity, pain=0) for moment in _ANSWERED}
    for one in complaints:
        known = said.get(one.moment, CheckIn(at=at, day=day, moment=one.moment, session=identity))
        said[one.moment] = replace(
            known,
            pain=known.pain if one.pain is None else one.pain,
            site=one.site or known.site,
            soreness=known.soreness if one.soreness is None else one.soreness,
            flags=known.flags if one.flag is None else known.flags | {one.flag},
        )
    morning = replace(said.pop(Moment.MORNING), day=day + DAY, at=_at(day + DAY))
    ran = SessionRun(at=at, day=day, session=identity, item=item)
    ticked = [ItemDone(at=at, day=day, item=exercise.name) for exercise in session.exercises]
    return [ran, *said.values(), *ticked, morning]


_ANSWERED = (Moment.BEFORE, Moment.AFTER, Moment.MORNING)


def _at(day: date) -> str:
    return f"{day.isoformat()}T07:00:00Z"


def _or_today(day: date | None, today: date) -> date:
    return today + DAY if day is None or day <= today else day
