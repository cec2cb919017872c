"""The limits of a programme, around every way to ask for more."""

import json
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home, opened
from quiet_host import QuietHost

from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.desk.today.choosing import own_plan
from cadencecoach.live.opening.request import Request
from cadencecoach.record.entries import BaselineTaken, CheckIn, Flag, Moment, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

NAME = "r7"
PLANS = {
    "relative": "baseline: athlete\nstages:\n  - {name: Run, duration: 0.2 s, target: +9 %}\n",
    "fixed": "baseline: athlete\nstages:\n  - {name: Run, duration: 0.2 s, target: 190 spm}\n",
    "its own baseline": "baseline: 180 spm\nstages:\n  - {name: Run, duration: 0.2 s, target: +9 %}\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An athlete on a programme limited to +7.5 %, with a baseline of 160."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    raw, programme = opened(TINY)
    begin(
        user_files(),
        ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY),
    )
    user_files().add_entries(NAME, BaselineTaken(at=AT, day=DAY, cadence_spm=160.0, duration_s=720.0))
    return home


def targets_rehearsed(home: Home, text: str, *, athlete: str | None, baseline_spm: float | None) -> list[float]:
    """What a rehearsal asks for."""
    plan, journal = home.root / "own.yaml", home.root / "rehearsed.jsonl"
    plan.write_text(f"plan: Own\n{text}", encoding="utf-8")
    request = Request(
        plan_name=str(plan),
        feet_text="none",
        sound_text="none",
        athlete=athlete,
        baseline_spm=baseline_spm,
        started=AT,
        force=True,
    )
    rehearse_session(user_files(), request, QuietHost(), journal=journal, open_stage="5 min")
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    return [line["target_spm"] for line in lines if line.get("what") == "stage"]


@pytest.mark.parametrize("text", PLANS.values(), ids=PLANS)
@pytest.mark.parametrize("baseline_spm", [None, 200.0])
def test_what_is_rehearsed_for_an_athlete_is_held_by_the_programme(
    home: Home, text: str, baseline_spm: float | None
) -> None:
    """A sound file can be run to like any beat: +7.5 % of 160, whatever plan and flag ask for, in a stop too."""
    user_files().add_entries(NAME, CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, flags=frozenset({Flag.LIMP})))
    assert targets_rehearsed(home, text, athlete=NAME, baseline_spm=baseline_spm) == [172.0]


@pytest.mark.parametrize("text", [PLANS["fixed"], PLANS["its own baseline"]])
@pytest.mark.parametrize("baseline_spm", [None, 200.0])
def test_a_baseline_that_starts_no_programme_limits_what_is_run_beside_it(
    home: Home, text: str, baseline_spm: float | None
) -> None:
    """Taps of 152, and no yes: nothing counts from them, and a plan of one's own asks for +7.5 % of them at most."""
    know_taps_alone()
    (target_spm,) = targets_rehearsed(home, text, athlete=NAME, baseline_spm=baseline_spm)
    assert target_spm == pytest.approx(152.0 * 1.075)
    path = home.root / "own.yaml"
    beside = own_plan(user_files(), NAME, str(path), DAY, surface="", baseline_spm=baseline_spm)
    assert beside.plan.limits.ceiling_spm(baseline_spm) == pytest.approx(152.0 * 1.075)


def test_what_is_measured_now_goes_before_taps(home: Home) -> None:
    """A plan that measures its own baseline is limited by that one."""
    know_taps_alone()
    path = home.root / "own.yaml"
    path.write_text(
        "plan: Own\nbaseline: measured\nstages:\n"
        "  - {name: Own, duration: 5 min, measure: baseline}\n  - {name: Run, duration: 5 min, target: +5 %}\n",
        encoding="utf-8",
    )
    limits = own_plan(user_files(), NAME, str(path), DAY, surface="", baseline_spm=None).plan.limits
    assert limits.ceiling_spm(170.0) == pytest.approx(170.0 * 1.075)
    given = own_plan(user_files(), NAME, str(path), DAY, surface="", baseline_spm=200.0).plan.limits
    assert given.ceiling_spm(200.0) == pytest.approx(152.0 * 1.075)


def know_taps_alone() -> None:
    """What was measured is withdrawn; taps are all there is."""
    (typed,) = (one for one in user_files().log_of(NAME).entries if isinstance(one, BaselineTaken))
    taps = BaselineTaken(at=AT, day=DAY, cadence_spm=152.0, session="a", taken_by="taps", error_spm=3.0)
    gone = Withdrawn(at=AT, day=DAY, entry=entry_id(typed), because="a slip")
    user_files().add_entries(NAME, gone, taps)


@pytest.mark.parametrize("athlete", [None, "somebody", "No Name!"])
def test_who_is_on_no_programme_is_held_by_none(home: Home, athlete: str | None) -> None:
    """A label is no athlete."""
    assert targets_rehearsed(home, PLANS["fixed"], athlete=athlete, baseline_spm=200.0) == [190.0]
