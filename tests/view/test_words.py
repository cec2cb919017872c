"""Times and rates as a person reads them."""

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.view.glyphs import ASCII, UNICODE, Glyphs
from cadencecoach.view.words import band_range, clean, clock, percent, remaining, spm


@each_row(
    ("time_s", "passed", "left"),
    [(0, "00:00", "00:00"), (0.2, "00:00", "00:01"), (299.9, "04:59", "05:00"), (3600, "1:00:00", "1:00:00")],
)
def test_a_clock_cuts_and_a_countdown_rounds_up(time_s: float, passed: str, left: str) -> None:
    """00:00 is shown before the first second has passed, and after the last."""
    assert (clock(time_s), remaining(time_s)) == (passed, left)


def test_a_countdown_never_goes_below_zero() -> None:
    """A stage that is over by a moment has nothing left."""
    assert remaining(-3.0) == "00:00"


def test_a_band_is_shown_as_the_whole_steps_inside() -> None:
    """Who reads 168 on the screen is inside a band shown from 168; a narrow band shows its parts."""
    assert band_range(167.1, 177.2, ENGLISH_SCREEN) == "168 to 177"
    assert band_range(171.6, 172.4, ENGLISH_SCREEN) == "171.6 to 172.4"


def test_missing_is_shown_as_missing() -> None:
    """A dash, never a zero."""
    assert (spm(None), percent(None), spm(0.0), percent(0.0)) == ("-", "-", "0", "0 %")


@given(st.text(), st.integers(0, 60), st.sampled_from([UNICODE, ASCII]))
def test_fitted_text_fits(text: str, width: int, glyphs: Glyphs) -> None:
    """Any text becomes one clean line of at most so many columns."""
    fitted = glyphs.fit(text, width)
    assert cell_len(fitted) <= width
    assert fitted.isprintable()
    assert clean(clean(text)) == clean(text)
