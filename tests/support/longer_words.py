"""A made-up language whose words are 40 % longer than the English ones, as other languages' may be."""

from dataclasses import replace

from cadencecoach.plan.forms import TextTable, rows_of
from cadencecoach.plan.phrasebook import ENGLISH, READ, Phrasebook, field_of
from cadencecoach.plan.report_texts import MAX_REPORT_CHARS
from cadencecoach.plan.screen_texts import MAX_TEXT_CHARS

LONGER = 0.4
SYLLABLES = "-\u00fcber-\u00f1and\u00fa-\u00e9tage" * 20


def lengthen(text: str, most: int) -> str:
    """A text that is 40 % longer, as far as one may be; what is put into its places is not counted."""
    room = max(0, min(most - len(text), round(LONGER * len(text) + 0.5)))
    return f"{text}{SYLLABLES[:room]}"


def longer_words() -> Phrasebook:
    """All that is read, longer."""
    return replace(ENGLISH, **{field_of(table): _lengthen_table(table) for table in READ})  # type: ignore[arg-type]


def _lengthen_table(table: str) -> TextTable:
    texts: TextTable = getattr(ENGLISH, table)
    most = MAX_TEXT_CHARS if table in {"screen", "keys"} else MAX_REPORT_CHARS
    rows = {row.name: lengthen(getattr(texts, row.name), most) for row in rows_of(texts)}
    return replace(texts, **rows)  # type: ignore[arg-type]  # all are texts
