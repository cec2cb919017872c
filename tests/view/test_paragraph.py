"""Paragraphs are wrapped between words, where a reader expects it."""

from each_row import each_row

from cadencecoach.view.paragraph import wrap


@each_row("mark", [":", ";", "?", "!"])
def test_a_mark_never_begins_a_line(mark: str) -> None:
    """French has a space before it; where the mark no longer fits, its word goes with it."""
    text = f"un signe {mark} douleur"
    assert list(wrap(text, 10)) == [f"un signe {mark}", "douleur"]
    assert list(wrap(text, 9)) == ["un", f"signe {mark}", "douleur"]
    assert list(wrap("half :-) a", 6)) == ["half", ":-) a"]
