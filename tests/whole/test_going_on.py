"""Stories at a terminal: broken off and gone on, slept, a key refused and one undone, and a stop that stays one."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from broken_sessions import add_line, break_off
from ended_child import ended

PATIENCE_S = 60.0
IN_TERMINAL = """
import os, sys
terminal = os.open(sys.argv[1], os.O_RDWR)
for stream in (0, 1, 2):
    os.dup2(terminal, stream)
os.execv(sys.argv[2], sys.argv[2:])
"""
PLAN = """plan: Hour
baseline: 160 spm
stages:
  - {name: Warm-up, duration: 5 min, target: free}
  - {name: Rung, duration: 45 min, target: +5 %}
  - {name: Cool-down, duration: 10 min, target: free}
"""
SHORT = """plan: Short
baseline: 160 spm
stages:
  - {name: One, duration: 6 s, target: +5 %}
  - {name: Two, duration: 2 s, target: free}
"""
Answer = bytes | Callable[["subprocess.Popen[bytes]"], None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals, and no signals between processes"),
]


@pytest.fixture
def folders(tmp_path: Path) -> Mapping[str, str]:
    """The surroundings of a user with folders of their own."""
    own = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    return {**os.environ, **own, "TERM": "xterm", "HOME": str(tmp_path)}


def story(folders: Mapping[str, str], *told: str, then: list[tuple[str, Answer]]) -> str:
    """A command at a terminal, with what is done when certain words are seen; all that was drawn until it ended."""
    assert sys.platform != "win32"
    terminal, its_end = os.openpty()
    line = [sys.executable, "-c", IN_TERMINAL, os.ttyname(its_end), sys.executable, "-m", "cadencecoach", *told]
    drawn, seen, waits = b"", 0, list(then)
    with ended(subprocess.Popen(line, start_new_session=True, env=dict(folders))) as process:
        giver_up = threading.Timer(PATIENCE_S, process.kill)
        giver_up.start()
        while select.select([terminal], [], [], 0.2)[0] or process.poll() is None:
            drawn += os.read(terminal, 65_536) if select.select([terminal], [], [], 0)[0] else b""
            if waits and (found := re.search(waits[0][0].encode(), drawn[seen:])):
                seen += found.end()
                _, answer = waits.pop(0)
                if callable(answer):
                    answer(process)
                else:
                    os.write(terminal, answer)
        giver_up.cancel()
    os.close(its_end)
    os.close(terminal)
    assert not waits, f"never seen: {waits[0][0]} in {drawn[-2000:]!r}"
    return drawn.decode("utf-8", "replace")


def journals(tmp_path: Path) -> list[Path]:
    """Those of the user."""
    return sorted((tmp_path / "data" / "cadencecoach" / "sessions").glob("*.jsonl"))


def lines_of(path: Path, *kinds: str) -> list[dict[str, Any]]:
    """Lines of some kinds."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("what") in kinds]


def killed_at_23_10(tmp_path: Path, folders: Mapping[str, str], *, ago_s: float) -> Path:
    """The session of an hour that was killed at 23:10; its plan is gone since."""
    plan = tmp_path / "hour.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    story(folders, "run", str(plan), "--feet", "none", "--sound", "none", then=[("Warm-up", b"n"), ("Rung", b"qq")])
    plan.unlink()
    (path,) = journals(tmp_path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    told = [line for line in lines if line.get("what") in {"plan", "stage"} or "journal" in line]
    for line in told:
        if line.get("index") == 1:
            line["t"] = 300.0
    path.write_text("".join(json.dumps(line) + "\n" for line in told), encoding="utf-8")
    break_off(path, at_s=1390.0, ago_s=ago_s)
    return path


def test_killed_at_23_10_of_an_hour_and_gone_on(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """The next start offers it, whatever was to be run; Enter goes on where it was, asked how the body is."""
    path = killed_at_23_10(tmp_path, folders, ago_s=300.0)
    then: list[tuple[str, Answer]] = [
        ("23:10 of 60:00: go on", b"\n"),
        ("Pain now", b"0"),
        ("", b"\n"),
        ("26:49 left", b"q"),
    ]
    drawn = story(folders, "run", "easy-metronome", "--sound", "none", then=[*then, ("q or Enter", b"q")])
    assert "How is the body?" in drawn
    (gap,) = lines_of(path, "gap")
    assert (gap["t"], gap["reason"]) == (1390.0, "broke off")
    assert 290.0 < gap["gap_s"] < 400.0
    assert [(line["t"], line["index"]) for line in lines_of(path, "stage")] == [(0.0, 0), (300.0, 1), (1390.0, 1)]
    assert lines_of(path, "end")[-1]["reason"] == "stopped"
    assert len(journals(tmp_path)) == 1


def test_after_a_quarter_of_an_hour_it_is_warmed_up(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """A minute, then the stage; the screen says so."""
    path = killed_at_23_10(tmp_path, folders, ago_s=900.0)
    then: list[tuple[str, Answer]] = [("Pain now", b"\n"), ("Next: Rung", b"q"), ("q or Enter", b"q")]
    story(folders, "run", "--resume", path.stem, then=then)
    assert [line.get("is_warm_up") for line in lines_of(path, "stage")] == [None, None, True]


def test_declined_it_is_saved_and_not_offered_again(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """N finishes it; what was to be run is run, and the start after that asks nothing."""
    path = killed_at_23_10(tmp_path, folders, ago_s=300.0)
    short = tmp_path / "short.yaml"
    short.write_text(SHORT, encoding="utf-8")
    words = ("run", str(short), "--sound", "none")
    story(folders, *words, then=[("go on", b"n\n"), ("Session finished", b"")])
    assert lines_of(path, "end") == [{"t": 1390.0, "what": "end", "reason": "interrupted", "is_added": True}]
    assert "go on?" not in story(folders, *words, then=[("Session finished", b"")])


def test_a_stop_for_pain_cannot_be_gone_on_with(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """Neither offered nor named; nor is one where the body says no now."""
    path = killed_at_23_10(tmp_path, folders, ago_s=300.0)
    drawn = story(folders, "run", "--resume", then=[("Pain now", b"7")])
    assert "Pain 7 of 10, above 5" in drawn
    for words in (("run", "--resume"), ("run", "--resume", path.stem)):
        drawn = story(folders, *words, then=[])
        assert "stopped for pain" in re.sub(r"\s+", " ", drawn)
        assert "Pain now" not in drawn
    assert "go on?" not in story(folders, "run", "no-such-plan", then=[])


def test_slept_and_gone_on(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """The program stood still for over ten seconds: it breaks off where it was, and goes on to its end at Enter."""
    short = tmp_path / "short.yaml"
    short.write_text(SHORT, encoding="utf-8")

    def sleep(process: "subprocess.Popen[bytes]") -> None:
        assert sys.platform != "win32"
        process.send_signal(signal.SIGSTOP)
        threading.Timer(10.5, process.send_signal, (signal.SIGCONT,)).start()

    then: list[tuple[str, Answer]] = [("1 of 2: One", sleep), ("go on", b"\n"), ("Pain now", b"\n")]
    story(folders, "run", str(short), "--feet", "sim", "--sound", "none", then=[*then, ("Session finished", b"")])
    (path,) = journals(tmp_path)
    (gap,) = lines_of(path, "gap")
    assert gap["reason"] == "slept"
    assert gap["gap_s"] > 10.0
    assert lines_of(path, "end")[-1] == {"t": 8.0, "what": "end", "reason": "finished"}


def test_a_key_refused_and_one_undone(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """q, and no; n, and Backspace; the session goes on to its end and is finished."""
    short = tmp_path / "short.yaml"
    short.write_text(SHORT, encoding="utf-8")
    then: list[tuple[str, Answer]] = [
        *[("1 of 2: One", b"q"), ("q or Enter", b"n"), ("not ended", b"n")],
        *[("Backspace within 5 s", b"\x7f"), ("back in the stage", b""), ("Session finished", b"")],
    ]
    story(folders, "run", str(short), "--feet", "sim", "--sound", "none", then=then)
    (path,) = journals(tmp_path)
    assert [line["key"] for line in lines_of(path, "key")] == ["next", "take back"]
    assert lines_of(path, "end") == [{"t": 8.0, "what": "end", "reason": "finished"}]


def test_without_a_terminal_nobody_is_asked(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """It goes on if nothing stands against it, and does not past a pain that was never rated."""
    path = killed_at_23_10(tmp_path, folders, ago_s=300.0)
    add_line(path, t=1390.0, what="note", about="pain", text="pain key pressed")
    line = [sys.executable, "-m", "cadencecoach", "run", "--resume"]
    refused = subprocess.run(line, env=dict(folders), capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert refused.returncode == 2
    assert "never rated" in refused.stderr
