"""Tables of texts: what one may hold, and when two are one."""

import pickle
from dataclasses import replace

import pytest
from each_row import each_row

from cadencecoach.plan.forms import PhraseFault, TextTable, check_words, places_in, rows_of
from cadencecoach.plan.page_texts import ENGLISH_PAGE, PageTexts
from cadencecoach.plan.phrasebook import ENGLISH

TABLES = [value for value in (getattr(ENGLISH, name) for name in ENGLISH.__slots__) if isinstance(value, TextTable)]


@each_row("table", TABLES, ids=lambda table: type(table).__name__)
def test_the_english_texts_are_what_others_have_to_be(table: TextTable) -> None:
    """Each in one line, not too long, and a value in it once: a table looks at those that are not the English ones."""
    for row in rows_of(table):
        check_words(row.name, str(row.default), sorted(places_in(str(row.default))), table.LONGEST)


def test_a_text_that_is_given_is_looked_at() -> None:
    """A text without the value of the English one is a fault of whoever wrote it, an unknown row one of ours."""
    assert PageTexts(left_in="Noch in {stage}").left_in == "Noch in {stage}"
    with pytest.raises(PhraseFault, match=r"left_in: .*wanted, each once: {stage}"):
        PageTexts(left_in="Noch")
    with pytest.raises(TypeError, match="no such row: lft_in"):
        PageTexts(lft_in="Noch in {stage}")
    with pytest.raises(AttributeError):
        ENGLISH_PAGE.left_in = "Noch in {stage}"  # type: ignore[misc]  # which is the claim


def test_tables_of_the_same_texts_are_one() -> None:
    """Made anew, changed and changed back, or come from another process."""
    changed = replace(ENGLISH_PAGE, target="Ziel")
    assert (changed == ENGLISH_PAGE, changed.target, changed.cadence) == (False, "Ziel", ENGLISH_PAGE.cadence)
    from_elsewhere = pickle.loads(pickle.dumps(ENGLISH_PAGE))  # noqa: S301  # our own
    for same in (PageTexts(), replace(changed, target=ENGLISH_PAGE.target), from_elsewhere):
        assert (same, hash(same)) == (ENGLISH_PAGE, hash(ENGLISH_PAGE))
