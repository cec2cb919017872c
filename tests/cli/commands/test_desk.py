"""`checkin`, `baseline` and `athlete` as a person in a hurry uses them."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from athlete_home import AT, DAY, Home
from each_row import each_row
from sessions_folder import keep_journal

from cadencecoach.cli.main import main
from cadencecoach.desk.athletes.baselines import Words, speed_mps, take_baseline
from cadencecoach.devices.clock import local_day
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import BaselineTaken, CheckIn, Moment
from cadencecoach.session.host import NOBODY
from cadencecoach.store.user_store import user_files

NAME = "r7"
TODAY = "cadencecoach.store.athlete_log.local_day"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with one athlete."""
    home = Home(tmp_path).move_in(monkeypatch)
    assert main(["athlete", "new", NAME]) == 0
    return home


@pytest.mark.parametrize("name", ["Jane Doe", "../x", "", "a" * 41, ".a", "a.", "con", "LPT1.x", "a/b", "\u00e4", "-a"])
def test_only_pseudonyms_are_kept(home: Home, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """What is allowed is said; nothing is made."""
    capsys.readouterr()
    assert main(["athlete", "new", "--", name]) == 2
    assert "a pseudonym has 1 to 40 letters" in capsys.readouterr().err
    assert [path.name for path in home.athlete(NAME).parent.iterdir() if path.is_dir()] == [NAME]


@pytest.mark.parametrize("name", [NAME, "R7"])
def test_no_two_athletes_share_a_folder(home: Home, name: str) -> None:
    """On a disk that does not know capitals they would."""
    assert home.athlete(NAME).is_dir()
    assert main(["athlete", "new", name]) == 2


def test_the_only_athlete_need_not_be_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two one must be."""
    assert main(["checkin", "--pain", "1"]) == 0
    main(["athlete", "new", "b2"])
    capsys.readouterr()
    assert main(["checkin", "--pain", "1"]) == 2
    assert "--athlete b2 | r7" in capsys.readouterr().err
    assert main(["checkin", "--pain", "1", "--athlete", "r8"]) == 2
    assert "there is b2, r7" in capsys.readouterr().err
    assert not home.athlete("r8").exists()


def test_a_check_in_in_one_line(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Every option is written down; nothing that was not said is."""
    words = ["--after", "--pain", "3", "--site", "knee", "--soreness", "2", "--effort", "5", "--mood", "6"]
    assert main(["checkin", *words, "--note", "wind", "--json"]) == 0
    (entry,) = json.loads(_json_in(home))
    assert json.loads(_last_object(capsys.readouterr().out))["entries"] == [entry]
    told = {key: entry[key] for key in ("moment", "pain", "site", "soreness", "effort", "mood", "note")}
    assert told == {
        "moment": "after",
        "pain": 3,
        "site": "knee",
        "soreness": 2,
        "effort": 5,
        "mood": 6,
        "note": "wind",
    }
    assert "readiness" not in entry


def _last_object(text: str) -> str:
    return text[text.index("{") :]


def _json_in(home: Home) -> str:
    lines = (home.athlete(NAME) / "log.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    return f"[{','.join(lines)}]"


def test_a_flag_is_written_and_stops(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Plain advice: stop, ask the clinician; and that it is no diagnosis."""
    assert main(["checkin", "--flag", "acute-calf"]) == 0
    said = capsys.readouterr().out
    assert "Acute calf. Stop" in said
    assert "ask the clinician" in said
    assert "not a diagnosis" in said
    assert '"acute calf"' in _json_in(home)


def test_lines_from_a_pipe(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the questions come."""
    monkeypatch.setattr("sys.stdin", io.StringIO("3\nknee\n2\n"))
    assert main(["checkin", "--before"]) == 0
    (entry,) = json.loads(_json_in(home))
    assert (entry["pain"], entry["site"], entry["soreness"]) == (3, "knee", 2)


def test_nothing_said_is_nothing_written(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty pipe is no check-in."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["checkin"]) == 2
    assert not (home.athlete(NAME) / "log.jsonl").exists()


def test_exercises_are_ticked_off_by_their_names(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """As the programme writes them; one that is not in it is refused with a hint."""
    main(["programme", "start", "clinic8", "--athlete", NAME])
    assert main(["checkin", "--done", "calf RAISES", "--part", "50"]) == 0
    entry = json.loads(_json_in(home))[-1]
    assert (entry["item"], entry["part"]) == ("Calf raises", 0.5)
    assert main(["checkin", "--done", "calf rises"]) == 2
    assert "did you mean 'Calf raises'" in capsys.readouterr().err


@each_row(
    ("text", "mps"),
    [("10 km/h", 2.7778), ("2.8 m/s", 2.8), ("5:30 /km", 3.0303), ("8:50/mi", 3.0366), ("6,2 mph", 2.7716)],
)
def test_a_speed_has_its_unit(text: str, mps: float) -> None:
    """As people write it."""
    assert speed_mps(text) == pytest.approx(mps, abs=1e-3)


@each_row("text", ["10", "fast", "0:00 /km", "99 km/h", "-3 m/s", "nan m/s"])
def test_a_speed_without_sense_is_refused(text: str) -> None:
    """And the forms are told."""
    with pytest.raises(UsageError, match="--speed"):
        speed_mps(text)


def test_two_runs_make_a_baseline_and_a_third_is_shown_beside_it(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is provisional; the change is told with what it has to exceed."""
    monkeypatch.setattr(TODAY, lambda: "2026-04-20")
    assert home.athlete(NAME).is_dir()
    words = ["baseline", "--minutes", "12", "--speed", "10 km/h"]
    main([*words, "--spm", "160", "--day", "2026-03-01", "--seen", "pelvic drop=7 deg"])
    assert "provisional" in capsys.readouterr().out
    main([*words, "--spm", "164", "--day", "2026-03-03"])
    assert "provisional" not in capsys.readouterr().out
    main([*words, "--spm", "176", "--day", "2026-04-20", "--seen", "pelvic drop=4 deg"])
    said = capsys.readouterr().out
    assert "from 2026-03-01 to 2026-04-20: +14.0 spm (+8.6 %)" in said
    assert "More than 8.9 spm (5.5 %)" in said
    seen = next(line for line in said.splitlines() if line.startswith("pelvic drop"))
    assert seen.split() == ["pelvic", "drop", "7", "deg", "4", "deg"]
    assert "In force: baseline 162.0 spm at 10.0 km/h, from 2 runs; measured 6 weeks ago." in said


def test_a_slip_in_a_baseline_is_asked_about_and_taken_back(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """105 typed for 165 made a baseline of 144; forced and withdrawn, the others count alone."""
    assert home.athlete(NAME).is_dir()
    words = ["baseline", "--minutes", "12"]
    main([*words, "--spm", "165"])
    capsys.readouterr()
    assert main([*words, "--spm", "105"]) == 2
    told = capsys.readouterr().err
    assert "105 spm is unusual" in told
    assert "more than 10 % from the baseline of" in told
    assert "add --force" in told
    assert main([*words, "--spm", "105", "--force"]) == 0
    assert "In force: baseline 135.0 spm" in capsys.readouterr().out
    assert main(["baseline", "--withdraw", "last", "--because", "typed 105 for 165"]) == 0
    assert "In force: baseline 165.0 spm" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["--withdraw", "last"], ["--because", "x"], ["--withdraw", "last", "--because", "x", "--spm", "160"]],
)
def test_a_withdrawal_of_a_baseline_stands_by_itself_with_its_reason(home: Home, words: list[str]) -> None:
    """Else nothing is written."""
    main(["baseline", "--spm", "165"])
    before = _json_in(home)
    assert main(["baseline", *words]) == 2
    assert _json_in(home) == before


def test_a_session_taken_twice_is_withdrawn_once(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """What was seen later is an entry of the same run; where no run is named they are listed."""
    for at, seen in ((AT, ()), ("2026-03-02T08:00:00Z", (("pelvic drop", "7 deg"),))):
        user_files().add_entries(NAME, BaselineTaken(at=at, day=DAY, cadence_spm=160.0, session="s1", seen=seen))
    assert home.athlete(NAME).is_dir()
    assert main(["baseline", "--withdraw", "--because", "x"]) == 2
    assert "160 spm, session s1, pelvic drop: 7 deg" in capsys.readouterr().err
    assert main(["baseline", "--withdraw", "last", "--because", "x"]) == 0
    assert f"{NAME} has no baseline yet" in capsys.readouterr().out


def test_a_baseline_dated_ahead_is_shown_and_not_in_force(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """One that an older version took for 2036 waits for its day."""
    user_files().add_entries(NAME, BaselineTaken(at=AT, day=DAY.replace(year=2036), cadence_spm=160.0))
    assert home.athlete(NAME).is_dir()
    assert main(["baseline"]) == 0
    said = capsys.readouterr().out
    assert "2036-03-02" in said
    assert "In force: none yet." in said


@pytest.mark.parametrize("command", [["checkin", "--pain", "1"], ["baseline", "--spm", "165"]])
@pytest.mark.parametrize(
    ("day", "words", "told"),
    [
        ("2026-03-03", [], ""),
        ("2026-03-04", [], "is in the future"),
        ("2026-03-04", ["--force"], "is in the future"),
        ("2025-03-02", [], ""),
        ("2025-03-01", [], "more than a year ago"),
        ("2025-03-01", ["--force"], ""),
    ],
)
def test_a_day_is_refused_after_tomorrow_and_asked_about_after_a_year(  # each is needed
    home: Home,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    day: str,
    words: list[str],
    told: str,
) -> None:
    """The future is refused however it is forced; what was refused is not written."""
    monkeypatch.setattr(TODAY, lambda: "2026-03-02")
    assert main([*command, "--day", day, *words]) == (2 if told else 0)
    assert told in capsys.readouterr().err
    assert (home.athlete(NAME) / "log.jsonl").exists() is not bool(told)


def test_an_athlete_is_shown_by_day_not_by_order_of_writing(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A check-in written later of an earlier day is not the last one; nor is one of a day to come."""
    for days, pain in ((-1, 1), (-3, 5), (400, 7)):
        day = date.fromisoformat(local_day()) + timedelta(days=days)
        user_files().add_entries(NAME, CheckIn(at=AT, day=day, moment=Moment.BEFORE, pain=pain))
    assert home.athlete(NAME).is_dir()
    main(["athlete", "show"])
    assert "before: pain 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"spm": 20.0}, "allowed 100 to 240"),
        ({"spm": 160.0, "seen": ("pelvic drop",)}, "name=what"),
        ({"seen": ("a=b",)}, "with a measured cadence"),
        ({"session": "none"}, "no such session"),
        ({"session": "last", "spm": 160.0}, "for a typed-in run"),
    ],
)
def test_a_baseline_that_makes_no_sense_is_refused(home: Home, words: dict[str, object], told: str) -> None:
    """Nothing is written."""
    given = {"session": None, "spm": None, "speed": None, "minutes": None, "surface": "", "seen": (), **words}
    with pytest.raises(UsageError, match=told):
        take_baseline(user_files(), NAME, Words(**given), NOBODY, at="", day=date(2026, 3, 1))  # type: ignore[arg-type]
    assert not (home.athlete(NAME) / "log.jsonl").exists()


def test_a_simulation_is_no_baseline(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """It says nothing about a runner; nor does another's session, or a minute."""
    home.journal("2026-03-01", NAME, feet="sim")
    home.journal("2026-03-02", "b2")
    home.journal("2026-03-03", NAME)
    for day, told in (("01", "is a simulation"), ("02", "belongs to 'b2'"), ("03", "no minute of running")):
        assert main(["baseline", "--session", f"2026-03-{day}T080000Z"]) == 2
        assert told in capsys.readouterr().err


def test_a_recording_played_again_is_no_baseline(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """The session does not say what the recording's steps came from: taps of an export would pass for a pod's."""
    home.journal("2026-03-01", NAME, feet="replay:run.csv")
    assert main(["baseline", "--session", "2026-03-01T080000Z"]) == 2
    assert "take the baseline from the recording, --session FILE" in capsys.readouterr().err


def steady(run_s: int, length_s: int) -> list[dict[str, object]]:
    """Five minutes of running, then so much of so long."""
    estimate = {"what": "estimate", "cadence_spm": 160.0, "age_s": 0.0, "quality": 1.0}
    return [
        {"t": 0.0, "what": "feet", "state": "live"},
        *({"t": float(second), **estimate} for second in range(301 + run_s)),
        {"t": float(300 + run_s), "what": "feet", "state": "walking"},
        {"t": float(300 + length_s), "what": "end", "reason": "finished"},
    ]


@pytest.mark.parametrize(
    ("run_s", "length_s", "told"),
    [
        (59, 100, "no minute of running"),
        (90, 300, "1.5 min of running in 5 min without help after the first five; a baseline needs at least a third"),
        (99, 300, "1.6 min of running in 5 min"),
        (100, 300, "160.0 spm over 1.6 min of running, less than the 12 min a baseline needs"),
        (102, 300, "160.0 spm over 1.7 min of running, less than the 12 min a baseline needs"),
        (719, 800, "over 11.9 min of running, less than the 12 min"),
        (720, 800, "160.0 spm over 12 min of running\n"),
    ],
)
def test_a_baseline_says_how_much_running_it_is_made_of(
    home: Home, capsys: pytest.CaptureFixture[str], run_s: int, length_s: int, told: str
) -> None:
    """Less than a third of the part it comes from is refused; less than twelve minutes are called short."""
    keep_journal(home.sessions, "2026-03-01", *steady(run_s, length_s), athlete=NAME)
    status = main(["baseline", "--session", "2026-03-01T080000Z"])
    told_here = capsys.readouterr()
    assert told in told_here.out + told_here.err
    assert bool(status) is (run_s < 100)


def test_athletes_are_listed_with_where_they_stand(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Sessions, baseline, programme; the same as JSON."""
    home.journal("2026-03-01", NAME)
    main(["baseline", "--spm", "160"])
    capsys.readouterr()
    assert main(["athlete", "list", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["athletes"]
    assert (one["athlete"], one["sessions"], one["last"], one["baseline_spm"]) == (NAME, 1, "2026-03-01", 160.0)
    main(["athlete", "show"])
    assert "sessions: 1, the last on 2026-03-01" in capsys.readouterr().out


def test_a_broken_log_is_named_and_the_others_are_listed(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """The status says that one could not be read."""
    (home.athlete(NAME) / "log.jsonl").write_text("nonsense\nmore\n", encoding="utf-8")
    main(["athlete", "new", "b2"])
    capsys.readouterr()
    assert main(["athlete", "list"]) == 2
    told = capsys.readouterr()
    assert "b2" in told.out
    assert "log.jsonl" in told.err


@pytest.mark.usefixtures("home")
def test_a_baseline_of_taps_waits_for_the_clinicians_yes(capsys: pytest.CaptureFixture[str]) -> None:
    """It starts no programme, and does once the clinician has said so; withdrawn, it is gone with the yes."""
    day = date.fromisoformat(local_day())
    taps = BaselineTaken(at=AT, day=day, cadence_spm=164.0, session="s1", taken_by="taps", error_spm=3.0)
    user_files().add_entries(NAME, taps)
    assert main(["programme", "start", "field6wk", "--athlete", NAME]) == 0
    assert "no baseline yet but baseline 164.0 spm, from 1 run; from taps, up to 3 spm off" in _told(capsys, "next")
    assert main(["baseline", "--accept"]) == 2
    assert "164 spm from taps, session s1" in capsys.readouterr().err
    assert main(["baseline", "--accept", "last"]) == 2
    assert "--accept ID and --because REASON go together" in capsys.readouterr().err
    assert main(["baseline", "--accept", "last", "--because", "counted by eye, too"]) == 0
    assert "accepted" in capsys.readouterr().out
    told = _told(capsys, "next")
    assert "it counts from the baseline 164.0 spm" in told
    assert "the clinician accepted it: counted by eye, too" in told
    assert main(["baseline", "--accept", "last", "--because", "again"]) == 2
    assert "there are no baseline runs that wait to be accepted" in capsys.readouterr().err
    assert main(["baseline", "--withdraw", "last", "--because", "wrong runner"]) == 0
    assert "no baseline yet, so" in _told(capsys, "next")


def _told(capsys: pytest.CaptureFixture[str], what: str) -> str:
    capsys.readouterr()
    assert main(["programme", what]) == 0
    said = capsys.readouterr()
    return " ".join((said.out + said.err).split())


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("later_spm", "moves"), [(162.0, False), (163.0, False), (163.1, True)])
def test_targets_do_not_move_by_what_two_sources_may_be_off(
    capsys: pytest.CaptureFixture[str], later_spm: float, *, moves: bool
) -> None:
    """160 by a pod, then an accepted 163 by microphone: no change, and refused in one line; 163.1 is one."""
    today = date.fromisoformat(local_day())

    def runs(days_ago: int, spm: float, source: str, error_spm: float) -> None:
        for day in (today - timedelta(days=days_ago), today - timedelta(days=days_ago - 1)):
            user_files().add_entries(
                NAME,
                BaselineTaken(
                    at=AT,
                    day=day,
                    cadence_spm=spm,
                    duration_s=720.0,
                    session=f"{source}-{day}",
                    taken_by=source,
                    error_spm=error_spm,
                    accepted="fine" if error_spm else "",
                ),
            )

    runs(40, 160.0, "rsc", 0.0)
    assert main(["programme", "start", "field6wk", "--athlete", NAME]) == 0
    runs(2, later_spm, "mic", 3.0)
    assert ("measured since" in _told(capsys, "next")) is moves
    capsys.readouterr()
    status = main(["programme", "start", "--athlete", NAME, "--count-from-new", "--because", "a new baseline"])
    assert status == (0 if moves else 2)
    if not moves:
        assert f"{later_spm:.1f} spm (microphone) is no change from 160.0 spm" in " ".join(
            capsys.readouterr().err.split()
        )
