"""Paragraphs are wrapped between words, where a reader expects it."""

import pytest

from cadencecoach.view.paragraph import wrap


@pytest.mark.parametrize("mark", [":", ";", "?", "!"])
def test_a_mark_never_begins_a_line(mark: str) -> None:
    """French has a space before it; where the mark no longer fits, its word goes with it."""
    text = f"un signe {mark} douleur"
    assert list(wrap(text, 10)) == [f"un signe {mark}", "douleur"]
    assert list(wrap(text, 9)) == ["un", f"signe {mark}", "douleur"]
    assert list(wrap("half :-) a", 6)) == ["half", ":-) a"]
