from pathlib import Path

import pytest
from each_row import each_row
from sound_servers import HAS_ALSA, NO_ALSA, file_card

from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.devices.portaudio import ELSEWHERE, INSTALLERS, missing_library
from cadencecoach.errors import DeviceError, Reason


@pytest.mark.skipif(not HAS_ALSA, reason=NO_ALSA)
def test_the_devices_that_can_play_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one card of this machine, with what a person needs to choose it."""
    for name, value in file_card(tmp_path, tmp_path / "heard.f32").items():
        monkeypatch.setenv(name, value)
    (card,) = sound_devices()
    assert (card.name, card.host_api, card.is_default) == ("ccfile", "ALSA", True)
    assert card.n_channels >= 2


def test_without_the_library_the_list_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a start does."""
    (tmp_path / "sounddevice.py").write_text('raise OSError("PortAudio library not found")\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(DeviceError, match="PortAudio is not installed") as caught:
        sound_devices()
    assert caught.value.reason is Reason.LIBRARY_MISSING


@each_row("program", [*INSTALLERS])
def test_the_line_is_that_of_the_installer_at_hand(program: str) -> None:
    """One line, for this machine."""
    word = missing_library(OSError("no"), lambda asked: "/bin/it" if asked == program else None)
    assert INSTALLERS[program] in word.message
    assert sum(line in word.message for line in INSTALLERS.values()) == 1


def test_where_no_installer_is_known_the_library_is_named() -> None:
    """Better than nothing."""
    assert ELSEWHERE in missing_library(OSError("no"), lambda _: None).message
