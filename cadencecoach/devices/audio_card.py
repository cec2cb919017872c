"""The card in the audio process: which device is meant, and the rate and channels it opens with.

Not every card takes 48 kHz and two channels: a JACK server has one rate, some loudspeakers have one channel. The engine
renders at the rate of the card; one channel gets the mean of two.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cadencecoach.devices.audio_player import Player
from cadencecoach.devices.audio_wire import AudioSettings, LiveEngine
from cadencecoach.devices.slip import Loss

USUAL_FS_HZ = 48_000  # our sounds are made for it, and nearly every card takes it
INVALID_RATE_CODE = -9997  # PaErrorCode paInvalidSampleRate
NOTHING_THERE = "no sound device"
NO_PAIR, NO_WAY = "there is no pair of channels", "there is no way to a sink of PipeWire or PulseAudio"
PLAIN = (NOTHING_THERE, NO_PAIR, NO_WAY)  # how refusals of ours begin, which say by themselves what is wrong
ALSA, HARDWARE = "ALSA", "(hw:"  # a card without a mixer before it
SERVERS_CHANNELS = 32  # and more is what ALSA's ways to a sound server say they have
SINK_DEVICES = ("pipewire", "pulse")  # ALSA's ways to the sound server, the better first
SINK_VARIABLES = ("PULSE_SINK", "PIPEWIRE_NODE")  # by which its clients are told where to play


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDevice:
    """A device that can play.

    Attributes:
        index: PortAudio's number for it
        name: as the system has it; a part of it chooses the device
        host_api: by which way PortAudio reaches it
        n_channels: at most
        fs_hz: the rate it proposes
        latency_s: of the buffer the device itself proposes for steady playing
        is_default: whether the system proposes it
    """

    index: int
    name: str
    host_api: str
    n_channels: int
    fs_hz: int
    latency_s: float
    is_default: bool

    @property
    def is_jack(self) -> bool:
        """Whether a JACK server plays it."""
        return self.host_api.startswith("JACK")


def devices_of(sounddevice: Any) -> list[SoundDevice]:  # noqa: ANN401  # untyped library
    """Every device that can play, the system's own first."""
    apis = sounddevice.query_hostapis()
    default = sounddevice.default.device[1]
    found = [
        SoundDevice(
            index=index,
            name=row["name"],
            host_api=apis[row["hostapi"]]["name"],
            n_channels=row["max_output_channels"],
            fs_hz=round(row["default_samplerate"]),
            latency_s=row["default_high_output_latency"],
            is_default=index == default,
        )
        for index, row in enumerate(sounddevice.query_devices())
        if row["max_output_channels"] > 0
    ]
    return sorted(found, key=lambda one: not one.is_default)


def meant_device(devices: Sequence[SoundDevice], words: str | None) -> SoundDevice:
    """The device a person means.

    Args:
        devices: all there are, the system's own first
        words: parts of its name and host API, in any case; None is the system's own
    Raises:
        ValueError: there is none, or the words fit several; the message says what there is
    """
    if words is None:
        if not devices or not devices[0].is_default:
            raise ValueError(NOTHING_THERE)
        return devices[0]
    asked = words.casefold()
    whole = [one for one in devices if asked in (one.name.casefold(), f"{one.name}, {one.host_api}".casefold())]
    fitting = whole or [one for one in devices if _fits(asked, one)]
    # Windows has every card once for each host API: the one of the system's own comes first.
    fitting = [one for one in fitting if one.host_api == fitting[0].host_api]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise ValueError(f"{len(fitting)} sound devices fit {words}: {_names(fitting)}; write more of the name")
    raise ValueError(f"no sound device fits {words}; there are: {_names(devices)}" if devices else NOTHING_THERE)


def check_pair(device: SoundDevice, pair: tuple[int, int] | None) -> None:
    """Refuse a pair of channels that a device does not have, or does not keep apart; None is no pair.

    A sound server mixes a stream of two channels onto all that a card has, and pretends to have more than it has.

    Raises:
        ValueError: it cannot be heard alone; the message says why
    """
    if pair is None:
        return
    asked = f"{NO_PAIR} {pair[0]}-{pair[1]}"
    is_server = device.host_api == ALSA and device.n_channels >= SERVERS_CHANNELS and HARDWARE not in device.name
    if is_server:
        raise ValueError(
            f"{asked}: {device.name} is a sound server, which mixes channels; make a sink of each pair "
            "(module-remap-sink), and name it: sink:NAME"
        )
    if pair[1] > device.n_channels:
        raise ValueError(f"{asked}: {device.name} has {device.n_channels} channels")


def open_stream(
    sounddevice: Any,  # noqa: ANN401  # untyped library
    settings: AudioSettings,
    player_of: Callable[[LiveEngine, int, Loss], Player],
    engine_at: Callable[[int], LiveEngine],
    finished: Callable[[], None],
) -> tuple[Any, SoundDevice, Player]:
    """An output stream ready to start, its device, and what plays on it.

    JACK calls once a block of its own, whatever is asked for; blocks of another length would be cut out of those.

    Args:
        sounddevice: the library
        settings: which card, and its buffer
        player_of: makes the callback for an engine, a number of channels, and what the card loses at a time
        engine_at: makes the engine for a rate
        finished: called where the card ends the stream
    """
    device = meant_device(devices_of(sounddevice), settings.device) if not settings.sink else _sink_device(sounddevice)
    if settings.sink:
        os.environ.update(dict.fromkeys(SINK_VARIABLES, settings.sink))  # of this process, which has one stream
    check_pair(device, settings.pair)
    n_channels = min(2, device.n_channels) if settings.pair is None else device.n_channels
    loss = Loss.BLOCKS if device.is_jack else Loss.FRAMES
    rates_hz = tuple(dict.fromkeys((USUAL_FS_HZ, device.fs_hz)))
    for fs_hz in rates_hz:
        player = player_of(engine_at(fs_hz), n_channels, loss)
        try:
            stream = sounddevice.RawOutputStream(  # no array is made where silence is played
                samplerate=fs_hz,
                blocksize=0 if device.is_jack else settings.block_frames,
                device=device.index,
                channels=n_channels,
                dtype="float32",
                latency=settings.latency_s,
                callback=player,
                finished_callback=finished,
            )
        except Exception as error:  # PortAudioError, of a library that is not imported here
            if fs_hz == rates_hz[-1] or INVALID_RATE_CODE not in error.args:
                raise
        else:
            return stream, device, player
    raise AssertionError(rates_hz)


def _sink_device(sounddevice: Any) -> SoundDevice:  # noqa: ANN401  # untyped library
    """The device that leads to the sound server."""
    found = {device.name: device for device in reversed(devices_of(sounddevice))}
    device = next((found[name] for name in SINK_DEVICES if name in found), None)
    if device is None:
        raise ValueError(f"{NO_WAY}: install pipewire-alsa, or libasound2-plugins")
    return device


def _fits(asked: str, device: SoundDevice) -> bool:
    text = f"{device.name}, {device.host_api}".casefold()
    return bool(asked.split()) and all(word in text for word in asked.split())


def _names(devices: Sequence[SoundDevice]) -> str:
    return ", ".join(dict.fromkeys(one.name for one in devices))
