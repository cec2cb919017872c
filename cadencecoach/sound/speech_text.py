"""Text as an English speech engine should get it: numbers as runners say them.

An engine reads "174" as "one hundred and seventy four": half a second longer than the "one seventy-four" of the track,
and half a second is a step and a half. So a cadence is handed over in two parts.
"""

import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d\d)\s*[-\u2013]\s*(?=\d\d)"), " to "),  # 168-176, but not 3-2-1
    (re.compile(r"(?<![\w.])\+\s*(?=\d)"), "plus "),
    (re.compile(r"(?<![\w.])[-\u2212]\s*(?=\d)"), "minus "),
    (re.compile(r"(?<=\d)\s*%"), " percent"),
    (re.compile(r"(?<=\d)\s*spm\b"), " steps per minute"),
    (re.compile(r"(?<![\d.])([1-9])00(?!\d|\.\d)"), r"\1 hundred"),
    (re.compile(r"(?<![\d.])([1-9])0([1-9])(?!\d|\.\d)"), r"\1 oh \2"),
    (re.compile(r"(?<![\d.])([1-9])([1-9]\d)(?!\d|\.\d)"), r"\1 \2"),
    (re.compile(r"(?<=\d)\.(?=\d)"), " point "),
)


def spoken(text: str) -> str:
    """The text with its numbers, signs and units in words the engine says right.

    >>> spoken("Quicker. Target 174, +2.5 %.")
    'Quicker. Target 1 74, plus 2 point 5 percent.'
    """
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    return text
