"""The person's own settings file, changed one value at a time."""

import os
from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.errors import UsageError
from cadencecoach.store.settings import Settings, load_settings, setting_keys, value_of
from cadencecoach.store.settings_file import check_value, key_called, reset_file, set_value, unset_value

TEXT = """# mine
[sound]
device = "Headphones"   # the blue ones
# quieter at night
click_db = -12.0

[voice]
language = "de"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with comments."""
    path = tmp_path / "settings.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_change_keeps_all_other_lines(path: Path) -> None:
    """Comments, order, blank lines; only the value is another."""
    set_value(path, "sound.device", "Loudspeaker")
    assert path.read_text(encoding="utf-8") == TEXT.replace("Headphones", "Loudspeaker")


def test_a_new_key_is_added_to_its_table(path: Path) -> None:
    """What was there before stands there still."""
    set_value(path, "sound.voice_db", -3.0)
    set_value(path, "display.units", "imperial")
    loaded = load_settings(path)
    assert (loaded.sound.voice_db, loaded.display.units, loaded.sound.click_db) == (-3.0, "imperial", -12.0)
    assert {line for line in TEXT.splitlines() if line} <= set(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "",
        'sound = {device = "A"}\n',
        'sound.device = "A"\n',
        '[sound]\r\ndevice = "A"\r\n',
        'sound = {device = "A"}\nvoice.language = "de"\n',
    ],
)
def test_every_way_to_write_toml_can_be_changed(tmp_path: Path, text: str) -> None:
    """Inline tables, dotted keys, lines that end as on Windows; a file that is empty."""
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode())
    for key, value in (("sound.device", "B"), ("sound.click_db", -20.0), ("voice.rate_wpm", 150)):
        set_value(path, key, value)
        assert value_of(load_settings(path), key) == value
    assert unset_value(path, "sound.click_db")
    assert load_settings(path).sound.click_db == Settings().sound.click_db


def test_what_is_taken_out_has_its_default_again(path: Path) -> None:
    """Once; the second time there is nothing to take out, and the file is not touched."""
    assert unset_value(path, "sound.device")
    assert load_settings(path).sound.device == "default"
    before = path.read_bytes()
    assert not unset_value(path, "sound.device")
    assert path.read_bytes() == before


def test_a_file_put_aside_is_kept(path: Path) -> None:
    """Under a name that is free: an older one put aside stays too."""
    first, second = reset_file(path), None
    assert first is not None
    assert not path.exists()
    path.write_text("", encoding="utf-8")
    second = reset_file(path)
    assert second not in {None, first}
    assert first.read_text(encoding="utf-8") == TEXT
    assert reset_file(path) is None


def test_a_file_that_cannot_be_read_is_not_written_over(path: Path) -> None:
    """One line says what is wrong in it; the file stays as it is."""
    path.write_text("[sound]\nclik_db = 3\n", encoding="utf-8")
    for change in (lambda: set_value(path, "sound.click_db", 3.0), lambda: unset_value(path, "sound.click_db")):
        with pytest.raises(UsageError, match="clik_db"):
            change()
    assert path.read_text(encoding="utf-8") == "[sound]\nclik_db = 3\n"


@pytest.mark.skipif(os.name != "posix", reason="links need a right there")
def test_a_link_to_the_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    """Some keep their settings with those of other programs."""
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    set_value(link, "feet.unit", "steps")
    assert link.is_symlink()
    assert load_settings(path).feet.unit == "steps"


@each_row(
    ("text", "key"),
    [("sound.device", "sound.device"), ("units", "display.units"), ("Rate-WPM", "voice.rate_wpm")],
)
def test_a_keys_last_word_will_do(text: str, key: str) -> None:
    """In any case, with either dash."""
    assert key_called(text) == key


@each_row(
    ("text", "near"),
    [
        ("clik_db", "sound.click_db"),
        ("sound.unit", "feet.unit"),
        ("pace", "display.speed_as pace"),
        ("imperial", "display.units imperial"),
        ("zzz", "there are sound.device"),
        ("\x1b[2J", r"\x1b[2J: no such setting"),
    ],
)
def test_a_key_that_is_not_there_is_refused_with_near_ones(text: str, near: str) -> None:
    """Also a word that is a value; in one line that no terminal obeys."""
    with pytest.raises(UsageError) as caught:
        key_called(text)
    assert near in str(caught.value)
    assert str(caught.value).isprintable()


def test_the_last_words_of_all_keys_differ() -> None:
    """So that one word is enough for each of them."""
    assert [key_called(key.partition(".")[2]) for key in setting_keys()] == list(setting_keys())


@each_row(
    ("key", "text", "value"),
    [
        ("sound.click_db", "6", 6.0),
        ("sound.click_db", "-60", -60.0),
        ("voice.rate_wpm", "450", 450),
        ("feet.unit", "steps", "steps"),
        ("display.units", " Imperial", "imperial"),
    ],
)
def test_a_value_within_its_limits_is_taken(key: str, text: str, value: object) -> None:
    """At the limit too, and as a number where it is one."""
    assert value_of(check_value(key, text), key) == value


@each_row(
    ("key", "text"),
    [
        ("sound.click_db", "6.01"),
        ("sound.click_db", "loud"),
        ("sound.click_db", "nan"),
        ("voice.rate_wpm", "79"),
        ("voice.rate_wpm", "175.5"),
        ("feet.unit", "feet"),
        ("display.units", ""),
    ],
)
def test_a_value_that_no_file_may_hold_is_refused(key: str, text: str) -> None:
    """The key is named, and that nothing was changed."""
    with pytest.raises(UsageError, match=rf"{key}.*nothing was changed"):
        check_value(key, text)
