"""The voice's own process: `python -m cadencecoach.devices.speechd LANGUAGE RATE_WPM DATA_PATH`.

espeak-ng is one engine per process (a second one steals the first one's audio), it holds the interpreter while it
speaks, and it is under the GPL while this project is not. All three are good reasons for a process that does nothing
else: nobody imports this module.

It answers each line of stdin, a JSON string to be spoken, with a JSON line and raw audio: {"fs_hz": ..., "n_frames":
...} and so many 16-bit samples in native order, or {"error": ...} and nothing. The first line it writes, before any
request, is {"fs_hz": ..., "n_frames": 0} or the error that keeps it from speaking. It ends with its stdin.
"""

import contextlib
import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAX_DATA_PATH_BYTES = 159  # espeak-ng copies the path into a fixed buffer; one more and it does not start
NICENESS = 5  # words are prepared ahead; the beat and the screen come first

# speak_lib.h, API revision 12
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
PARAMETER_RATE = 1
CHARS_UTF8 = 1
EE_OK = 0
SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class EspeakError(Exception):
    """The engine refused; the message goes to the parent."""


class Espeak:
    """One engine, freshly loaded. Close it before the next is opened."""

    def __init__(self, speech: "Speech") -> None:
        """Start it and choose the voice.

        Raises:
            EspeakError: its data are not where they should be, or it has no such voice
            OSError: the library cannot be loaded
        """
        self._lib = ctypes.CDLL(speech.library_path)
        data_path = os.fsencode(speech.data_path)
        self.fs_hz = int(self._lib.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data_path, INITIALIZE_DONT_EXIT))
        if self.fs_hz <= 0:
            raise EspeakError(f"espeak-ng does not start with its data in {speech.data_path}")
        self._heard = bytearray()
        self._callback = SynthCallback(self._hear)  # kept: the library holds no reference to it
        self._lib.espeak_SetSynthCallback(self._callback)
        if self._lib.espeak_SetVoiceByName(speech.language.encode()) != EE_OK:
            raise EspeakError(f"espeak-ng has no voice {speech.language!r}")
        self._lib.espeak_SetParameter(PARAMETER_RATE, speech.rate_wpm, 0)

    def samples(self, text: str) -> bytes:
        """16-bit mono samples of the text."""
        words = text.encode(errors="replace") + b"\0"
        if self._lib.espeak_Synth(words, ctypes.c_size_t(len(words)), 0, 0, 0, CHARS_UTF8, None, None) != EE_OK:
            raise EspeakError("espeak-ng did not take the text")
        return bytes(self._heard)

    def close(self) -> None:
        """End the engine and unload its library."""
        self._lib.espeak_Terminate()
        _unload(ctypes.c_void_p(self._lib._handle))  # noqa: SLF001  # ctypes has no public way to unload

    def _hear(self, wave: "ctypes._Pointer[ctypes.c_short]", n_frames: int, _events: int | None) -> int:
        if wave and n_frames > 0:
            self._heard += ctypes.string_at(wave, 2 * n_frames)
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How this process speaks."""

    library_path: str
    data_path: str
    language: str
    rate_wpm: int

    def samples(self, text: str) -> tuple[int, bytes]:
        """Rate, and 16-bit mono samples of the text: the same for a text whatever was said before.

        The engine keeps the phase of its pitch wobble from phrase to phrase, in static memory that no call resets; a
        session made twice would not be the same file. So each phrase gets a freshly loaded library: 5 ms, of which
        the synthesis is 2.
        """
        espeak = Espeak(self)
        try:
            return espeak.fs_hz, espeak.samples(text)
        finally:
            espeak.close()


@contextlib.contextmanager
def short_path(data_path: Path) -> Iterator[Path]:
    """The folder itself, or a short way to it where its path is longer than the engine bears."""
    if len(os.fsencode(data_path)) <= MAX_DATA_PATH_BYTES:
        yield data_path
        return
    with tempfile.TemporaryDirectory(prefix="cc") as folder:
        short = Path(folder) / "espeak-ng-data"
        try:
            short.symlink_to(data_path, target_is_directory=True)
        except OSError:  # Windows, for most users
            shutil.copytree(data_path, short)
        yield short


def serve(speech: Speech, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer every line until there are no more."""
    for line in requests:
        try:
            fs_hz, samples = speech.samples(json.loads(line))
        except EspeakError as error:
            answer(answers, {"error": str(error)})
        else:
            answer(answers, {"fs_hz": fs_hz, "n_frames": len(samples) // 2}, samples)


def main(language: str, rate_wpm: str, data_path: str) -> None:
    """Serve stdin; an empty `data_path` means the data that came with the engine."""
    if sys.platform != "win32":
        os.nice(NICENESS)
    try:
        import espeakng_loader  # noqa: PLC0415  # missing on some platforms: then say so

        library = espeakng_loader.get_library_path()
        with short_path(Path(data_path or espeakng_loader.get_data_path())) as data:
            speech = Speech(library_path=library, data_path=str(data), language=language, rate_wpm=int(rate_wpm))
            fs_hz, _ = speech.samples("")  # all that can be wrong is wrong now
            answer(sys.stdout.buffer, {"fs_hz": fs_hz, "n_frames": 0})
            serve(speech, sys.stdin.buffer, sys.stdout.buffer)
    except (ImportError, OSError, EspeakError) as error:
        answer(sys.stdout.buffer, {"error": str(error)})


def _unload(handle: ctypes.c_void_p) -> None:
    if sys.platform == "win32":
        ctypes.windll.kernel32.FreeLibrary(handle)
    else:
        ctypes.CDLL(None).dlclose(handle)


def answer(answers: BinaryIO, header: dict[str, object], samples: bytes = b"") -> None:
    """Write one answer."""
    answers.write(json.dumps(header).encode() + b"\n" + samples)
    answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
