"""Errors of ours go from one process to another, and one that is kept holds nothing."""

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cadencecoach.devices.song_file import FileMark
from cadencecoach.errors import CadencecoachError, DeviceError, NoHomeError, PayloadError, Reason, UsageError
from cadencecoach.music.song import Song
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.machine import Machine
from cadencecoach.store.plan_files import keep_plan
from cadencecoach.store.sensor_book import change_book
from cadencecoach.store.song_book import KeptSong

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = b"plan: Mine\nstages:\n  - {name: A, duration: 5 min, target: 170 spm}\n"


def test_an_error_is_the_same_in_another_process() -> None:
    """Kind, words, and what else it tells: also where the words are made of something else."""
    errors: tuple[CadencecoachError, ...] = (
        UsageError("no such plan"),
        PayloadError("too short", b"\x01"),
        DeviceError("it is off", Reason.POWERED_OFF),
        NoHomeError("settings", "XDG_CONFIG_HOME"),
    )
    for error in errors:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made here
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_missing_home_holds_nothing_of_whoever_asked_for_it(tmp_path: Path) -> None:
    """It is kept for as long as the program runs, and raised anew: its own traceback would grow with each time."""
    missing = NoHomeError("anything", "XDG_DATA_HOME")
    machine = Machine(settings=missing, speech=missing, plans=missing, work=missing, songs=missing)
    song = Song(tmp_path / "a.mp3", 171.7, (0.3, 0.65), 2.1, -14.0, 12.0, 200.5)
    asked: tuple[Callable[[], object], ...] = (
        lambda: machine.settings_folder,
        lambda: machine.work_folder,
        lambda: FileStore(missing).athletes_folder,
        lambda: keep_plan(machine, "mine", PLAN),
        lambda: change_book(machine.sensors_file, lambda book: book),
        lambda: machine.song_book.keep(KeptSong(song, FileMark(1, 1, ""))),
        lambda: machine.song_book.forget(song.path),
    )
    for ask in asked:
        with pytest.raises(NoHomeError, match="set HOME or XDG_DATA_HOME") as raised:
            ask()
        assert raised.value.variable == missing.variable
    assert missing.__traceback__ is None
