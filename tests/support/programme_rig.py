"""Programmes in a line and courses in a few: what a test of the rules needs and no more."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from own_feedback import FEEDBACK

from cadencecoach.plan.defaults import TOLERANCE
from cadencecoach.plan.model import AthleteBaseline, Beat, Limits, Plan, Relative, Stage
from cadencecoach.programme.facts import Aside
from cadencecoach.programme.model import ClinicLimits, Exercise, Kind, Programme, Rules, Session, Treats
from cadencecoach.programme.rules.deciding import Decision, decide
from cadencecoach.record.entries import CheckIn, Entry, Flag, Moment, ProgrammeSet, SessionRun, Site
from cadencecoach.record.row import SessionRow

START = date(2026, 3, 2)  # a Monday
BASELINE_SPM = 160.0
RUN = Stage(
    name="Run",
    duration_s=1200.0,
    target=Relative(0.05),
    tolerance=TOLERANCE,
    ramp_s=0.0,
    beat=Beat.ON,
    feedback=FEEDBACK,
    help_ratio=1.0,
    cues=(),
    measures_baseline=False,
    drill=None,
    takes=("target",),
)


def day(number: int) -> date:
    """The nth day, from 0."""
    return START + timedelta(days=number)


def at(number: int) -> str:
    """A label for that day."""
    return f"{day(number).isoformat()}T07:00:00Z"


def rung(
    ratio: float = 0.05,
    minutes: float = 20.0,
    *,
    rest: int = 1,
    kind: Kind = Kind.SESSION,
    exercises: tuple[Exercise, ...] = (),
) -> Session:
    """One session: so much above the baseline, for so many minutes."""
    stage = replace(RUN, target=Relative(ratio), duration_s=minutes * 60)
    name = f"{ratio * 100:+.4g} % for {minutes:g}"
    plan = Plan(name=name, about="", sha256="", baseline=AthleteBaseline(), stages=(stage,), limits=Limits())
    return Session(
        name=name,
        kind=kind,
        plan=plan,
        target_ratio=ratio,
        run_s=minutes * 60,
        has_probe=True,
        rest_days=rest,
        exercises=exercises,
    )


REFRESHER = replace(rung(0.05, 15, kind=Kind.REFRESHER), name="Refresher")
REFRESHER = replace(REFRESHER, plan=replace(REFRESHER.plan, name="Refresher"))


def programme(
    *sessions: Session,
    treats: Treats | None = None,
    limits: ClinicLimits | None = None,
    lead_days: int = 0,
    **rules: Any,  # noqa: ANN401  # fields of Rules
) -> Programme:
    """A programme of these sessions; without any, five that get longer."""
    return Programme(
        name="Test",
        about="",
        sha256="0" * 64,
        works_on="cadence",
        cue="Quicker.",
        treats=treats,
        limits=limits or ClinicLimits(),
        rules=Rules(**rules),
        sessions=sessions or tuple(rung(0.05, minutes) for minutes in (15, 17, 19, 21, 23)),
        refresher=REFRESHER,
        refresher_follows=True,
        lead_days=lead_days,
    )


class Athlete:
    """Somebody on a programme: what was run and said so far, and what the programme makes of it."""

    def __init__(self, on: Programme) -> None:
        """Begin on day 0."""
        self.on = on
        self.rows: list[SessionRow] = []
        self.seen = ""
        self.log: list[Entry] = [ProgrammeSet(at=at(0), day=START, name=on.name, sha256=on.sha256)]

    def seen_on(self, when: str) -> "Athlete":
        """All of it was read then of a store that does not answer now."""
        self.seen = when
        return self

    def ran(  # each with a default
        self,
        number: int,
        item: int | None,
        *,
        part: float = 1.0,
        probe: float | None = 0.9,
        km: float = 4.0,
        shoes: str = "",
        says: bool = True,
        row: bool = True,
    ) -> "Athlete":
        """A run on the nth day: which session, how much of it, how well without help; and no pain after it."""
        identity = f"run-{number}-{len(self.log)}"
        session = self.on.sessions[item] if item is not None else REFRESHER
        if row:
            self.rows.append(
                SessionRow(
                    id=identity,
                    started=at(number),
                    day=day(number),
                    plan_name=session.plan.name,
                    running_s=session.run_s * part,
                    duration_s=session.run_s * part,
                    coverage_ratio=1.0,
                    probe_s=0.0 if probe is None else 180.0,
                    probe_in_band_s=0.0 if probe is None else 180.0 * probe,
                    baseline_spm=BASELINE_SPM,
                    distance_m=km * 1000,
                )
            )
        self.log.append(SessionRun(at=at(number), day=day(number), session=identity, item=item, shoes=shoes))
        return self.says(number, Moment.AFTER, pain=0) if says else self

    def quicker(self, share: float, spm: float) -> "Athlete":
        """In the probe of the last run so much of it above the band, and the rest that was not in it below."""
        row = self.rows.pop()
        below_s = row.probe_s * (1 - share) - row.probe_in_band_s
        self.rows.append(
            replace(row, probe_above_s=row.probe_s * share, probe_above_spm=spm, probe_below_s=max(0.0, below_s))
        )
        return self

    def keyed(self, pain: int) -> "Athlete":
        """Pain by key in the last run, in its journal only."""
        self.rows.append(replace(self.rows.pop(), highest_pain=pain))
        return self

    def says(
        self,
        number: int,
        moment: Moment,
        *,
        pain: int | None = None,
        site: Site | None = None,
        soreness: int | None = None,
        soreness_h: float | None = None,
        readiness: int | None = None,
        flags: Iterable[Flag] = (),
    ) -> "Athlete":
        """A check-in on the nth day."""
        self.log.append(
            CheckIn(
                at=at(number),
                day=day(number),
                moment=moment,
                pain=pain,
                site=site,
                soreness=soreness,
                soreness_h=soreness_h,
                readiness=readiness,
                flags=frozenset(flags),
            )
        )
        return self

    def enters(self, *entries: Entry) -> "Athlete":
        """Anything else in the log."""
        self.log += entries
        return self

    def on_day(self, number: int) -> Decision:
        """What the programme decides on the nth day."""
        return decide(self.on, self.rows, self.log, day(number), Aside(seen=self.seen))


def rules_in(decision: Decision) -> list[str]:
    """The rules that had a say, the one that decided first."""
    return [reason.rule for reason in decision.reasons]


def text_of(decision: Decision, rule: str) -> str:
    """What one rule said."""
    return next((reason.text for reason in decision.reasons if reason.rule == rule), "")


def clean_course(on: Programme, days: Sequence[int]) -> Athlete:
    """Sessions run one after the other, without a word of complaint."""
    athlete = Athlete(on)
    for item, number in enumerate(days):
        athlete.ran(number, item)
    return athlete
