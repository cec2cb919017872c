"""A story lived: every session by the simulated runner in virtual time, every decision by the real rules.

A day is a value that is handed in. Nothing is kept before the last day was lived; what is interrupted leaves nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from cadencecoach.clinic.caseload import Known, standing_of
from cadencecoach.desk.checkin.meaning import no_run_since
from cadencecoach.desk.practice.story import Act, ClinicianAct, Story, StoryDay
from cadencecoach.desk.programmes.learning import Learner
from cadencecoach.desk.running.rehearsing import rehearse_prepared
from cadencecoach.errors import UsageError
from cadencecoach.gait.runner_settings import parse_settings
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare_plan
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Plan
from cadencecoach.programme.facts import Aside
from cadencecoach.programme.header import programme_header
from cadencecoach.programme.load import most_over_first_spm
from cadencecoach.programme.model import Kind, Programme, Session
from cadencecoach.programme.rules.deciding import Decision, decide, entry_of, plan_to_run
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import baseline_counted_from, first_counted_from
from cadencecoach.record.entries import (
    AlertClosed,
    AlertOwned,
    BaselineTaken,
    CheckIn,
    Entry,
    ItemDone,
    Moment,
    PracticeBegun,
    SessionRun,
)
from cadencecoach.record.pain import sessions_answered
from cadencecoach.record.row import SessionRow
from cadencecoach.record.rows import PRACTICE, row_from
from cadencecoach.session.host import Host
from cadencecoach.store.athlete_programme import ProgrammeOrder, entries_of_order
from cadencecoach.store.finding import id_at
from cadencecoach.store.protocol import Store

DAY = timedelta(days=1)
OPEN_STAGE_S = 300.0
ASSESSED_S = 900.0  # each of the two runs before the start: a complete baseline
SHOES, SENSOR = "Practice shoes", "Simulated pod"
USUAL: Mapping[Moment, Mapping[str, int]] = {
    Moment.BEFORE: {"pain": 0, "soreness": 0, "readiness": 8},
    Moment.AFTER: {"effort": 4, "pain": 0, "soreness": 0},
    Moment.MORNING: {"pain": 0, "soreness": 0},
}
CLOCK = {
    Moment.MORNING: "T07:00:00Z",
    Moment.BEFORE: "T17:00:00Z",
    Moment.DURING: "T17:30:00Z",
    Moment.AFTER: "T18:00:00Z",
}
RUN_AT, ACT_AT = "T17:05:00Z", "T09:00:00Z"
OWN_RUN = "plan: A run of my own\nstages:\n  - {{name: Run, duration: {seconds:.0f} s, target: free}}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What is to be lived.

    Attributes:
        athlete: pseudonym
        raw: text of the programme, every plan in it
        programme: what it says
        story: what happens
        n_days: how long
        begins: the first day
        seed: of the runner
    """

    athlete: str
    raw: bytes
    programme: Programme
    story: Story
    n_days: int
    begins: date
    seed: int = 1

    @property
    def last_day(self) -> date:
        """The day on which the story ends."""
        return self.begins + (self.n_days - 1) * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What was lived.

    Attributes:
        log: every entry, in the order they were made
        rows: of the sessions, the oldest first
        journals: of the same, by id
        shoes, sensors: that were named, in the order they came
        is_interrupted: somebody stopped it
    """

    log: tuple[Entry, ...]
    rows: tuple[SessionRow, ...]
    journals: Mapping[str, Path]
    shoes: tuple[str, ...]
    sensors: tuple[str, ...]
    is_interrupted: bool


class Living:
    """A practice athlete on the way through the days.

    Args:
        store: of the machine's settings and voices; nothing is written into it
        practice: what is to be lived
        host: who may stop it
        folder: where journals are written
    """

    def __init__(self, store: Store, practice: Practice, host: Host, folder: Path) -> None:
        """Begin before the first day: two baseline runs, and the programme set."""
        self._store, self._practice, self._host, self._folder = store, practice, host, folder
        self._learner = Learner(parse_settings(practice.story.runner), practice.story.learns)
        self._journals: dict[str, Path] = {}
        self.rows: list[SessionRow] = []
        self._shoes, self._sensors = [SHOES], [SENSOR]
        own_spm = self._learner.settings.own_spm
        first = practice.begins - 2 * DAY
        self.log: list[Entry] = [PracticeBegun(at=f"{first}{RUN_AT}", day=first, story=practice.story.name)]
        for before, off_spm in ((2, -0.5), (1, 0.5)):
            day = practice.begins - before * DAY
            self.log.append(
                BaselineTaken(
                    at=f"{day}{RUN_AT}",
                    day=day,
                    cadence_spm=own_spm + off_spm,
                    speed_mps=self._learner.settings.speed_mps,
                    duration_s=ASSESSED_S,
                )
            )
        self.log += entries_of_order(self._order(practice.begins, at=CLOCK[Moment.MORNING]), self.log)

    def live(self, tell: Callable[[int, int], None] = lambda _done, _all: None) -> Life:
        """Live all days, or until somebody stops it."""
        is_interrupted = False
        for number in range(1, self._practice.n_days + 1):
            tell(number - 1, self._practice.n_days)
            day = self._practice.begins + (number - 1) * DAY
            is_interrupted = self._live_day(self._practice.story.day(number, self._practice.n_days), day)
            if is_interrupted:
                break
        return Life(
            log=tuple(self.log),
            rows=tuple(self.rows),
            journals=self._journals,
            shoes=tuple(self._shoes),
            sensors=tuple(self._sensors),
            is_interrupted=is_interrupted,
        )

    def decision(self, day: date) -> Decision:
        """What the programme asks for on a day."""
        return decide(self._practice.programme, self.rows, self.log, day, self._aside())

    def _live_day(self, today: StoryDay, day: date) -> bool:
        for act in today.acts:
            self.log += self._entries_of_act(act, day)
        if today.is_silent:
            return False
        last = next((one for one in reversed(self.log) if isinstance(one, SessionRun)), None)
        if last is not None and last.day == day - DAY:
            self._say(today, Moment.MORNING, day, last.session)
        elif Moment.MORNING in today.said:
            self._say(today, Moment.MORNING, day, "")
        decision = self.decision(day)
        is_due = today.runs and decision.session is not None and decision.verdict is not Verdict.REST
        own_s = 0.0 if is_due or decision.verdict is Verdict.STOP else today.own_run_s
        identity = f"{id_at(f'{day}{RUN_AT}')}-{self._practice.athlete}"
        if is_due or own_s or Moment.BEFORE in today.said:
            self._say(today, Moment.BEFORE, day, identity if is_due or own_s else "")
        decision = self.decision(day)  # what was just said decides too
        if no_run_since(self.log, day) is not None or decision.verdict is Verdict.STOP:
            return False
        if is_due and decision.session is not None and decision.verdict is not Verdict.REST:
            return self._run(today, decision, decision.session, day, identity)
        return self._run_own(today, own_s, day, identity) if own_s else False

    def _say(self, today: StoryDay, moment: Moment, day: date, session: str) -> None:
        """Answer as usual, but for what the story says."""
        if not today.answers and moment not in today.said:
            return
        values = {**USUAL.get(moment, {}), **today.said.get(moment, {})}
        self.log.append(CheckIn(at=f"{day}{CLOCK[moment]}", day=day, moment=moment, session=session, **values))

    def _run(self, today: StoryDay, decision: Decision, session: Session, day: date, identity: str) -> bool:
        programme = self._practice.programme
        counted, first = baseline_counted_from(self.log, today=day), first_counted_from(self.log, today=day)
        counted_spm = None if counted is None else counted.cadence_spm
        first_spm = None if first is None else first.cadence_spm
        most_spm = most_over_first_spm(programme, first_spm=first_spm, counted_spm=counted_spm)
        header = {"programme": programme_header(programme, decision.item)}
        plan = plan_to_run(session, counted_spm, most_spm)
        row, is_interrupted = self._rehearse(plan, counted_spm, header, today, day, identity)
        if is_interrupted:
            return True
        self.log.append(entry_of(decision, at=row.started, day=day))
        self._write_down_run(today, decision.item, row, day)
        ticked = session.exercises if today.ticks else ()
        self.log += [ItemDone(at=f"{day}{CLOCK[Moment.AFTER]}", day=day, item=one.name) for one in ticked]
        self._learner.learn(session, row)
        measured_spm = row.probe_cadence_spm or row.mean_cadence_spm
        if session.kind is Kind.REASSESSMENT and measured_spm is not None:
            self.log.append(
                BaselineTaken(
                    at=row.started, day=day, cadence_spm=measured_spm, session=identity, duration_s=ASSESSED_S
                )
            )
        return False

    def _run_own(self, today: StoryDay, seconds: float, day: date, identity: str) -> bool:
        most_s = self._practice.programme.limits.session_s
        if most_s is not None and seconds > most_s:
            raise UsageError(
                f"{day}: {seconds / 60:.0f} min run by themselves; the programme allows {most_s / 60:.0f} min at most"
            )
        plan = load_plan(OWN_RUN.format(seconds=seconds).encode(), "own run")
        row, is_interrupted = self._rehearse(plan, None, {}, today, day, identity)
        if not is_interrupted:
            self._write_down_run(today, None, row, day)
        return is_interrupted

    def _write_down_run(self, today: StoryDay, item: int | None, row: SessionRow, day: date) -> None:
        shoes = today.shoes or SHOES
        self.log.append(SessionRun(at=row.started, day=day, session=row.id, item=item, shoes=shoes))
        self._shoes = list(dict.fromkeys((*self._shoes, shoes)))
        self._sensors = list(dict.fromkeys((*self._sensors, today.sensor or SENSOR)))
        if Moment.DURING in today.said:
            self._say(today, Moment.DURING, day, row.id)
        self._say(today, Moment.AFTER, day, row.id)

    def _rehearse(  # what is run, from where, as what, and when
        self,
        plan: Plan,
        baseline_spm: float | None,
        header: Mapping[str, object],
        today: StoryDay,
        day: date,
        identity: str,
    ) -> tuple[SessionRow, bool]:
        """A session in virtual time, its journal in the folder; whether somebody stopped it."""
        runner = self._learner.settings_text(parse_settings(today.runner) if today.runner else None)
        request = Request(
            plan_name="",
            feet_text=f"sim:{runner}",
            sound_text="none",
            baseline_spm=None if baseline_spm is None else round(baseline_spm, 2),
            seed=self._practice.seed + len(self.rows),
            started=f"{day}{RUN_AT}",
        )
        marks = {PRACTICE: True, "rehearsal": True, "shoes": today.shoes or SHOES, "pod": today.sensor or SENSOR}
        prepared = prepare_plan(self._store, plan, request, {**marks, **header})
        prepared = replace(prepared, header=replace(prepared.header, athlete=self._practice.athlete))
        path = self._folder / f"{identity}.jsonl"
        outcome = rehearse_prepared(prepared, request, self._host, journal=path, open_stage_s=OPEN_STAGE_S)
        row = row_from(prepared.header.to_dict(), outcome.summary, id=identity)
        self.rows.append(row)
        self._journals[identity] = path
        return row, bool(outcome.exit_status)

    def _entries_of_act(self, act: ClinicianAct, day: date) -> list[Entry]:
        if act.act in {Act.OWN_ALERTS, Act.CLOSE_ALERTS}:
            return self._entries_of_alerts(act, day)
        return list(entries_of_order(self._order(day, at=ACT_AT, act=act), self.log))

    def _entries_of_alerts(self, act: ClinicianAct, day: date) -> list[Entry]:
        known = Known(
            athlete=self._practice.athlete,
            entries=tuple(self.log),
            rows=tuple(self.rows),
            programme=self._practice.programme,
            aside=self._aside(),
        )
        at, by = f"{day}{ACT_AT}", act.by
        alerts = standing_of(known, day).alerts
        if act.act is Act.OWN_ALERTS:
            return [AlertOwned(at=at, day=day, alert=one.id, owner=by) for one in alerts]
        return [AlertClosed(at=at, day=day, alert=one.id, closed_by=by, because=act.because) for one in alerts]

    def _aside(self) -> Aside:
        return Aside(shoes_before=(SHOES,), answered=sessions_answered(self.log))

    def _order(self, day: date, *, at: str, act: ClinicianAct | None = None) -> ProgrammeOrder:
        return ProgrammeOrder(
            athlete=self._practice.athlete,
            raw=self._practice.raw,
            programme=self._practice.programme,
            level=None if act is None or act.act is not Act.START_FROM else act.session - 1,
            because=None if act is None else act.because,
            at=f"{day}{at}",
            day=day,
            counts_from_new=act is not None and act.act is Act.COUNT_FROM_NEW,
        )
