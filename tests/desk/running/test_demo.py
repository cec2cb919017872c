"""The demonstration: what is said before it, how long it lasts, and what it leaves to do."""

import subprocess
import sys
from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.cli.main import main
from cadencecoach.desk.running.demo import (
    HEARD,
    RUNNER,
    SECONDS,
    SEEN,
    lines_after,
    lines_before,
    why_unheard,
    write_report,
)
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.plan_files import find_plan, open_plan

TEXTS = ENGLISH.begin


@each_row("name", [HEARD, SEEN])
def test_each_lasts_as_long_as_is_said(name: str) -> None:
    """Ninety seconds to hear, twenty to look at."""
    assert open_plan(find_plan(NO_MACHINE, name)).duration_s == SECONDS[name]
    assert SECONDS == {"demo": 90, "demo-silent": 20}


def test_without_sound_that_is_said_first_with_what_can_be_had_instead() -> None:
    """A sound file and a picture, and how to find out; where sound was not wanted, there is nothing to find out."""
    lines = list(lines_before(SEEN, "no sound device", TEXTS))
    assert lines[0] == "No sound here now (no sound device): this demonstration is to look at."
    assert "  cadencecoach rehearse demo --sound file:demo.mp3" in lines
    assert "  cadencecoach plan show demo --svg demo.svg" in lines
    assert "  cadencecoach doctor" in lines
    assert "20 s" in lines[-1]
    assert "  cadencecoach doctor" not in list(lines_before(SEEN, TEXTS.demo_muted, TEXTS))
    assert list(lines_before(HEARD, "", TEXTS)) == [
        "A demonstration of 90 s; the runner and the foot pod are simulated."
    ]


def test_it_is_not_heard_where_none_is_wanted_and_heard_by_a_file() -> None:
    """Neither asks for a device."""
    assert why_unheard("none", TEXTS) == TEXTS.demo_muted
    assert why_unheard("file:demo.mp3", TEXTS) == ""


def test_twenty_seconds_are_enough_for_something_to_happen(tmp_path: Path) -> None:
    """The runner is too slow, is told so, and is told when that is over."""
    journal = tmp_path / "demo.jsonl"
    assert main(["rehearse", SEEN, "--feet", RUNNER, "--journal", str(journal)]) == 0
    text = journal.read_text(encoding="utf-8")
    assert '"reason":"below"' in text
    assert '"reason":"back"' in text


def test_its_report_is_a_page_and_no_other_file_is_lost_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands in the working folder, and a file of somebody else stays."""
    monkeypatch.chdir(tmp_path)
    journal = tmp_path / "demo.jsonl"
    assert main(["rehearse", SEEN, "--journal", str(journal)]) == 0
    for _ in range(2):  # it may be made again
        assert (tmp_path / "demo.html").as_uri() in write_report(NO_MACHINE, journal, ENGLISH, may_replace=False)
    assert (tmp_path / "demo.html").read_text(encoding="utf-8").startswith("<!")
    (tmp_path / "demo.html").write_text("somebody's work", encoding="utf-8")
    assert "already exists" in write_report(NO_MACHINE, journal, ENGLISH, may_replace=False)
    assert (tmp_path / "demo.html").read_text(encoding="utf-8") == "somebody's work"
    assert "does not exist" in write_report(NO_MACHINE, tmp_path / "nowhere.jsonl", ENGLISH, may_replace=True)


def test_afterwards_there_is_something_to_do() -> None:
    """A first session, texts to read, the beat alone."""
    assert [line.split()[1] for line in list(lines_after(TEXTS))[1:]] == ["begin", "learn", "metronome"]


@pytest.mark.slow
def test_the_whole_of_it_takes_twenty_seconds_and_leaves_a_page(tmp_path: Path) -> None:
    """As somebody without sound sees it."""
    words = [sys.executable, "-m", "cadencecoach", "demo", "--sound", "none"]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=tmp_path, stdin=subprocess.DEVNULL)
    assert "00:20  end: finished" in done.stdout
    assert done.stderr.startswith("No sound here now")
    assert (tmp_path / "demo.html").is_file()
    assert "What next?" in done.stderr
