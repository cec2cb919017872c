import json
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from athlete_home import Home
from quiet_host import QuietHost

from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.live_session import run_session
from cadencecoach.live.opening.outputs import check_outputs, check_replaceable, replace_journal
from cadencecoach.live.opening.request import Request
from cadencecoach.record.journal import Header
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.user_store import user_files, user_machine

HEADER = Header(
    app="cadencecoach 0.0",
    started="2026-11-23T07:30:00Z",
    plan_name="Test",
    plan_sha256="",
    athlete=None,
    feet="none",
    sound="none",
    extra={"rehearsal": True},
)


def asked(**words: str) -> Request:
    """The words of a command."""
    return Request(**{"plan_name": "demo", "feet_text": "sim", "sound_text": "none", **words})  # type: ignore[arg-type]


def rehearsals_journal(path: Path) -> None:
    """What a rehearsal leaves."""
    path.write_text(json.dumps(HEADER.to_dict()) + "\n", encoding="utf-8")


def torn_rehearsals_journal(path: Path) -> None:
    """What a rehearsal leaves that was killed."""
    path.write_text(json.dumps(HEADER.to_dict()) + '\n{"t": 1.0, "wh', encoding="utf-8")


def live_journal(path: Path) -> None:
    """What a real session leaves."""
    path.write_text('{"journal": 1, "plan": {"name": "x"}}\n', encoding="utf-8")


def letter(path: Path) -> None:
    """Something else altogether."""
    path.write_text("Dear runner,\n", encoding="utf-8")


@pytest.mark.parametrize("make", [rehearsals_journal, torn_rehearsals_journal, Path.touch], ids=lambda f: f.__name__)
def test_a_rehearsals_journal_may_be_replaced(make: Callable[[Path], None], tmp_path: Path) -> None:
    """Whole, torn or empty: nothing is lost that cannot be had again, and it stays until the new one is whole."""
    path = tmp_path / "a.jsonl"
    make(path)
    before = path.read_bytes()
    check_replaceable(NO_MACHINE, path)
    with replace_journal(NO_MACHINE, path, HEADER.line) as journal:
        assert path.read_bytes() == before
    assert journal.path == path
    assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]
    assert path.read_text() == HEADER.line + "\n"


@pytest.mark.parametrize(
    ("make", "force", "words"),
    [
        (live_journal, False, "this is the journal of a run, which is never replaced"),
        (live_journal, True, "this is the journal of a run, which is never replaced"),
        (letter, False, "already exists; choose another name, or add --force"),
    ],
)
def test_nothing_else_may_be_replaced(
    *,
    make: Callable[[Path], None],
    force: bool,
    words: str,
    tmp_path: Path,
) -> None:
    """The person is told, and the file is as it was; the journal of a run stays whatever is said."""
    path = tmp_path / "a.jsonl"
    make(path)
    before = path.read_bytes()
    with pytest.raises(UsageError, match=words):
        check_replaceable(NO_MACHINE, path, may_replace=force)
    assert path.read_bytes() == before


def test_another_file_is_replaced_on_demand(tmp_path: Path) -> None:
    """Somebody said that it may be lost."""
    path = tmp_path / "a.jsonl"
    letter(path)
    check_replaceable(NO_MACHINE, path, may_replace=True)
    replace_journal(NO_MACHINE, path, HEADER.line, may_replace=True).close()
    assert path.read_text() == HEADER.line + "\n"


@pytest.mark.parametrize("what", ["plan_name", "config"])
def test_what_a_session_reads_is_not_written(what: str, tmp_path: Path) -> None:
    """The plan and the settings, by whatever name, and --force or not."""
    path = tmp_path / "a.yaml"
    letter(path)
    (tmp_path / "again.yaml").hardlink_to(path)
    with pytest.raises(UsageError, match=r"--journal .*: this is the (plan|settings file); choose another name"):
        check_outputs(user_machine(), replace(asked(**{what: str(path)}), force=True), tmp_path / "again.yaml")


def test_a_journal_is_not_written_over_while_it_is_played_again(tmp_path: Path) -> None:
    """By whatever name the file is called."""
    path = tmp_path / "a.jsonl"
    rehearsals_journal(path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="being replayed"):
        check_outputs(user_machine(), asked(feet_text=f"replay:{tmp_path}/folder/../a.jsonl"), path)


def test_what_is_no_plain_file_is_left_to_the_writer(tmp_path: Path) -> None:
    """A name that is free, and the system's bin."""
    check_replaceable(NO_MACHINE, tmp_path / "free.jsonl")
    check_replaceable(NO_MACHINE, Path(os.devnull))


def test_a_journal_that_is_refused_costs_no_sound_file(tmp_path: Path) -> None:
    """The question of the journal comes first: the sound that was there is still there."""
    sound, journal = tmp_path / "a.wav", tmp_path / "a.jsonl"
    sound.write_bytes(b"an hour of work")
    live_journal(journal)
    with pytest.raises(UsageError, match="the journal of a run"):
        rehearse_session(
            user_files(),
            Request(plan_name="demo", feet_text="sim", sound_text=f"file:{sound}"),
            QuietHost(),
            journal=journal,
            open_stage="5 min",
        )
    assert sound.read_bytes() == b"an hour of work"


@pytest.mark.parametrize("way", ["live", "rehearsed"])
@pytest.mark.parametrize(
    ("sound", "journal", "words"),
    [
        ("a.wav", "file/a.jsonl", "the journal .* cannot be written"),
        ("a.mp3", "file/a.jsonl", "the journal .* cannot be written"),
        ("file/a.wav", "a.jsonl", "a.wav: cannot be written"),
        ("a.ogg", "a.jsonl", "must end in .wav, .flac or .mp3"),
    ],
)
def test_what_cannot_be_written_leaves_nothing_behind(
    way: str, sound: str, journal: str, words: str, tmp_path: Path
) -> None:
    """A journal that cannot be opened leaves no empty sound, a sound that cannot be opened no empty journal."""
    (tmp_path / "file").touch()
    request = Request(plan_name="demo", feet_text="sim", sound_text=f"file:{tmp_path / sound}")
    run = run_session if way == "live" else partial(rehearse_session, open_stage="5 min")
    with pytest.raises(CadencecoachError, match=words):
        run(user_files(), request, QuietHost(), journal=tmp_path / journal)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("journal", ["a.wav", "folder/../a.wav"])
def test_sound_and_journal_cannot_be_one_file(journal: str, tmp_path: Path) -> None:
    """There or not yet, and by whatever name."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="the sound goes there"):
        check_outputs(user_machine(), asked(sound_text=f"file:{tmp_path / 'a.wav'}"), tmp_path / journal)


def test_the_sound_does_not_go_over_the_run_being_replayed(tmp_path: Path) -> None:
    """Whatever its ending, what is read is not written."""
    (tmp_path / "a.wav").touch()
    with pytest.raises(UsageError, match=r"--sound .* being replayed"):
        check_outputs(
            user_machine(),
            asked(sound_text=f"file:{tmp_path / 'a.wav'}", feet_text=f"replay:{tmp_path / 'a.wav'}"),
            None,
        )


def test_different_files_are_let_pass(tmp_path: Path) -> None:
    """The usual case, and the system's bin for both."""
    check_outputs(
        user_machine(), asked(sound_text=f"file:{tmp_path / 'a.wav'}", feet_text="replay:run.fit"), tmp_path / "a.jsonl"
    )
    check_outputs(user_machine(), asked(sound_text=f"file:{os.devnull}"), Path(os.devnull))


@pytest.mark.parametrize("name", ["log.jsonl", "new.jsonl"])
def test_no_session_writes_among_what_is_kept_of_athletes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no log is there yet: a journal in its place would make the athlete unreadable."""
    home = Home(tmp_path).move_in(monkeypatch)
    with pytest.raises(UsageError, match="is for athletes' records only"):
        check_outputs(user_machine(), asked(), home.athlete("r7") / name)
    with pytest.raises(UsageError, match="is for athletes' records only"):
        check_outputs(user_machine(), asked(sound_text=f"file:{home.athlete('r7') / name}"), None)


def test_links_in_a_circle_are_refused_in_a_line(tmp_path: Path) -> None:
    """Not a traceback."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(CadencecoachError):
        rehearse_session(
            user_files(),
            replace(asked(), plan_name="easy-metronome"),
            QuietHost(),
            journal=tmp_path / "a" / "j.jsonl",
            open_stage="5 min",
        )
