"""The program as people run it: a process of its own, real clocks, real signals, a real terminal that goes away."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ended_child import ended

from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import JournalError
from cadencecoach.record.journal import read_journal
from cadencecoach.record.line_json import json_of_line

PATIENCE_S = 50.0  # on a machine that is busy with other things
SHOWN = b"\x1b[?1049h"  # xterm: a program has taken the whole screen
IN_TERMINAL = """
import os, sys
terminal = os.open(sys.argv[1], os.O_RDWR)
for stream in (0, 1, 2):
    os.dup2(terminal, stream)
os.execv(sys.argv[2], sys.argv[2:])
"""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals between processes are POSIX")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Where the session is written down."""
    return tmp_path / "a.jsonl"


def command_line(folder: Path, journal: Path, stage: str) -> list[str]:
    """A live session of one stage, without sound."""
    plan = folder / "plan.yaml"
    plan.write_text(f"plan: Live\nstages:\n  - {{name: A, {stage}, target: 170 spm}}\n", encoding="utf-8")
    options = ["--feet", "sim", "--sound", "none", "--journal", str(journal)]
    return [sys.executable, "-m", "cadencecoach", "run", str(plan), *options]


def started(folder: Path, journal: Path) -> "subprocess.Popen[str]":
    """A session that does not end by itself, with plain lines on a pipe."""
    line = command_line(folder, journal, "until: key")
    return subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def lines_until(process: "subprocess.Popen[str]", words: str) -> Iterator[str]:
    """What it prints, up to and with a line that has these words; the reading waits for them, no clock does."""
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if words in line:
            return
    pytest.fail(f"{words!r} was never printed")


def written(journal: Path) -> list[dict[str, Any]]:
    """The lines of a journal, read as the program reads them."""
    try:
        return [json_of_line(line) for line in read_journal(journal_lines(journal)).lines]
    except JournalError:  # not there yet
        return []


def is_written(journal: Path) -> bool:
    """Whether the first message of the pod, at 1 s, has reached the disk."""
    return any(line["what"] == "payload" for line in written(journal))


def test_a_session_runs_to_its_end_and_is_summed_up(tmp_path: Path, journal: Path) -> None:
    """A second of the real clock: plain lines, a summary, where the journal is, and exit status 0."""
    line = command_line(tmp_path, journal, "duration: 1 s")
    said = subprocess.run(line, check=True, capture_output=True, text=True, timeout=PATIENCE_S)
    assert "stage 1 of 1: A (00:01, target 170)" in said.stdout
    assert "Session finished" in said.stdout
    assert f"journal: {journal}" in said.stdout
    assert said.stderr == ""
    lines = written(journal)
    assert [line["t"] for line in lines if line["what"] == "payload"] == [1.0]
    assert lines[-1] == {"t": 1.0, "what": "end", "reason": "finished"}


@needs_signals
def test_a_request_to_stop_ends_the_session_in_order(tmp_path: Path, journal: Path) -> None:
    """The end is written as interrupted, the summary shown, and the exit status 130."""
    with ended(started(tmp_path, journal)) as process:
        list(lines_until(process, "stage 1 of 1"))
        process.send_signal(signal.SIGTERM)
        said, complaints = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert "Session interrupted" in said
    assert complaints == ""
    assert written(journal)[-1]["reason"] == "interrupted"


@needs_signals
def test_a_kill_loses_at_most_the_last_second(tmp_path: Path, journal: Path) -> None:
    """Killed without a chance to tidy up: the journal is readable and has what is older than a second."""
    with ended(started(tmp_path, journal)) as process:
        list(lines_until(process, "running"))  # a payload at 1 s
        patience = iter(range(1000))
        while not is_written(journal):  # flushed a second later, if it is flushed at all
            assert next(patience) < 999
            threading.Event().wait(0.02)
        process.kill()
    lines = written(journal)
    assert [line["what"] for line in lines][:2] == ["plan", "stage"]
    assert "end" not in {line["what"] for line in lines}


@needs_signals
def test_a_reader_who_leaves_does_not_end_the_session(tmp_path: Path, journal: Path) -> None:
    """Nobody reads the plain lines any more: the session goes on to its own end, and says nothing about it."""
    line = command_line(tmp_path, journal, "duration: 1 s")
    with ended(subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
        assert process.wait(PATIENCE_S) == 0
    assert complaints == ""
    assert written(journal)[-1]["reason"] == "finished"


@needs_signals
def test_a_terminal_that_is_closed_ends_the_session_in_order(tmp_path: Path, journal: Path) -> None:
    """The window is gone, with it keys, screen and messages: the record still says how it ended."""
    if sys.platform == "win32":
        pytest.skip("no pseudo-terminals")
    terminal, its_end = os.openpty()
    line = [sys.executable, "-c", IN_TERMINAL, os.ttyname(its_end), *command_line(tmp_path, journal, "until: key")]
    with ended(subprocess.Popen(line, start_new_session=True, env={**os.environ, "TERM": "xterm"})) as process:
        drawn = b""
        while SHOWN not in drawn or not written(journal):
            drawn += os.read(terminal, 65_536)  # waits until something is drawn
        os.close(its_end)
        os.close(terminal)
        process.wait(PATIENCE_S)
    assert written(journal)[-1]["reason"] == "interrupted"
