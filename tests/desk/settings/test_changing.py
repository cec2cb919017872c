"""Settings as a person sees and changes them."""

import json
from pathlib import Path

import pytest
from athlete_home import Home

from cadencecoach.cli.main import main
from cadencecoach.store.settings import Origin, find_settings, settings_in_force, variable_of
from cadencecoach.store.sound_book import SoundBook, keep_sound_book, open_sound_book
from cadencecoach.store.user_store import user_machine


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with nothing on it."""
    return Home(tmp_path).move_in(monkeypatch)


def told(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """What a command prints."""
    capsys.readouterr()
    assert main(["settings", *words]) == status
    said = capsys.readouterr()
    return said.out + said.err


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, tuple[object, str]]:
    """Value and origin by key."""
    found = json.loads(told(capsys, *words, "--json"))
    return {one["key"]: (one["value"], one["from"]) for one in found["settings"]}


def test_each_setting_says_where_it_comes_from(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Default, file, environment, option; the later one wins."""
    assert set(listed(capsys).values()) >= {("metric", "default")}
    told(capsys, "set", "units", "imperial")
    told(capsys, "set", "click_db", "-20")
    monkeypatch.setenv("CADENCECOACH_SOUND_CLICK_DB", "-30")
    monkeypatch.setenv("CADENCECOACH_SOUND_CLICK", "")
    found = listed(capsys)
    assert found["display.units"] == ("imperial", "file")
    assert found["sound.click_db"] == (-30.0, "environment")
    assert found["sound.click"] == ("click", "default")
    other = tmp_path / "other.toml"
    other.write_text("[sound]\nclick_db = -40\n", encoding="utf-8")
    found = listed(capsys, "--config", str(other))
    assert found["sound.click_db"] == (-40.0, "option")
    assert found["display.units"] == ("metric", "default")  # the person's own file is not read then
    assert find_settings(user_machine(), None).sound.click_db == -30.0
    assert str(home.root) in told(capsys)


def test_a_variable_is_checked_like_the_file() -> None:
    """Its name is in the message; variables of other programs are none of ours."""
    from cadencecoach.errors import UsageError  # noqa: PLC0415  # here only

    with pytest.raises(UsageError, match="CADENCECOACH_DISPLAY_UNITS: must be metric or imperial"):
        settings_in_force(user_machine(), None, {variable_of("display.units"): "miles"})
    found = settings_in_force(user_machine(), None, {"CADENCECOACH_NOTHING": "x", "DISPLAY_UNITS": "x"})
    assert set(found.origins.values()) == {Origin.DEFAULT}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("language", "xx", "no phrases in 'xx'"),
        ("phrases", "nowhere.yaml", "does not exist"),
        ("piper", "nowhere.onnx", "does not exist"),
        ("click", "bang", "no such sound"),
        ("click_db", "7", "click_db: must be at most 6"),
        ("units", "miles", "units: must be metric or imperial"),
        ("latency_s", "nan", "latency_s: must be a number"),
        ("device", "", "device: must not be empty"),
        ("device", "a\nb", "device: must be one line, without control characters"),
        ("speaker", "\x1b[31m", "speaker: must be one line, without control characters"),
        ("speaker", "x" * 1001, "speaker: must have at most 1000 characters"),
        ("piper", "http://anna:geheim@host/x", "anna:***@host"),
        ("store.url", "postgresql://anna:geheim@host/x", "a password does not stand in an address"),
        ("clik_db", "1", "did you mean sound.click_db"),
    ],
)
def test_what_the_next_session_would_refuse_is_refused_now(
    home: Home, capsys: pytest.CaptureFixture[str], key: str, value: str, words: str
) -> None:
    """One line, and no file is made."""
    said = told(capsys, "set", key, value, status=2)
    assert words in said
    assert said.count("\n") == 1
    assert not list(home.root.rglob("settings.toml"))


def test_a_file_is_kept_with_its_whole_path(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next session may be started in another folder."""
    monkeypatch.chdir(home.root)
    Path("words.yaml").write_text("language: en\nback: Good.\n", encoding="utf-8")
    told(capsys, "set", "phrases", "words.yaml")
    assert find_settings(user_machine(), None).voice.phrases == str(home.root / "words.yaml")
    told(capsys, "set", "phrases", "")
    assert find_settings(user_machine(), None).voice.phrases == ""


@pytest.mark.usefixtures("home")
def test_a_device_that_is_set_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    """The one remembered from the last session is told, and forgotten when another is set."""
    keep_sound_book(user_machine().sounds_file, SoundBook(device="Headphones", delays_s={"Headphones": 0.2}))
    assert "plays on Headphones" in told(capsys)
    assert "forgotten" in told(capsys, "set", "device", "Loudspeaker")
    assert open_sound_book(user_machine().sounds_file) == SoundBook(delays_s={"Headphones": 0.2})


@pytest.mark.usefixtures("home")
def test_unset_and_reset_go_back(capsys: pytest.CaptureFixture[str]) -> None:
    """One value, then all; the old file is named."""
    told(capsys, "set", "units", "imperial")
    told(capsys, "set", "click_db", "-20")
    assert "metric" in told(capsys, "unset", "units")
    assert "was not set" in told(capsys, "unset", "units")
    assert listed(capsys)["sound.click_db"] == (-20.0, "file")
    assert "settings.old.toml" in told(capsys, "reset")
    assert {origin for _, origin in listed(capsys).values()} == {"default"}
    assert "nothing was set" in told(capsys, "reset")


@pytest.mark.usefixtures("home")
def test_a_password_in_an_address_is_never_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither when it is set, nor in the list, nor for a program."""
    address = "http://anna:geheim@host/voice"
    said = told(capsys, "set", "speaker", address) + told(capsys) + told(capsys, "--json")
    assert "anna:***@host" in said
    assert "geheim" not in said
    assert find_settings(user_machine(), None).voice.speaker == address
