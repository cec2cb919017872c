"""Texts of others, made to command a terminal or a spreadsheet, through every command that shows them."""

import json
from pathlib import Path

import pytest
from athlete_home import AT, DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.record.entries import BaselineTaken, CheckIn, ItemDone, Moment, SessionRun
from cadencecoach.record.journal import encode
from cadencecoach.record.profile import Profile
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

HOSTILE = "=cmd()\x1b]0;owned\x07\x9b2J\u202e\r\x00\x7f"
SESSION = "2026-03-02T080000Z"
SHOWING = [
    ["history", "list"],
    ["history", "list", "--json"],
    ["history", "show", SESSION],
    ["history", "show", SESSION, "--json"],
    ["history", "export", SESSION, "-o", "-", "--format", "csv"],
    ["history", "export", SESSION, "-o", "-", "--format", "json"],
    ["athlete", "list"],
    ["athlete", "list", "--json"],
    ["athlete", "show"],
    ["athlete", "show", "--json"],
    ["baseline"],
    ["baseline", "--json"],
    ["session"],
    ["session", "--json"],
    ["session", "--disregard", HOSTILE.replace("\x00", ""), "--because", "a"],
    ["checkin", "--correct"],
    ["checkin", "--withdraw"],
    ["baseline", "--withdraw"],
    ["plan", "check", "hostile.yaml"],
    ["plan", "check", "hostile.yaml", "--json"],
    ["plan", "check", f"{HOSTILE}.yaml"],
    ["plan", "show", "hostile.yaml"],
    ["programme", "check", "hostile.yaml"],
    ["rehearse", HOSTILE],
    ["history", "show", HOSTILE],
    ["athlete", "show", HOSTILE],
    ["athlete", "import", HOSTILE],
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An athlete whose every word is hostile, with a session and a plan like that."""
    home = Home(tmp_path / "machine").move_in(monkeypatch)
    monkeypatch.chdir(tmp_path)
    store = user_files()
    words = {"language": HOSTILE, "shoes": (HOSTILE,), "sensors": (HOSTILE,)}
    make_athlete(store, Profile(athlete="r7", created=DAY, **words))  # type: ignore[arg-type]  # texts
    said = CheckIn(at=AT, day=DAY, moment=Moment.AFTER, pain=2, note=HOSTILE, session=HOSTILE)
    ran = SessionRun(at=AT, day=DAY, session=SESSION, surface=HOSTILE, shoes=HOSTILE)
    taken = BaselineTaken(
        at=AT, day=DAY, cadence_spm=165.0, duration_s=720.0, surface=HOSTILE, seen=((HOSTILE, HOSTILE),)
    )
    store.add_entries("r7", taken, ran, said, ItemDone(at=AT, day=DAY, item=HOSTILE, part=1.0))
    header = {"journal": 1, "app": HOSTILE, "started": AT, "plan": {"name": HOSTILE}, "athlete": "r7", "feet": HOSTILE}
    home.sessions.mkdir(parents=True)
    stage = {
        "t": 0.0,
        "what": "stage",
        "index": 0,
        "name": HOSTILE,
        "target_spm": 170.0,
        "beat": "on",
        "feedback": "full",
    }
    cue = {"t": 2.0, "what": "cue", "kind": "spoken", "text": HOSTILE, "reason": HOSTILE, "requested_s": 2.0}
    end = {"t": 90.0, "what": "end", "reason": "finished"}
    text = map(encode, (header, stage, cue, {"t": 3.0, "what": "note", "text": HOSTILE}, end))
    (home.sessions / f"{SESSION}.jsonl").write_text("\n".join(text) + "\n", encoding="utf-8")
    bad = f"plan: {json.dumps(HOSTILE)}\nstages:\n  - {{name: Run\x1b[2J, {json.dumps(HOSTILE)}: 1 s}}\n"
    (tmp_path / "hostile.yaml").write_text(bad, encoding="utf-8", newline="")
    return home


@pytest.mark.parametrize("words", SHOWING, ids=lambda words: ascii(" ".join(words))[1:60])
def test_no_command_lets_a_text_command_the_terminal(
    words: list[str], home: Home, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """What is printed are characters, spaces and line ends, on both outputs."""
    assert home.sessions.is_dir()
    main(words)
    out, err = capfdbinary.readouterr()
    shown = (out + err).decode()
    assert shown.strip()
    odd = {c for c in shown.replace("\r\n", "\n") if not c.isprintable() and c != "\n"}
    assert odd == set()
