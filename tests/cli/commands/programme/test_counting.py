"""What the targets of a programme count from, as a clinician and a runner meet it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home, opened

from cadencecoach.cli.main import main
from cadencecoach.desk.today.choosing import own_plan, session_of_today
from cadencecoach.errors import UsageError
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare_plan
from cadencecoach.plan.model import Plan
from cadencecoach.record.entries import BaselineTaken, CheckIn, Flag, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

NAME = "r7"
LATER = DAY + timedelta(days=42)
OWN = "plan: Own\nbaseline: athlete\nstages:\n  - {name: Run, duration: 0.2 s, target: +7.5 %}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with one athlete and the text of a short programme at +7.5 %."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    return home


def measures(day: date, *cadences_spm: float) -> None:
    """So many baseline runs, each on a day of its own."""
    for number, spm in enumerate(cadences_spm):
        on = day + timedelta(days=number)
        user_files().add_entries(NAME, BaselineTaken(at=f"{on}T07:00:00Z", day=on, cadence_spm=spm, duration_s=720.0))


def starts(home: Home, day: date, *, anew: bool = False, text: str = TINY) -> tuple[str, ...]:
    """The programme is set; what is told."""
    path = home.root / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    raw, programme = opened(text)
    because = None if day == DAY else "reassessed"
    order = ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=because, at=AT, day=day)
    return begin(user_files(), replace(order, counts_from_new=anew))


def target_spm(home: Home, day: date, *, baseline_spm: float | None = None, own: bool = False) -> tuple[float, float]:
    """What a run of a day begins with: the baseline in its journal's header, and the target of its stage."""
    if own:
        chosen = own_plan(user_files(), NAME, str(home.root / "own.yaml"), day, surface="", baseline_spm=baseline_spm)
    else:
        chosen = session_of_today(user_files(), NAME, day, surface="", baseline_spm=baseline_spm)
    request = Request(
        plan_name="", feet_text="none", sound_text="none", baseline_spm=baseline_spm, athlete=NAME, day=day.isoformat()
    )
    header = prepare_plan(user_files(), chosen.plan, request, chosen.header).header
    counted = header.extra["baseline_spm"]
    assert isinstance(counted, float)
    return counted, asked_spm(chosen.plan, counted)


def asked_spm(plan: Plan, baseline_spm: float) -> float:
    """The target of the one stage, as far as the limits of the plan let it be."""
    ceiling_spm = plan.limits.ceiling_spm(baseline_spm)
    asked = baseline_spm * 1.075
    return round(asked if ceiling_spm is None else min(asked, ceiling_spm), 1)


def test_a_reassessment_moves_neither_target_nor_limit(home: Home) -> None:
    """161 at the start, 169 six weeks later: the header says 161 and +7.5 % asks for 173.1, by plan and by flag."""
    measures(DAY - timedelta(days=2), 160.0, 162.0)
    starts(home, DAY)
    assert target_spm(home, DAY) == (161.0, 173.1)
    measures(LATER - timedelta(days=2), 168.0, 170.0)
    assert target_spm(home, LATER) == (161.0, 173.1)
    assert target_spm(home, LATER, own=True) == (161.0, 173.1)
    assert target_spm(home, LATER, baseline_spm=169.0) == (169.0, 173.1)


@pytest.mark.parametrize(
    ("measured_spm", "asks_spm", "told"),
    [
        (164.0, 176.3, "+9.5 % over the first baseline of 161.0"),
        (169.0, 177.1, "limited to 177.1 spm, +10 % over the first"),
    ],
)
def test_counting_from_new_is_held_over_the_first(home: Home, measured_spm: float, asks_spm: float, told: str) -> None:
    """Below 10 % the sum is told; above it the target is held, in the programme and in a plan of one's own."""
    measures(DAY - timedelta(days=2), 160.0, 162.0)
    starts(home, DAY)
    measures(LATER - timedelta(days=2), measured_spm - 1, measured_spm + 1)
    lines = starts(home, LATER, anew=True)
    assert told in "\n".join(lines)
    assert target_spm(home, LATER) == (measured_spm, asks_spm)
    assert target_spm(home, LATER, own=True) == (measured_spm, asks_spm)
    assert target_spm(home, LATER, baseline_spm=180.0) == (180.0, asks_spm)


def test_a_reason_in_the_programme_lets_the_sum_be_more(home: Home) -> None:
    """`allow: {sum: ...}` takes the limit over the first baseline away, and nothing else."""
    measures(DAY - timedelta(days=2), 160.0, 162.0)
    starts(home, DAY)
    measures(LATER - timedelta(days=2), 168.0, 170.0)
    text = TINY.replace("allow: {dose: a test}", "allow: {dose: a test, sum: seen on video}")
    lines = starts(home, LATER, anew=True, text=text)
    assert "+12.8 % over the first baseline of 161.0" in "\n".join(lines)
    assert "held" not in "\n".join(lines)
    assert target_spm(home, LATER) == (169.0, 181.7)


def test_one_run_is_not_counted_from_anew(home: Home) -> None:
    """A single reassessment run is provisional: it is refused in one line, and nothing is written."""
    starts(home, DAY)
    measures(LATER - timedelta(days=2), 168.0)
    before = user_files().log_of(NAME).every
    with pytest.raises(UsageError, match=r"needs a complete baseline, two runs of 12 min or more; 168\.0 spm"):
        starts(home, LATER, anew=True)
    assert user_files().log_of(NAME).every == before


def test_counting_from_new_ends_no_stop(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A sign to stop stays until the clinician sets the programme itself again."""
    measures(DAY - timedelta(days=2), 160.0, 162.0)
    starts(home, DAY)
    user_files().add_entries(NAME, CheckIn(at=AT, day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.LIMP})))
    assert not any("lifts the stop" in line for line in starts(home, LATER, anew=True))
    assert main(["programme", "next", "--athlete", NAME, "--day", LATER.isoformat()]) == 0
    assert capsys.readouterr().out.startswith("Stop")
    assert any("lifts the stop" in line for line in starts(home, LATER + timedelta(days=1)))


def test_until_a_baseline_is_complete_every_target_is_provisional(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing, then one run, then two: each is said of the next session."""
    starts(home, DAY)
    words = []
    for day, cadences_spm in ((0, ()), (1, (160.0,)), (2, (162.0,)), (40, (169.0, 171.0))):
        on = DAY + timedelta(days=day)
        measures(on, *cadences_spm)
        assert main(["programme", "next", "--athlete", NAME, "--day", (on + timedelta(days=1)).isoformat()]) == 0
        words.append(capsys.readouterr().out)
    assert "no baseline yet, so every target is provisional" in words[0]
    assert "every target is provisional; it counts from the baseline 160.0 spm" in words[1]
    assert "targets count from the baseline 161.0 spm" in words[2]
    assert "measured since: 170.0 spm; targets do not move, unless the clinician says so" in words[3]
    assert main(["baseline", "--athlete", NAME]) == 0
    told = capsys.readouterr().out
    assert "Measured last: baseline 170.0 spm" in told
    assert "In force" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "name a programme FILE"),
        (["--count-from-new"], "--count-from-new needs the reason: --because REASON"),
        (["--count-from-new", "--because", "reassessed"], "r7 has no programme"),
    ],
)
def test_wrong_words_are_one_line(home: Home, capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    """What is missing is said, and nothing is written."""
    assert main(["programme", "start", "--athlete", NAME, *words]) == 2
    assert told in capsys.readouterr().err
    assert user_files().log_of(NAME).every == ()
    assert home.root.is_dir()


def test_the_text_in_force_is_kept_where_no_file_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is counted from changes: same text, same place."""
    measures(DAY - timedelta(days=2), 160.0, 162.0)
    starts(home, DAY)
    measures(DAY + timedelta(days=20), 164.0, 166.0)
    words = ["--athlete", NAME, "--count-from-new", "--because", "reassessed"]
    assert main(["programme", "start", *words]) == 0
    told = capsys.readouterr()
    assert "targets count from 165.0 spm now: +7.5 % is 177.4 spm, +10.2 % over the first baseline of 161.0" in told.err
    assert "limited to 177.1 spm" in told.err
