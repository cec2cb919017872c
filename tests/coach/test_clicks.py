"""How the beat clicks where nobody says how."""

from cadencecoach.coach.clicks import PLAIN, Accent, Click, Every, Graded


def test_a_plain_beat_is_what_was_meant() -> None:
    """Every step the same click, none left out, and the chance of it from seed 1."""
    assert Click(sound="click", every=Every.STEP, accent=Accent.NONE, pan=0.0, silent_ratio=0.0, seed=1) == PLAIN


def test_a_click_has_no_colour_at_first() -> None:
    """Grade 0, from no reading."""
    assert Graded() == Graded(heard=(), grade=0)
