"""Who writes an entry, and on which machine."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from cadencecoach.record.entries import ItemDone
from cadencecoach.record.profile import Profile
from cadencecoach.store.author_and_device import DEVICE_NAME, device_name
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.machine import NO_MACHINE

DONE = ItemDone(at="2026-03-02T07:00:00Z", day=date(2026, 3, 2), item="Calf raises")


def written(store: FileStore) -> tuple[str, str]:
    """Author and device of a tick that is written into an athlete's log."""
    store.write_profile(Profile(athlete="r7"))
    store.add_entries("r7", DONE)
    one = store.log_of("r7").every[-1]
    return one.author, one.device


def test_a_machine_has_one_name_drawn_by_chance(tmp_path: Path) -> None:
    """Kept where no backup takes it along; what is no such name is drawn anew."""
    name = device_name(tmp_path / "one")
    assert device_name(tmp_path / "one") == name != device_name(tmp_path / "other")
    assert (tmp_path / "one" / DEVICE_NAME).name.startswith(".")
    (tmp_path / "one" / DEVICE_NAME).write_text("Anna's laptop", encoding="utf-8")
    assert len(device_name(tmp_path / "one")) == 16


def test_the_author_is_a_role_unless_the_settings_name_one(tmp_path: Path) -> None:
    """Of the runner's own words `runner`; settings that cannot be read keep nobody from writing them down."""
    (tmp_path / "settings").mkdir()
    file = tmp_path / "settings" / "settings.toml"
    store = FileStore(tmp_path / "data", replace(NO_MACHINE, settings=tmp_path / "settings"))
    assert written(store)[0] == "runner"
    file.write_text('[desk]\nauthor = "MK"\n', encoding="utf-8")
    assert written(store)[0] == "MK"
    assert written(store.with_author("runner"))[0] == "runner"
    file.write_text("[desk\n", encoding="utf-8")
    assert written(store)[0] == "runner"
    assert len({one.device for one in store.log_of("r7").every}) == 1
