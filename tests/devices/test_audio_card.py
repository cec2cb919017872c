"""Which card is meant, and what it is opened with."""

from collections import deque
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from each_row import each_row
from numpy.typing import NDArray

from cadencecoach.devices.audio_card import INVALID_RATE_CODE, SoundDevice, devices_of, meant_device, open_stream
from cadencecoach.devices.audio_child import refusal
from cadencecoach.devices.audio_player import Player
from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import AudioSettings, AudioState, CallbackRows, LiveEngine
from cadencecoach.devices.slip import Loss
from cadencecoach.errors import Reason


def device(index: int, name: str, host_api: str = "ALSA") -> SoundDevice:
    """One that can play; number 0 is the system's own."""
    return SoundDevice(
        index=index, name=name, host_api=host_api, n_channels=2, fs_hz=48_000, latency_s=0.1, is_default=index == 0
    )


CARDS = [device(0, "default"), device(1, "USB Audio: hw:1,0"), device(2, "USB Headset"), device(3, "HDMI")]


@each_row(
    ("words", "index"),
    [(None, 0), ("hdmi", 3), ("USB HEAD", 2), ("default", 0), ("audio usb", 1), ("hdmi, alsa", 3), ("HDMI", 3)],
)
def test_words_of_the_name_choose(words: str | None, index: int) -> None:
    """Some of them, in any case and order; the whole name before all; no words are the system's own."""
    assert meant_device(CARDS, words).index == index


@each_row("words", ["hmdi", "", "  ", "USB HDMI"])
def test_a_mistyped_name_is_refused_with_the_names_there_are(words: str) -> None:
    """All of them."""
    with pytest.raises(ValueError, match="there are: default, USB Audio: hw:1,0, USB Headset, HDMI"):
        meant_device(CARDS, words)


def test_words_that_fit_several_are_refused_with_those() -> None:
    """And no others."""
    with pytest.raises(ValueError, match="2 sound devices fit usb: USB Audio: hw:1,0, USB Headset; write more"):
        meant_device(CARDS, "usb")


def test_a_card_of_several_host_apis_is_one_card() -> None:
    """As on Windows: that of the system's own comes first."""
    twice = [device(0, "default"), device(4, "Speakers", "MME"), device(5, "Speakers", "Windows WASAPI")]
    assert meant_device(twice, "speakers").index == 4
    assert meant_device(twice, "speakers wasapi").index == 5


@each_row("words", [None, "hdmi"])
def test_no_device_is_said_in_three_words(words: str | None) -> None:
    """Whatever was asked for; PortAudio's own words are not shown."""
    with pytest.raises(ValueError, match=r"^no sound device$") as caught:
        meant_device([], words)
    assert refusal(caught.value).message == "no sound device"
    assert refusal(caught.value).reason is Reason.NO_DEVICE
    with pytest.raises(ValueError, match=r"^no sound device$"):
        meant_device([device(3, "HDMI")], None)


class Engine:
    """Left louder than right."""

    position_frames = 0

    def __init__(self, fs_hz: int) -> None:
        """At a rate."""
        self.fs_hz = fs_hz

    def skip_silence(self, _: int) -> bool:
        """It is never silent."""
        return False

    def render(self, n_frames: int) -> NDArray[np.float32]:
        """A constant on each side."""
        return np.tile(np.array([0.75, 0.25], np.float32), (n_frames, 1))


class Library:
    """Stands for sounddevice: one card, which takes some rates only."""

    def __init__(self, *, rates_hz: tuple[int, ...], n_channels: int = 2, host_api: str = "ALSA", own_hz: int) -> None:
        """Keep what is opened."""
        self._rates_hz, self._api = rates_hz, host_api
        row = {"name": "card", "hostapi": 0, "max_output_channels": n_channels, "default_samplerate": float(own_hz)}
        self._rows = [row | {"default_high_output_latency": 0.1}, row | {"name": "mic", "max_output_channels": 0}]
        self.default = SimpleNamespace(device=(1, 0))
        self.opened: dict[str, Any] = {}

    def query_devices(self) -> list[dict[str, Any]]:
        """The card and a microphone."""
        return self._rows

    def query_hostapis(self) -> list[dict[str, Any]]:
        """The one."""
        return [{"name": self._api}]

    def RawOutputStream(self, **words: Any) -> str:  # noqa: ANN401, N802  # the library's name
        """Open, or refuse the rate as PortAudio does."""
        if words["samplerate"] not in self._rates_hz:
            raise OSError("Error opening RawOutputStream", INVALID_RATE_CODE)
        self.opened = words
        return "stream"


def opened(library: Library) -> tuple[int, Player]:
    """The rate of the card, and its callback."""

    def player_of(engine: LiveEngine, n_channels: int, loss: Loss) -> Player:
        report = Report(AudioState(), CallbackRows())
        return Player(engine, inbox=deque(), report=report, loss=loss, n_channels=n_channels)

    made: Any = Engine
    stream, card, player = open_stream(library, AudioSettings(), player_of, made, finished=lambda: None)
    assert (stream, card.name) == ("stream", "card")
    assert library.opened["callback"] is player
    return player.fs_hz, player


@each_row("own_hz", [16_000, 44_100, 96_000, 192_000])
def test_a_card_with_one_rate_is_opened_at_it(own_hz: int) -> None:
    """48 kHz is tried first and refused."""
    library = Library(rates_hz=(own_hz,), own_hz=own_hz)
    fs_hz, player = opened(library)
    assert fs_hz == library.opened["samplerate"] == own_hz
    assert player._engine.fs_hz == own_hz


def test_a_card_that_takes_our_rate_gets_it() -> None:
    """Whatever it would propose itself."""
    assert opened(Library(rates_hz=(44_100, 48_000), own_hz=44_100))[0] == 48_000


def test_a_card_that_takes_no_rate_is_an_error() -> None:
    """The last one's, whole."""
    with pytest.raises(OSError, match="Error opening"):
        opened(Library(rates_hz=(), own_hz=44_100))


@each_row(("n_channels", "opened_with"), [(1, 1), (2, 2), (8, 2)])
def test_one_channel_gets_the_mean_of_two(n_channels: int, opened_with: int) -> None:
    """And a card with many gets two."""
    library = Library(rates_hz=(48_000,), n_channels=n_channels, own_hz=48_000)
    _, player = opened(library)
    assert library.opened["channels"] == opened_with
    out = bytearray(8 * 4 * opened_with)
    times = SimpleNamespace(outputBufferDacTime=1.0, currentTime=0.9)
    player(out, 8, times, SimpleNamespace(output_underflow=False))
    assert np.frombuffer(out, np.float32).tolist() == ([0.5] * 8 if opened_with == 1 else [0.75, 0.25] * 8)


def test_a_jack_server_calls_once_a_block_of_its_own() -> None:
    """Other cards get ours."""
    jack, other = (
        Library(rates_hz=(48_000,), own_hz=48_000, host_api=api) for api in ("JACK Audio Connection Kit", "ALSA")
    )
    opened(jack)
    opened(other)
    assert (jack.opened["blocksize"], other.opened["blocksize"]) == (0, AudioSettings().block_frames)


def test_only_devices_that_play_are_listed() -> None:
    """A microphone is none."""
    assert [one.name for one in devices_of(Library(rates_hz=(), own_hz=48_000))] == ["card"]
