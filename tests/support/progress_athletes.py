"""Made athletes of six weeks, each with one story, as the page of progress wants them. Simulations, all of them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from athlete_year import ATHLETE, rows_and_entries

from cadencecoach.desk.history.progress import progress_sheet
from cadencecoach.gait.taps import TAPS
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.adherence import Adherence
from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, Entry, Flag, Moment, Site
from cadencecoach.record.row import SessionRow
from cadencecoach.view.report.progress.sheet import Finding, NextSession, ProgressSheet

START = date(2026, 3, 2)
OWN_SPM, TARGET_SPM, SPEED_MPS = 160.0, 168.0, 2.8
N_RUNS = 18
NEXT = NextSession(
    says="Today: Week 6 run 3 (18 of 19). Verdict: advance.",
    details=("Week 6 run 3: +5 %, 25 min, help 25 %", "alongside: Calf raises, 3 x 15"),
    why=(
        "advance: 1 clean session at this level, 1 is needed",
        "advance: in band 84 % and 79 % of the time without help, 70 % is needed",
    ),
)
STOP_NEXT = NextSession(
    says=ENGLISH.checkin.stop, why=("stop: knee 7 of 10 on 2026-03-30, above 5: stop and ask the clinician",)
)


def run_day(n: int) -> date:
    """Three runs a week."""
    return START + timedelta(weeks=n // 3, days=2 * (n % 3) + 3)


def run(n: int, alone_spm: float | None, **fields: object) -> SessionRow:
    """The nth run: with help on the target, without help as given."""
    day = run_day(n)
    given: dict[str, object] = {
        "id": f"run-{n}",
        "started": f"{day}T07:00:00Z",
        "day": day,
        "athlete": "birch",
        "plan_name": "Twenty minutes, plus 5 percent",
        "duration_s": 1230.0,
        "running_s": 1200.0 + 15 * n,
        "mean_cadence_spm": 166.5 + n % 3 * 0.4,
        "mean_speed_mps": SPEED_MPS,
        "distance_m": 3400.0,
        "baseline_spm": OWN_SPM,
        "target_spm": TARGET_SPM,
        "band_s": 900.0,
        "in_band_s": 700.0,
        "helped_s": 700.0,
        "n_corrections": max(0, 9 - n // 2),
        "steps_from": "rsc",
    }
    if alone_spm is not None:
        given |= {"retention_cadence_spm": alone_spm, "retention_target_spm": TARGET_SPM, "retention_s": 120.0}
    return SessionRow(**(given | fields))  # type: ignore[arg-type]


def baseline(day: date, cadence_spm: float, *, taken_by: str = "rsc", **fields: object) -> BaselineTaken:
    """A run of twelve minutes without help."""
    given: dict[str, object] = {"speed_mps": SPEED_MPS, "duration_s": 720.0}
    at = f"{day}T06:30:00Z"
    return BaselineTaken(at=at, day=day, cadence_spm=cadence_spm, taken_by=taken_by, **(given | fields))  # type: ignore[arg-type]


def two_baselines() -> list[Entry]:
    """Before anything was trained."""
    seen = (("pelvic drop, left", "8 deg"), ("foot strike", "heel"))
    return [baseline(START, OWN_SPM - 0.6, seen=seen), baseline(START + timedelta(days=1), OWN_SPM + 0.6)]


def check_in(n: int, *, moment: Moment = Moment.AFTER, **said: object) -> CheckIn:
    """After the nth run."""
    day = run_day(n)
    return CheckIn(at=f"{day}T08:00:00Z", day=day, moment=moment, session=f"run-{n}", **said)  # type: ignore[arg-type]


def gains(n: int) -> float:
    """Own cadence rises to 165 and scatters."""
    return OWN_SPM + 5.0 * min(1.0, n / 12) + random.Random(n).gauss(0, 0.8)  # noqa: S311  # a runner, no secret


def sheet_of(rows: Sequence[SessionRow], log: Sequence[Entry], words: Phrasebook = ENGLISH) -> ProgressSheet:
    """As the desk makes it, on the day after the last run."""
    days = [*(row.day for row in rows), *(entry.day for entry in log)]
    return progress_sheet("birch", rows, log, today=max(days) + timedelta(days=1), words=words)


def fine(words: Phrasebook = ENGLISH) -> ProgressSheet:
    """Own cadence up, measured again, no pain to speak of; some check-ins were left out."""
    rows = [run(n, gains(n)) for n in range(N_RUNS)]
    log: list[Entry] = two_baselines()
    for n in range(N_RUNS):
        if n % 5 == 3:
            continue  # nobody answered
        log.append(check_in(n, pain=(1 if n == 4 else 0), site=Site.KNEE if n == 4 else None, effort=4))
        log.append(check_in(n, moment=Moment.BEFORE, soreness=n % 3, mood=6 + n % 3, readiness=7))
    later = run_day(N_RUNS - 1) + timedelta(days=2)
    seen = (("pelvic drop, left", "5 deg"), ("foot strike", "midfoot"))
    log += [baseline(later, 165.2, seen=seen), baseline(later + timedelta(days=1), 165.8)]
    log += [Decided(at="", day=run_day(n), verdict="advance", level=n, reasons=("clean: no pain",)) for n in range(6)]
    names = {f"run-{n}": f"Week {n // 3 + 1} run {n % 3 + 1}" for n in range(N_RUNS)}
    told = Adherence(n_done=N_RUNS, n_planned=N_RUNS, since=START)
    found = (Finding("knee valgus, left", "8 deg", "5 deg"),)
    return replace(sheet_of(rows, log, words), next=NEXT, adherence=told, names=names, findings=found)


def stopped(words: Phrasebook = ENGLISH) -> ProgressSheet:
    """A red flag and pain of 7 after the twelfth run."""
    rows = [run(n, gains(n)) for n in range(12)]
    log = two_baselines()
    log += [check_in(n, pain=min(4, n // 3), site=Site.KNEE if n >= 3 else None, effort=5) for n in range(11)]
    log.append(check_in(11, pain=7, site=Site.KNEE, flags=frozenset({Flag.SWELLING}), note="swollen since yesterday"))
    told = Adherence(n_done=12, n_planned=12, since=START)
    names = {f"run-{n}": f"Week {n // 3 + 1} run {n % 3 + 1}" for n in range(12)}
    return replace(sheet_of(rows, log, words), next=STOP_NEXT, adherence=told, names=names)


def calf_rising(words: Phrasebook = ENGLISH) -> ProgressSheet:
    """Own cadence up, knee pain down, calf pain up."""
    rows = [run(n, gains(n)) for n in range(N_RUNS)]
    log = two_baselines()
    for n in range(N_RUNS):
        site, pain = (Site.KNEE, 3 - n // 3) if n < 9 else (Site.CALF, (n - 8) // 2)
        log.append(check_in(n, pain=max(pain, 0), site=site if pain > 0 else None, soreness=1 + n // 6, effort=5))
    return replace(sheet_of(rows, log, words), next=NEXT, adherence=Adherence(n_done=16, n_planned=18, since=START))


def without_baseline(words: Phrasebook = ENGLISH) -> ProgressSheet:
    """Nobody measured one."""
    return sheet_of([run(n, gains(n), baseline_spm=None) for n in range(10)], [check_in(2, pain=0)], words)


def three_runs(words: Phrasebook = ENGLISH) -> ProgressSheet:
    """A tapped baseline and three runs without a probe."""
    log: list[Entry] = [baseline(START, OWN_SPM, taken_by=TAPS, speed_mps=None)]
    return sheet_of([run(n, None) for n in range(3)], log, words)


def year(words: Phrasebook = ENGLISH) -> ProgressSheet:
    """150 sessions."""
    rows, entries = rows_and_entries()
    found = progress_sheet(ATHLETE, rows, entries, words=words)
    return replace(found, next=NEXT, adherence=Adherence(n_done=150, n_planned=160, since=rows[0].day))


ATHLETES: dict[str, Callable[[Phrasebook], ProgressSheet]] = {
    "fine": fine,
    "stopped": stopped,
    "calf rising": calf_rising,
    "without baseline": without_baseline,
    "three runs": three_runs,
    "year": year,
}
