from each_row import each_row

from cadencecoach.plan.words import nearest, words_up_to


@each_row(
    ("word", "want"),
    [
        ("duraton", "duration"),
        ("Duration", "duration"),
        ("walk_below", "walk-below"),
        ("zebra", None),
        ("d" * 1000, None),
    ],
)
def test_the_word_that_was_meant(word: str, want: str | None) -> None:
    """A slip finds its word, a stranger none, and a monster is not looked at."""
    assert nearest(word, ("duration", "target", "walk-below")) == want


def test_text_is_tidied() -> None:
    """Line ends and runs of spaces become single spaces; emoji, Hebrew and joined letters stay."""
    assert (
        words_up_to(80)("  Run\n easily  \U0001f3c3 \u05e8\u05d5\u05e5 ") == "Run easily \U0001f3c3 \u05e8\u05d5\u05e5"
    )
