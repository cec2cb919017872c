"""Tests for the store that the settings name."""

import subprocess
import sys
from pathlib import Path

import pytest

from cadencecoach.errors import UsageError
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.user_store import user_machine, user_store

LOADED = "import sys; from cadencecoach.store.user_store import user_store; user_store(); print(*sys.modules)"
HEAVY = ("sqlalchemy", "alembic", "psycopg", "pydantic", "cadencecoach.store.settings")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own."""
    for kind in ("data", "config", "cache"):
        monkeypatch.setattr(f"cadencecoach.devices.user_folders.user_{kind}_path", lambda name: tmp_path / name)
    return tmp_path / "cadencecoach"


@pytest.mark.slow
def test_whoever_names_no_store_waits_for_no_database() -> None:
    """Neither the libraries of one nor the settings are loaded to find out that there are files."""
    told = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True)
    assert [name for name in HEAVY if name in told.stdout.split()] == []


def test_the_environment_names_a_store_over_the_settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty is files; a setting names one file of tables, and the environment another."""
    assert isinstance(user_store(), FileStore)
    settings = user_machine().settings_file
    settings.parent.mkdir(parents=True)
    settings.write_text('[desk]\nauthor = "the store"\n', encoding="utf-8")
    assert isinstance(user_store(), FileStore)
    settings.write_text(f'[store]\nurl = "sqlite:///{home}/one.sqlite"\n', encoding="utf-8")
    assert str(user_store().places()["sessions and athletes"]).endswith("/one.sqlite")
    monkeypatch.setenv("CADENCECOACH_STORE", f"sqlite:///{home}/two.sqlite")
    store = user_store()
    assert isinstance(store, SpoolingStore)
    assert str(store.places()["sessions and athletes"]).endswith("/two.sqlite")


def test_a_store_that_cannot_be_is_refused_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password in it is not repeated."""
    monkeypatch.setenv("CADENCECOACH_STORE", "postgresql://anna:geheim@clinic/coach")
    with pytest.raises(UsageError, match="a password does not stand in an address") as told:
        user_store()
    assert "geheim" not in str(told.value)
