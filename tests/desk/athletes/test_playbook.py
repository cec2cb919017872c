"""A runner's playbook, in a terminal, for programs, and as a page."""

import json
from pathlib import Path

import pytest
from athlete_home import DAY, Home
from well_formed import loads_something, parsed

from cadencecoach.cli.main import main
from cadencecoach.record.entries import CheckIn, ItemDone, Moment, PracticeBegun, SessionRun, Site
from cadencecoach.record.entry_lines import line_of_entry
from cadencecoach.record.journal import encode, line_text
from cadencecoach.record.lines import BandLine, CueLine, EndLine, Line, StageLine
from cadencecoach.record.profile import Profile
from cadencecoach.store.user_store import user_files

CUE = "Shorter, <quicker> steps"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "machine").move_in(monkeypatch)
    store = user_files()
    store.write_profile(Profile(athlete="r7", created=DAY))
    store.add_entries(
        "r7",
        CheckIn(at="a", day=DAY, moment=Moment.AFTER, pain=3, site=Site.KNEE, note="windy"),
        ItemDone(at="a", day=DAY, item="Calf raises"),
        SessionRun(at="a", day=DAY, session="2026-03-02T080000Z", shoes="Blue 1"),
    )
    lines: list[Line] = [StageLine(0.0, 0, "Run", 170.0, 165.0, 175.0, "on", "words")]
    for at_s in (10.0, 30.0, 50.0):
        lines += [BandLine(at_s, "below"), CueLine(at_s, "spoken", CUE, "below", at_s, at_s), BandLine(at_s + 4, "in")]
    lines.append(EndLine(60.0, "finished"))
    header = {"journal": 1, "athlete": "r7", "started": "2026-03-02T08:00:00Z", "day": "2026-03-02", "feet": "ble"}
    home.sessions.mkdir(parents=True, exist_ok=True)
    texts = [encode(header), *map(line_text, lines)]
    (home.sessions / "2026-03-02T080000Z.jsonl").write_text("".join(f"{one}\n" for one in texts), encoding="utf-8")
    main(["message", "add", "r7", "hip drop", "--note"])


def test_everything_is_in_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    """For a program: cues with their time back, exercises, shoes, what hurt, notes of the runner."""
    capsys.readouterr()
    assert main(["playbook", "r7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    day = {"n": 1, "first": str(DAY), "last": str(DAY)}
    assert told == {
        "athlete": "r7",
        "practice": False,
        "cues": [{"text": CUE, "n": 3, "back_s": 4.0}],
        "exercises": [{"name": "Calf raises", **day}],
        "shoes": [{"name": "Blue 1", **day}],
        "hurt": [{"name": "knee", **day, "highest": 3}],
        "notes": [{"day": str(DAY), "from": "runner", "text": "windy"}],
    }


def test_the_page_is_complete_in_itself_and_escapes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the language that is asked for; the clinician's notes are on it only where they are wanted."""
    path = tmp_path / "playbook.html"
    assert main(["playbook", "r7", "--html", str(path), "--language", "de"]) == 0
    page = path.read_text(encoding="utf-8")
    parsed(page)
    assert loads_something(page) == []
    assert "Shorter, &lt;quicker&gt; steps" in page
    assert "Hinweise, die geholfen haben" in page
    assert "hip drop" not in page
    assert main(["playbook", "r7", "--html", str(path), "--with-notes"]) == 0
    page = path.read_text(encoding="utf-8")
    assert "hip drop" in page
    assert page.index("s note</td>") < page.index("hip drop")  # and not as if the runner had said it
    assert "made up" not in page
    capsys.readouterr()
    main(["playbook", "r7"])
    out = capsys.readouterr().out
    assert CUE in out
    assert "windy" in out


def test_a_practice_athlete_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On paper, in a terminal and for programs: it may be handed to somebody who does not know."""
    user_files().write_log("p7", [line_of_entry(PracticeBegun(at="a", day=DAY, story="fine"))])
    user_files().write_profile(Profile(athlete="p7", created=DAY))
    path = tmp_path / "playbook.html"
    assert main(["playbook", "p7", "--html", str(path)]) == 0
    assert "made up" in path.read_text(encoding="utf-8")
    capsys.readouterr()
    main(["playbook", "p7"])
    assert "made up" in capsys.readouterr().out
    main(["playbook", "p7", "--json"])
    assert json.loads(capsys.readouterr().out)["practice"] is True
