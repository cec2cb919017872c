"""Stories at a terminal: slept and gone on, a key refused and one undone."""

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
from ended_child import ended

PATIENCE_S = 60.0
IN_TERMINAL = """
import os, sys
terminal = os.open(sys.argv[1], os.O_RDWR)
for stream in (0, 1, 2):
    os.dup2(terminal, stream)
os.execv(sys.argv[2], sys.argv[2:])
"""
SHORT = """plan: Short
baseline: 160 spm
stages:
  - {name: One, duration: 6 s, target: +5 %}
  - {name: Two, duration: 2 s, target: free}
"""
MEASURING = """plan: Measuring
baseline: measured
stages:
  - {name: One, duration: 1 min, measure: baseline}
  - {name: Two, duration: 2 s, target: +5 %}
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
    if sys.platform == "win32":
        pytest.skip("POSIX terminals")
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


def test_slept_and_gone_on(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """The program stood still for over ten seconds: it breaks off where it was, and goes on to its end at Enter."""
    short = tmp_path / "short.yaml"
    short.write_text(SHORT, encoding="utf-8")

    def sleep(process: "subprocess.Popen[bytes]") -> None:
        if sys.platform == "win32":
            pytest.skip("POSIX signals")
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


def test_tapped_where_no_sensor_is_heard(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """Three ways in three lines, t; the run takes taps, writes each down once, and goes on to its end without them."""
    short = tmp_path / "short.yaml"
    short.write_text(SHORT, encoding="utf-8")
    no_radio = {**folders, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/no-bus"}
    then: list[tuple[str, Answer]] = [
        *[("--feet phone", b""), ("--feet mic", b""), ("t: tap; Enter", b"t"), ("any time", b"t")],
        *[("tap 1 of 8", b"t"), ("tap 2 of 8", b"t"), ("tap 3 of 8", b""), ("Session finished", b"")],
    ]
    story(no_radio, "run", str(short), "--sound", "none", then=then)
    (path,) = journals(tmp_path)
    assert [(line["source"], line["hex"]) for line in lines_of(path, "payload")] == [("taps", "01")] * 3
    assert lines_of(path, "key") == []
    assert lines_of(path, "end")[-1]["reason"] == "finished"


def test_a_pipe_goes_on_with_the_beat_alone(tmp_path: Path, folders: Mapping[str, str]) -> None:
    """Nothing is asked, it is said, and the session is run; a plan that measures is refused in one line."""
    own = {**folders, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/no-bus"}
    for text, status, said in (
        (SHORT, 0, "the beat alone. Other ways: --feet taps, phone or mic."),
        (MEASURING, 2, "--feet taps"),
    ):
        short = tmp_path / "short.yaml"
        short.write_text(text, encoding="utf-8")
        told = subprocess.run(
            [sys.executable, "-m", "cadencecoach", "run", str(short), "--sound", "none"],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=own,
            timeout=PATIENCE_S,
        )
        assert told.returncode == status, told.stderr
        assert said in " ".join(told.stderr.split())
