import math
import tomllib
from pathlib import Path

import pytest
from platformdirs import user_config_path

from cadencecoach.devices.assets import asset
from cadencecoach.errors import UsageError
from cadencecoach.sound.commands import Bus
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.settings import Settings, find_settings, load_settings
from cadencecoach.store.user_store import user_machine


def written(folder: Path, text: str) -> Path:
    """A settings file."""
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_of_defaults_says_what_the_program_does_without_it() -> None:
    """Field by field, none missing and none too many: what a person copies is what holds."""
    in_file = tomllib.loads(asset("config", "defaults.toml").read_text(encoding="utf-8"))
    assert in_file == Settings().model_dump()


def test_what_a_file_leaves_out_keeps_its_default(tmp_path: Path) -> None:
    """One line is a whole settings file; so is an empty one."""
    loaded = load_settings(written(tmp_path, "[sound]\nclick_db = -20\n"))
    assert loaded.sound.click_db == -20.0
    assert loaded.sound.voice_db == Settings().sound.voice_db
    assert loaded.voice == Settings().voice
    assert load_settings(written(tmp_path, "")) == Settings()


def test_levels_become_gains() -> None:
    """0 dB is 1, -20 dB a tenth; every bus has one."""
    sound = Settings.model_validate({"sound": {"click_db": 0.0, "voice_db": -20.0}}).sound
    gains = sound.gains()
    assert set(gains) == set(Bus)
    assert gains[Bus.CLICK] == 1.0
    assert math.isclose(gains[Bus.VOICE], 0.1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[sound]\nclik_db = -6\n", "sound.clik_db: there is no such setting"),
        ("[sounds]\n", "sounds: there is no such setting"),
        ('[sound]\nclick_db = "loud"\n', "sound.click_db: must be a number;"),
        ("[sound]\nclick_db = 7\n", "sound.click_db: must be at most 6;"),
        ("[sound]\nclick_db = nan\n", "sound.click_db: must be a number;"),
        ("[sound]\nlatency_s = inf\n", "sound.latency_s: must be a number;"),
        ("[voice]\nrate_wpm = 175.5\n", "voice.rate_wpm: must be a whole number;"),
        ('[feet]\nunit = "feet"\n', "feet.unit: must be auto, steps or strides;"),
        ("[sound]\nlatency_s = 0.0049\n", "sound.latency_s: must be at least 0.005;"),
        ("[sound]\ndevice = 3\n", "sound.device: must be text, in quotes"),
        ("sound = 3\n", "sound: must be a group of settings, such as [sound];"),
    ],
)
def test_what_is_not_allowed_is_named(tmp_path: Path, text: str, words: str) -> None:
    """The file, the key, what is wrong, where to read what is allowed; in one line."""
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        load_settings(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert words in message
    assert "config/defaults.toml" in message
    assert "\n" not in message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Two in the file, two in the message."""
    path = written(tmp_path, "[sound]\nclik_db = -6\n[voice]\nrate_wpm = 5\n")
    with pytest.raises(UsageError, match=r"sound\.clik_db.*voice\.rate_wpm"):
        load_settings(path)


@pytest.mark.parametrize("content", [b"[sound\n", b"click_db = -6 dB\n", b"\xff\xfe[\x00", b"\x00", b"a = 1\na = 2\n"])
def test_what_is_not_toml_is_said(tmp_path: Path, content: bytes) -> None:
    """Also bytes that are no text, and a key given twice."""
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="not TOML") as caught:
        load_settings(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere.toml", ".", "x" * 3000], ids=["missing", "folder", "long"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    """One line that says what to name instead."""
    with pytest.raises(UsageError, match="settings file") as caught:
        load_settings(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_the_file_that_is_named_wins(tmp_path: Path) -> None:
    """`--config` before anything else."""
    assert find_settings(NO_MACHINE, str(written(tmp_path, '[voice]\nlanguage = "de"\n'))).voice.language == "de"


def test_the_persons_own_file_wins_over_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the settings folder of the system; without it the program's own."""
    for name in ("XDG_CONFIG_HOME", "HOME", "APPDATA", "LOCALAPPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = user_config_path("cadencecoach")
    if not folder.is_relative_to(tmp_path):
        pytest.skip("this system keeps the folder of settings where a test cannot move it")
    assert find_settings(user_machine(), None) == Settings()
    folder.mkdir(parents=True)
    written(folder, '[voice]\nlanguage = "de"\n')
    assert find_settings(user_machine(), None).voice.language == "de"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a=" + "[" * 9000, "nested too deeply"),
        ("[sound]\nlatency_s = " + "1" * 5000, "not TOML"),
        ("[sound]\nlatency_s = " + "1" * 4000, "sound.latency_s: "),
        ("a." * 3000 + "b = 1", "there is no such setting"),  # the time grows with the square
        ("#" * 20_001, "more than 20 kB"),
        ('["a\\nok: all is fine\\u001b[2J\\u202e"]\n', r"a\nok: all is fine\x1b[2J\u202e: there is no"),
    ],
)
def test_a_file_made_to_hurt_is_one_line(tmp_path: Path, text: str, words: str) -> None:
    """Depth, digits, keys of keys, and keys that command a terminal or pretend to be a line of their own."""
    with pytest.raises(UsageError) as caught:
        load_settings(written(tmp_path, text))
    assert words in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500
