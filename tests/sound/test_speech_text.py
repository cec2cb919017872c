"""Numbers as runners say them."""

from dataclasses import replace

from each_row import each_row

from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.sound.speech_text import spoken_text


@each_row(
    ("text", "want"),
    [
        ("174", "1 74"),
        ("105", "1 oh 5"),
        ("110", "1 10"),
        ("100", "1 hundred"),
        ("200", "2 hundred"),
        ("Quicker. Target 174.", "Quicker. Target 1 74."),
        ("Now 168-176 spm.", "Now 1 68 to 1 76 steps per minute."),
        ("168\u2013176", "1 68 to 1 76"),
        ("2.5 %", "2 point 5 percent"),
        ("+5%, then -2.5 %.", "plus 5 percent, then minus 2 point 5 percent."),
        ("174.5", "174 point 5"),
        ("12 minutes", "12 minutes"),
        ("1000 steps in 2026", "1000 steps in 2026"),
        ("left-right, 3-2-1", "left-right, 3-2-1"),
        ("No numbers at all.", "No numbers at all."),
        ("", ""),
    ],
)
def test_numbers_and_signs_become_words(text: str, want: str) -> None:
    """Three digits in two parts, decimals and signs in words, all else as it was."""
    assert spoken_text(text) == want


def test_a_spoken_number_is_not_changed_again() -> None:
    """Text that was put into words once stays as it is."""
    spoken = [spoken_text(str(number)) for number in range(100, 300)]
    assert [spoken_text(text) for text in spoken] == spoken


GERMAN = replace(
    ENGLISH,
    language="de",
    numbers="whole",
    signs=(
        ("to", "bis"),
        ("plus", "plus"),
        ("minus", "minus"),
        ("percent", "Prozent"),
        ("spm", "Schritte"),
        ("point", "Komma"),
    ),
)


@each_row(
    ("text", "want"),
    [
        ("174.", "174"),
        ("94 Prozent im Ziel.", "94 Prozent im Ziel."),
        ("+2.5 %", "plus 2 Komma 5 Prozent"),
        ("168-176 spm", "168 bis 176 Schritte"),
    ],
)
def test_another_language_says_numbers_whole_and_signs_in_its_own_words(text: str, want: str) -> None:
    """And a number without its full stop, which would make an ordinal of it."""
    assert spoken_text(text, GERMAN) == want
