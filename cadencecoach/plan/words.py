"""How words are written: one of a few, some of them, a line of text; and which word a misspelt one was meant to be.

The parsers are of the kind of `values`.
"""

import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache

from cadencecoach.plan.syntax.nodes import Number
from cadencecoach.plan.values import ValueFault, tidy

MAX_WORD_CHARS = 30  # no key or word of the language is half as long
WAYS_TEXT = "write some words"


def simplify(word: str) -> str:
    """A word as the language would spell it."""
    return word.strip().lower().replace("_", "-")


@lru_cache(maxsize=512)
def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word a misspelt one was meant to be, if one is near. None holds a number: that would be lost."""
    if len(word) > MAX_WORD_CHARS or any(c.isdigit() for c in word):
        return None
    simple = simplify(word)
    return simple if simple in known else next(iter(get_close_matches(simple, known, n=1, cutoff=0.6)), None)


def choice(*words: str) -> Callable[[object], str]:
    """A parser for one of a few words."""
    allowed = f"write {words[0]}" if len(words) == 1 else f"write {', '.join(words[:-1])} or {words[-1]}"

    def parse(value: object) -> str:
        if isinstance(value, bool):
            raise ValueFault("is not one of the words", allowed)
        text = tidy(value, allowed, number="is a number")
        if text in words:
            return text
        meant = nearest(text, words)
        raise ValueFault("is not known", f"did you mean {meant}? {allowed}" if meant else allowed)

    return parse


def choices(*words: str) -> Callable[[object], tuple[str, ...]]:
    """A parser for a list of some of a few words, in the order of the language."""
    allowed = f"write a list of {', '.join(words[:-1])} or {words[-1]}: '[{', '.join(words[:2])}]'"
    one = choice(*words)

    def parse(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise ValueFault("is not a list" if not isinstance(value, list) else "is empty", allowed)
        said = []
        for entry in value:
            try:
                said.append(one(entry))
            except ValueFault as fault:
                shown = entry.text if isinstance(entry, Number) else entry
                raise ValueFault(
                    f"holds {str(shown)[:MAX_WORD_CHARS]!a}, which {fault.problem}", fault.allowed
                ) from None
        return tuple(word for word in words if word in said)

    return parse


def words_up_to(limit: int) -> Callable[[object], str]:
    """A parser for text to be shown or spoken in one line."""

    def parse(value: object) -> str:
        if isinstance(value, Number | bool):
            raise ValueFault("is not text as it stands", "put it in quotes")
        text = _plain_text(value)
        if len(text) > limit:
            raise ValueFault(f"has {len(text)} characters", f"write {limit} at most")
        return text

    return parse


def _plain_text(value: object) -> str:
    match value:
        case str() if value.strip():
            pass
        case str() | None:
            raise ValueFault("is empty", WAYS_TEXT)
        case list():
            raise ValueFault("is a list", WAYS_TEXT)
        case _:
            raise ValueFault("is a set of keys", "if it is a sentence with ': ' in it, put it in quotes")
    text = " ".join(value.split())
    harmful = next((c for c in text if is_harmful(c)), None)
    if harmful:
        raise ValueFault(f"holds the invisible character U+{ord(harmful):04X}", "delete it")
    return text


def is_harmful(character: str) -> bool:
    """Controls, halves of pairs, line ends; marks that turn the direction of what follows them."""
    turns = unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return turns or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
