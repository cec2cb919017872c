"""How a language writes numbers and days: the decimal mark, thousands, months. Every table of texts holds its own.

Units (s, min, h, spm, km, %) are written the same in every language.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import Field, dataclass, fields
from datetime import date
from typing import ClassVar

GROUPED_FROM = 10_000  # four digits are read at a glance
_DIGITS_BEFORE = re.compile(r"(?<=\d)\.(?=\d)")
_PLACE = re.compile(r"\{(\w+)\}")


class PhraseFault(ValueError):  # noqa: N818  # as in the rest of the room
    """A phrasebook cannot be used: which phrase, and what is wrong with it."""


def places_in(text: str) -> list[str]:
    """The names of what stands in braces, in order."""
    return _PLACE.findall(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTexts:
    """The forms.

    Attributes:
        decimal: the mark before tenths
        thousands: the mark between groups of three digits, from 10,000 on
        months, weekdays: short names, January and Monday first, parted by spaces
        day: a day in a sentence
        day_of_year: the same without the year
        numeric_day: a day in a table
        yes, no: what may be typed for it, the letter first; English is understood as well
        before_marks: what stands before `;` and `:`, nothing or a space as in French
    """

    decimal: str = "."
    thousands: str = ","
    months: str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    weekdays: str = "Mon Tue Wed Thu Fri Sat Sun"
    day: str = "{day} {month} {year}"
    day_of_year: str = "{day} {month}"
    numeric_day: str = "{year}-{month}-{day}"
    yes: str = "y yes"
    no: str = "n no"
    before_marks: str = ""

    def __post_init__(self) -> None:
        """Refuse marks that are none, and lists of months and days that are too short or too long."""
        for name, mark in (("decimal", self.decimal), ("thousands", self.thousands)):
            if mark not in {".", ",", " ", "'", "\u2019", ""} or (name == "decimal" and not mark):
                raise PhraseFault(f"forms: {name}: {mark!r}: write . or , or another mark")
        if self.before_marks not in {"", " ", "\u00a0", "\u202f"}:
            raise PhraseFault(f"forms: before_marks: {self.before_marks!r}: write nothing or a space")
        for name, words, number in (("months", self.months, 12), ("weekdays", self.weekdays, 7)):
            if len(words.split()) != number or not words.isprintable():
                raise PhraseFault(f"forms: {name}: write {number} words with spaces between them")
        _check_answers(self.yes, self.no)
        for name in ("day", "day_of_year", "numeric_day"):
            text = getattr(self, name)
            wanted = ["day", "month"] if name == "day_of_year" else ["day", "month", "year"]
            if sorted(places_in(text)) != wanted or not text.isprintable():
                raise PhraseFault(f"forms: {name}: {text!r}: in braces wanted, each once: {', '.join(wanted)}")


def _check_answers(yes: str, no: str) -> None:
    for name, words in (("yes", yes), ("no", no)):
        if not words.split() or not words.isprintable() or len(words.split()[0]) != 1:
            raise PhraseFault(f"forms: {name}: {words!r}: write a letter, then words, with spaces between them")
    if set(yes.casefold().split()) & {*no.casefold().split(), "n", "no"}:
        raise PhraseFault(f"forms: yes: {yes!r}: one of the answers means no, here or in English")


ENGLISH_FORMS = FormTexts()


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class TextTable:
    """A table of what is read, one row a text, in one language.

    What makes, shows and compares a table is written here once: made for each by `dataclass`, which compiles a line a
    row for it, it took a tenth of the time of every start.

    Attributes:
        forms: how numbers and days are written in it; no row, and the same in all tables of a phrasebook
    """

    LONGEST: ClassVar[int]  # characters of a row

    forms: FormTexts = ENGLISH_FORMS

    def __init__(self, *, forms: FormTexts = ENGLISH_FORMS, **texts: str) -> None:
        """Take the English text for a row that is left out.

        Raises:
            PhraseFault: a text cannot be shown, or a value of the English one has no place in it; names the row
            TypeError: there is no such row
        """
        object.__setattr__(self, "forms", forms)
        for row in rows_of(self):
            english = str(row.default)
            text = texts.pop(row.name, english)
            if text != english:
                check_words(row.name, text, sorted(places_in(english)), self.LONGEST)
            object.__setattr__(self, row.name, text)
        if texts:
            raise TypeError(f"there is no such row: {', '.join(texts)}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))


def _values(table: TextTable) -> tuple[object, ...]:
    return tuple(getattr(table, field.name) for field in fields(table))


def rows_of(table: TextTable | type[TextTable]) -> tuple["Field[str]", ...]:
    """The rows of a table."""
    return tuple(field for field in fields(table) if field.name != "forms")


def check_words(name: str, text: str, places: Sequence[str], longest: int) -> None:
    """Refuse a text that cannot be shown, or has other places than it must have.

    Raises:
        PhraseFault: names it
    """
    if not text.strip() or len(text) > longest or not text.isprintable():
        raise PhraseFault(f"{name}: write some words in one line, {longest} characters at most")
    if sorted(places_in(text)) != sorted(places) or text.count("{") + text.count("}") != 2 * len(places):
        wanted = ", ".join(f"{{{place}}}" for place in places) or "nothing"
        raise PhraseFault(f"{name}: {text!r}: in braces wanted, each once: {wanted}")


def fill(text: str, **values: object) -> str:
    """A text with its places filled; what is put in is not looked at again, whatever braces it holds."""
    return _PLACE.sub(lambda place: str(values[place[1]]), text)


def joined_facts(parts: Iterable[str], forms: FormTexts = ENGLISH_FORMS) -> str:
    """Facts in one sentence, those that are empty left out: `one; two`."""
    return f"{forms.before_marks}; ".join(filter(None, parts))


def heading(words: str, forms: FormTexts = ENGLISH_FORMS) -> str:
    """Words with a colon, for what stands below or behind them."""
    return f"{words}{forms.before_marks}:"


def decimal(value: float, form: str = ".1f", forms: FormTexts = ENGLISH_FORMS) -> str:
    """A number as the language writes it; `form` as for `format`."""
    return as_written(format(value, form), forms)


def as_written(number: str, forms: FormTexts) -> str:
    """A number in digits with the language's decimal mark in place of the point."""
    return _DIGITS_BEFORE.sub(forms.decimal, number)


def whole(value: float, forms: FormTexts = ENGLISH_FORMS) -> str:
    """A whole number, in groups of three digits where it is long."""
    return f"{value:,.0f}".replace(",", forms.thousands) if abs(value) >= GROUPED_FROM else f"{value:.0f}"


def day_words(day: date, forms: FormTexts = ENGLISH_FORMS, *, with_year: bool = True) -> str:
    """A day in a sentence, whatever the locale of the machine."""
    text = forms.day if with_year else forms.day_of_year
    return fill(text, day=str(day.day), month=month_word(day, forms), year=str(day.year))


def month_word(day: date, forms: FormTexts = ENGLISH_FORMS) -> str:
    """The month of a day, short."""
    return forms.months.split()[day.month - 1]


def numeric_day(day: date, forms: FormTexts = ENGLISH_FORMS) -> str:
    """A day in a table."""
    return fill(forms.numeric_day, day=f"{day.day:02}", month=f"{day.month:02}", year=f"{day.year:04}")


def weekday_and_day(day: date, forms: FormTexts = ENGLISH_FORMS) -> str:
    """A day with its weekday: `Mon 2026-11-23`."""
    return f"{forms.weekdays.split()[day.weekday()]} {numeric_day(day, forms)}"
