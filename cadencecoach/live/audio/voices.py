"""Who speaks: the voice the user chose, else espeak-ng, else the recorded words; the first that can.

Everything synthesised is kept on disk, so a voice is started only for words it has never said on this machine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import user_path
from cadencecoach.devices.voice import Voice, VoiceSettings
from cadencecoach.devices.voices.bank import ClipBank
from cadencecoach.devices.voices.cache import CachedVoice
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.audio.speech import Synthesiser, Words
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.store.settings import VoiceTable

if TYPE_CHECKING:
    from array import array

Opener = Callable[[], Words]
Given = TypeVar("Given")

PIPER_TIMEOUT_S = 30.0  # a model of 60 MB on a slow disk


class LayeredVoice:
    """Several voices of which the first that can speaks, and goes on until it cannot.

    Attributes:
        trouble: why it is not the first one that speaks; None while it is
    """

    def __init__(self, layers: Sequence[Opener]) -> None:
        """Nothing is opened before the first words."""
        self._layers = list(layers)
        self._voice: Words | None = None
        self._keeper: Words | None = None
        self.trouble: str | None = None

    def prepare(self, texts: Iterable[str]) -> "Mapping[str, array[int]]":
        """Each text that can be spoken.

        Raises:
            DeviceError: no voice can speak
        """
        asked = list(texts)
        return self._done_by_first(lambda voice: voice.prepare(asked))

    def keep(self, texts: Iterable[str]) -> Mapping[str, int]:
        """As for `Words`.

        Raises:
            DeviceError: no voice can speak
        """
        asked = list(texts)
        n_frames = self._done_by_first(lambda voice: voice.keep(asked))
        self._keeper = self._voice
        return n_frames

    def load_kept(self, text: str) -> "array[int] | None":
        """As for `Words`: by the voice that kept it, whoever speaks now."""
        return None if self._keeper is None else self._keeper.load_kept(text)

    def close(self) -> None:
        """End whichever was opened."""
        if self._voice is not None:
            self._voice.close()
            self._voice = None

    def _done_by_first(self, ask: Callable[[Words], Given]) -> Given:
        while self._layers:
            try:
                self._voice = self._voice or self._layers[0]()
                return ask(self._voice)
            except DeviceError as error:
                self.close()
                self._layers.pop(0)
                self.trouble = self.trouble or f"not the chosen voice: {error}"
        raise DeviceError(self.trouble or "no voice", Reason.NO_DEVICE)


def open_voice(table: VoiceTable, book: Phrasebook, folder: Path | None = None) -> Synthesiser | None:
    """The voice of the settings in the language of a phrasebook; None where nobody is to speak.

    What was spoken before is kept in a folder; without one, each sentence is spoken anew.
    """
    layers = {
        "auto": (_piper, _espeak, _recorded_speaker) if table.piper else (_espeak, _recorded_speaker),
        "piper": (_piper, _espeak, _recorded_speaker),
        "system": (_system, _espeak, _recorded_speaker),
        "espeak": (_espeak, _recorded_speaker),
        "recorded": (_recorded_speaker,),
        "none": (),
    }[table.engine]
    return LayeredVoice([partial(layer, table, book, folder) for layer in layers]) if layers else None


def _espeak(table: VoiceTable, book: Phrasebook, folder: Path | None) -> Words:
    voice = table.speaker if table.speaker and table.engine == "espeak" else _espeak_name(table, book)
    settings = VoiceSettings(language=voice, rate_wpm=table.rate_wpm)
    made_by = f"espeak-ng {_version_of('espeakng-loader')} {voice} {table.rate_wpm}"
    return CachedVoice(partial(Voice, settings), made_by=made_by, folder=folder)


def _espeak_name(table: VoiceTable, book: Phrasebook) -> str:
    """The region the user named, if it is of the book's language; else the book's voice."""
    language = table.language.lower()
    return language if "-" in language and language.startswith(f"{book.language}-") else book.voice


def _piper(table: VoiceTable, _: Phrasebook, folder: Path | None) -> Words:
    import sys  # noqa: PLC0415

    model = user_path(table.piper)
    try:
        facts = model.stat()
    except OSError as error:
        raise DeviceError(f"voice.piper: {model}: {error.strerror}; name an .onnx file", Reason.NO_DEVICE) from error
    settings = VoiceSettings(
        language=str(model),
        rate_wpm=table.rate_wpm,
        timeout_s=PIPER_TIMEOUT_S,
        command=(sys.executable, "-m", "cadencecoach.devices.voices.piperd"),
    )
    made_by = f"piper {_version_of('piper-tts')} {model.name} {facts.st_size} {facts.st_mtime_ns} {table.rate_wpm}"
    return CachedVoice(partial(Voice, settings), made_by=made_by, folder=folder)


def _system(table: VoiceTable, _: Phrasebook, folder: Path | None) -> Words:
    from cadencecoach.devices.voices.system import system_voice  # noqa: PLC0415

    made_by = f"system {table.speaker} {table.rate_wpm}"
    return CachedVoice(partial(system_voice, table.speaker, table.rate_wpm), made_by=made_by, folder=folder)


def _recorded_speaker(_: VoiceTable, book: Phrasebook, __: Path | None) -> Words:
    return ClipBank(asset("sounds"), book.language)


def _version_of(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # takes some milliseconds

    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
