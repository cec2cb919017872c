"""Text as a speech engine should get it: numbers as runners say them, signs as words of the language.

An English engine reads "174" as "one hundred and seventy four": half a second longer than the "one seventy-four" of the
track, and half a second is a step and a half. So a cadence is handed over in two parts. Other languages say the whole
number, and an engine would take the full stop behind it for an ordinal ("der hundertvierundsiebzigste").
"""

import re
from functools import lru_cache

from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook

_Rules = tuple[tuple[re.Pattern[str], str], ...]
_SPLIT: _Rules = (
    (re.compile(r"(?<![\d.])([1-9])00(?!\d|\.\d)"), r"\1 hundred"),
    (re.compile(r"(?<![\d.])([1-9])0([1-9])(?!\d|\.\d)"), r"\1 oh \2"),
    (re.compile(r"(?<![\d.])([1-9])([1-9]\d)(?!\d|\.\d)"), r"\1 \2"),
)
_WHOLE: _Rules = ((re.compile(r"(?<=\d)\.$"), ""),)


def spoken_text(text: str, book: Phrasebook = ENGLISH) -> str:
    """The text with its numbers, signs and units in words the engine says right.

    >>> spoken("Quicker. Target 174, +2.5 %.")
    'Quicker. Target 1 74, plus 2 point 5 percent.'
    """
    for pattern, words in _rules(book):
        text = pattern.sub(words, text)
    return text


@lru_cache(maxsize=8)
def _rules(book: Phrasebook) -> _Rules:
    signs = {name: word.replace("\\", "") for name, word in book.signs}
    return (
        (re.compile(r"(?<=\d\d)\s*[-\u2013]\s*(?=\d\d)"), f" {signs['to']} "),  # 168-176, but not 3-2-1
        (re.compile(r"(?<![\w.])\+\s*(?=\d)"), f"{signs['plus']} "),
        (re.compile(r"(?<![\w.])[-\u2212]\s*(?=\d)"), f"{signs['minus']} "),
        (re.compile(r"(?<=\d)\s*%"), f" {signs['percent']}"),
        (re.compile(r"(?<=\d)\s*spm\b"), f" {signs['spm']}"),
        *(_SPLIT if book.numbers == "split" else _WHOLE),
        (re.compile(r"(?<=\d)\.(?=\d)"), f" {signs['point']} "),
    )
