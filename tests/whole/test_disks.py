"""Live sessions on disks that are full or read-only: real ones, made of memory in a name space of our own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile
from made_songs import even_beats, rock

from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.record.journal import read_journal
from cadencecoach.record.lines import EndLine, PlanLine

PLAN = "plan: Live\nstages:\n  - {name: A, duration: 3 s, target: 170 spm}\n"
RUN = f"{sys.executable} -m cadencecoach run plan.yaml --feet sim --sound none --journal disk/a.jsonl"
LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2950, 2950));"
    "from cadencecoach.cli.main import main; sys.exit(main(sys.argv[1:]))"
)


def _has_disks() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
    return subprocess.run(tried, check=False, capture_output=True).returncode == 0


pytestmark = [pytest.mark.slow, pytest.mark.skipif(not _has_disks(), reason="no disks of memory can be mounted here")]


def on_disk(folder: Path, script: str) -> "subprocess.CompletedProcess[str]":
    """What a script says that runs with an empty disk of 64 kB mounted at `disk`; afterwards `kept` is a copy of it."""
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "disk").mkdir()
    mount = "mount -t tmpfs -o size=64k none disk"
    keep = "status=$?; cp -r disk kept; exit $status"
    line = ["unshare", "-rm", "sh", "-c", f"{mount}; {script}; {keep}"]
    uncompiled = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "1"
    }  # bytecode that is cut off would hinder whoever runs after
    return subprocess.run(line, cwd=folder, check=False, capture_output=True, text=True, timeout=60, env=uncompiled)


def songs_in(folder: Path, n_songs: int) -> None:
    """Short songs that can be run to."""
    folder.mkdir()
    for number in range(n_songs):
        soundfile.write(folder / f"{number}.wav", rock(even_beats(160.0 + number, 8.0), 8.0, 8000), 8000)


@pytest.mark.timeout(120)
def test_songs_on_a_full_disk_are_told_kept_and_added_when_there_is_room(tmp_path: Path) -> None:
    """Room for the beats of three songs of five: a count and the reason, no half a file, and the rest the next time."""
    songs_in(tmp_path / "songs", 5)
    music = f"XDG_CACHE_HOME=$PWD/disk {sys.executable} -m cadencecoach music"
    fill = "head -c 52K /dev/zero > disk/fill"  # a file of a few bytes takes 4 kB
    add = f"{music} add songs"
    done = on_disk(tmp_path, f"{fill}; {add}; echo status $?; {music} list --json; rm disk/fill; {add}")
    first, _, second = done.stdout.partition("status 2")
    told = done.stderr.splitlines()
    assert len(first.splitlines()) == 3
    assert told[0] == "Stopped after 3 of 5 songs, which are kept. The same command goes on from there."
    assert told[1].endswith("disk/cadencecoach/songs cannot be written: No space left on device")
    assert len(told) == 2
    assert second.count('"spm"') == 3
    assert "Known already and unchanged: 3." in second
    assert second.endswith("5 of 5 songs can be run to.\n")
    assert done.returncode == 0
    kept = [one.name for one in (tmp_path / "kept" / "cadencecoach" / "songs").iterdir()]
    assert len(kept) == 5
    assert all(name.endswith(".json") for name in kept)


def n_told(done: "subprocess.CompletedProcess[str]", words: str) -> int:
    """How often a person is told something, on either output."""
    return done.stdout.count(words) + done.stderr.count(words)


def test_a_full_disk_is_told_and_the_session_goes_on(tmp_path: Path) -> None:
    """No room even for the first line: three seconds are run and summed up, and the status says what is missing."""
    done = on_disk(tmp_path, f"head -c 64K /dev/zero > disk/fill; {RUN}")
    assert "Session finished" in done.stdout
    assert "No space left on device (disk/a.jsonl)" in done.stderr
    assert n_told(done, "Traceback") == 0
    assert done.stderr.count("the journal is not being written") == 1
    assert done.returncode == 2
    assert not (tmp_path / "kept" / "a.jsonl").exists()


def test_a_disk_that_gets_room_again_has_everything(tmp_path: Path) -> None:
    """Full at the start, emptied while the session runs: the journal is whole, from the first line to the end."""
    tidy = 'while read -r line; do echo "$line"; case "$line" in *running) rm -f disk/fill; esac; done < told'
    done = on_disk(tmp_path, f"head -c 64K /dev/zero > disk/fill; mkfifo told; {tidy} & {RUN} > told")
    assert "Session finished" in done.stdout
    journal = read_journal(journal_lines(tmp_path / "kept" / "a.jsonl"))
    assert journal.notes == ()
    assert isinstance(journal.lines[0], PlanLine)
    assert journal.lines[-1] == EndLine(3.0, "finished")


def test_a_disk_that_becomes_full_keeps_what_it_has(tmp_path: Path) -> None:
    """After 2950 bytes nothing more is taken: the journal opens, its torn line is dropped, the session goes on."""
    words = RUN.partition(" -m cadencecoach ")[2]
    done = on_disk(tmp_path, f"{sys.executable} -c '{LIMITED}' {words}")
    assert "Session finished" in done.stdout
    assert done.stderr.count("the journal is not being written: File too large (disk/a.jsonl)") == 1
    assert done.returncode == 2
    kept = tmp_path / "kept" / "a.jsonl"
    assert kept.stat().st_size == 2950
    journal = read_journal(journal_lines(kept))
    assert "torn" in journal.notes[0]
    assert len(journal.lines) > 3


def test_a_read_only_disk_is_told_and_the_session_goes_on(tmp_path: Path) -> None:
    """The same, said with its own reason."""
    done = on_disk(tmp_path, f"mount -o remount,ro disk; {RUN}")
    assert "Session finished" in done.stdout
    assert done.stderr.count("the journal is not being written: Read-only file system (disk/a.jsonl)") == 1
    assert done.returncode == 2


def test_sessions_on_a_read_only_disk_are_listed(tmp_path: Path) -> None:
    """The index cannot be kept there: it is made in memory, and that is said."""
    data = "disk/cadencecoach/sessions"
    listed = f"XDG_DATA_HOME=$PWD/disk {sys.executable} -m cadencecoach history list"
    done = on_disk(tmp_path, f"{RUN}; mkdir -p {data}; mv disk/a.jsonl {data}; mount -o remount,ro disk; {listed}")
    assert done.returncode == 0
    assert "Live" in done.stdout.splitlines()[-1]
    assert "the index of sessions cannot be saved (Read-only file system)" in done.stderr
