"""English that stands in files, in another language: texts of our plans, words and reasons of logs and journals.

The files keep the English; it is put into the runner's language where it is shown or spoken. A book lists each text as
it stands in the file. One with places in braces stands for many: `Week {week} run {number}`.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from cadencecoach.plan.forms import FormTexts, as_written, check_words, fill, numeric_day, places_in

Pairs = tuple[tuple[str, str], ...]

MAX_CHARS = 400
_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER = r"[+-]?\d[\d.,]*(?: (?:%|s|min|h|km|km/h|mph))?"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERS = re.compile(r"[+-]?\d+(?:\.\d+)?(?: (?:%|s|min|h|km|spm|km/h))?")
_BETWEEN = ("; ", ", and ", ", ", " and ")  # what parts of a reason are joined by
# What a place of a reason holds, by its name; a number or a day where none is named here.
_HOLDS = {
    "session": r"'.*?'|\".*?\"|the last session",
    "place": r"pain|\w+ pain",
    "site": r"\w+",
    **dict.fromkeys(("details", "what"), r".+?"),
}


def check_pairs(name: str, pairs: Pairs) -> None:
    """Refuse a text of a file that cannot be shown, or has other places than the English one.

    Raises:
        PhraseFault: names it
    """
    for english, text in pairs:
        check_words(f"{name}: {english}", text, places_in(english), MAX_CHARS)


def plan_text(text: str, of_plans: Pairs, forms: FormTexts) -> str:
    """A title, a name or a sentence of one of our plans in the book's language; any other text as it is."""
    known, patterns = _known_pairs(of_plans)
    if text in known:
        return known[text]
    for pattern, words in patterns:
        found = pattern.fullmatch(text)
        if found is not None:
            return fill(words, **{name: as_written(part, forms) for name, part in found.groupdict().items()})
    return text


def log_text(text: str, of_logs: Pairs, of_plans: Pairs, forms: FormTexts) -> str:
    """A word or a reason of a log or a journal in the book's language, with its days and numbers; else as it is."""
    if not of_logs:
        return text
    return _log_text(text, of_logs, of_plans, forms)


@lru_cache(maxsize=512)
def _log_text(text: str, of_logs: Pairs, of_plans: Pairs, forms: FormTexts) -> str:
    def say(part: str) -> str:
        return _log_text(part, of_logs, of_plans, forms)

    known, patterns = _sentences(of_logs)
    rule, colon, why = text.partition(": ")
    if text in known:
        return known[text]
    if colon and rule in known:  # a reason behind the name of its rule
        return f"{known[rule]}: {say(why)}"
    for pattern, words in patterns:
        found = pattern.fullmatch(text)
        if found is not None:
            return fill(words, **{name: say(part) for name, part in found.groupdict().items()})
    between = next((one for one in _BETWEEN if one in text and not text.startswith("'")), None)
    if between is not None:
        joint = known.get(between.strip(" ,;"), "")
        return (f" {joint} " if joint else between).join(map(say, text.split(between)))
    return _value(text, of_plans, forms)


def _value(text: str, of_plans: Pairs, forms: FormTexts) -> str:
    """A day, a number, or the name of a session, in quotes or not; else as it is."""
    if (day := _day(text)) is not None:
        return numeric_day(day, forms)
    if _NUMBERS.fullmatch(text):
        return as_written(text, forms)
    name = text.strip("'\"")
    return text.replace(name, plan_text(name, of_plans, forms)) if name else text


@lru_cache(maxsize=16)
def _known_pairs(pairs: Pairs) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Texts of plans: their places are numbers, or a word for `who`."""
    return _part_pairs(pairs, lambda name: r"\S+" if name == "who" else _NUMBER)


@lru_cache(maxsize=16)
def _sentences(pairs: Pairs) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Reasons; those with the most words of their own are tried first."""
    usual = f"{_NUMBERS.pattern}|{_DAY.pattern}"
    ranked = sorted(pairs, key=lambda pair: -len(_PLACE.sub("", pair[0])))
    return _part_pairs(ranked, lambda name: _HOLDS.get(name, usual))


def _part_pairs(
    pairs: Iterable[tuple[str, str]], place_of: Callable[[str], str]
) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    known = {english: words for english, words in pairs if "{" not in english}
    patterns = tuple((re.compile(_expression(english, place_of)), words) for english, words in pairs if "{" in english)
    return known, patterns


def _expression(english: str, place_of: Callable[[str], str]) -> str:
    parts = _PLACE.split(english)  # text and name in turn
    return "".join(
        f"(?P<{part}>{place_of(part)})" if number % 2 else re.escape(part) for number, part in enumerate(parts)
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
