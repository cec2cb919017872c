from pathlib import Path

import pytest

from cadencecoach.coach.attention import TABLE
from tools.coach_page import MEANS, describe

PAGE = Path(__file__).parents[2] / "docs" / "coach.md"


def test_the_page_about_the_coach_is_what_the_code_says() -> None:
    """docs/coach.md is current; `python -m tools.coach_page > docs/coach.md` makes it anew."""
    assert PAGE.read_text(encoding="utf-8") == describe()


@pytest.mark.slow
def test_every_row_of_the_table_is_on_the_page() -> None:
    """As many rows as the table has, and a meaning for each attention."""
    rows = describe().split("## Rows")[1].split("##")[0].strip().splitlines()[2:]
    assert len(rows) == len(TABLE)
    assert all(f"| {attention.value} | {means} |" in describe() for attention, means in MEANS.items())
