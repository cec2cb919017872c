from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.errors import UsageError
from cadencecoach.store.sound_book import SoundBook, chosen_device, keep_sound_book, open_sound_book


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    """Device, buffer and delays, in a folder that is made if need be; nothing else is left there."""
    path = tmp_path / "settings" / "sound.json"
    book = (
        SoundBook(device="Köpfhörer", latency_s=0.5).with_delay("Köpfhörer", 0.18).with_volume("Köpfhörer", -3.0, 6.0)
    )
    keep_sound_book(path, book)
    assert open_sound_book(path) == book
    assert [one.name for one in path.parent.iterdir()] == ["sound.json"]


@pytest.mark.parametrize(("text", "latency_s"), [("{}", 0.0), ('{"latency_s": 1e9}', 2.0), ('{"latency_s": -1}', 0.0)])
def test_a_buffer_no_settings_allow_is_brought_within(tmp_path: Path, text: str, latency_s: float) -> None:
    """And a file of before buffers were remembered has none."""
    (tmp_path / "sound.json").write_text(text)
    assert open_sound_book(tmp_path / "sound.json").latency_s == latency_s


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    """No file, no device."""
    assert open_sound_book(tmp_path / "sound.json") == SoundBook()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"delays_s": {"a": "soon"}}',
        '{"delays_s": 3}',
        '{"latency_s": "deep"}',
        '{"volumes_db": {"a": [1]}}',
        '{"volumes_db": {"a": [1, "loud"]}}',
        '{"volumes_db": {"a": [1, 1e300]}}',
        '{"volumes_db": {"a": [1, NaN]}}',
    ],
)
def test_a_file_that_is_not_ours_is_said(tmp_path: Path, text: str) -> None:
    """With its name; it is not written over."""
    (tmp_path / "sound.json").write_text(text)
    with pytest.raises(UsageError, match=r"sound\.json"):
        open_sound_book(tmp_path / "sound.json")


@each_row(
    ("asked", "in_settings", "remembered", "want"),
    [
        ("default", "default", None, None),
        ("default", "speaker", None, "speaker"),
        ("default", "speaker", "headset", "headset"),
        ("usb", "speaker", "headset", "usb"),
    ],
)
def test_the_command_line_wins_over_memory_over_settings(
    asked: str, in_settings: str, remembered: str | None, want: str | None
) -> None:
    """In this order."""
    assert chosen_device(asked, in_settings, SoundBook(device=remembered)) == want
