"""Render the words that come with the program: `python tools/make_clips.py sounds`.

espeak-ng speaks them once, here; what it spoke is a recording, and recordings are not under its licence. One Opus file
a language, and an index of where each text stands.
"""

import json
import sys
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from cadencecoach.coach.phrases import SAID_SPM, sentences
from cadencecoach.devices.voice import FS_HZ, Voice, VoiceSettings
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.sound.speech_text import spoken_text
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable

LANGUAGES = ("en", "de", "fr", "es")
GAP_FRAMES = 960  # 20 ms of silence: no clip hears its neighbour in a lossy file
COMPRESSION = 0.94  # some 20 kbit/s: as clear as the engine is
NUMBERS = (*range(100), *SAID_SPM)


def main(folder: Path) -> None:
    """Write all languages."""
    for language in LANGUAGES:
        book = find_phrasebook(NO_MACHINE, VoiceTable(language=language))
        templates = [template_of(text, book) for text in (book.on_target, book.minutes_run)]
        clips = spoken_clips(book, [*texts_of(book), *(piece for pair in templates for piece in pair if piece)])
        index: dict[str, list[int]] = {}
        gap = np.zeros(GAP_FRAMES, np.float32)
        parts: list[NDArray[np.float32]] = [gap]
        at = GAP_FRAMES
        for text, clip in clips.items():
            index[text] = [at, at + len(clip)]
            parts += [clip, gap]
            at += len(clip) + GAP_FRAMES
        write(folder / f"words.{language}.ogg", np.concatenate(parts))
        facts = {"made_by": f"espeak-ng, voice {book.voice}", "clips": index, "templates": templates}
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        (folder / f"words.{language}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{language}: {len(index)} clips, {at / FS_HZ:.0f} s")


def texts_of(book: Phrasebook) -> list[str]:
    """Every sentence that holds no place for a number, and every number, as the engine gets them."""
    said = [sentence for texts in book.spoken_phrases().values() for text in texts for sentence in sentences(text)]
    numbers = [spoken_text(str(number), book) for number in NUMBERS]
    return list(dict.fromkeys([*(spoken_text(text, book) for text in said if "{" not in text), *numbers]))


def template_of(text: str, book: Phrasebook) -> list[str]:
    """What is said before and after a phrase's number."""
    head, _, tail = text.replace("{percent}", "{").replace("{minutes}", "{").partition("{")
    return [spoken_text(head, book), spoken_text(tail, book)]


def spoken_clips(book: Phrasebook, texts: list[str]) -> dict[str, NDArray[np.float32]]:
    """The clips, by text."""
    voice = Voice(VoiceSettings(language=book.voice))
    try:
        return voice.prepare(texts)
    finally:
        voice.close()


def write(path: Path, samples: NDArray[np.float32]) -> None:
    """One Opus file, written a second at a time."""
    form = {"format": "OGG", "subtype": "OPUS", "compression_level": COMPRESSION}
    with soundfile.SoundFile(path, "w", samplerate=FS_HZ, channels=1, **form) as file:
        for first in range(0, len(samples), FS_HZ):
            file.write(samples[first : first + FS_HZ])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
