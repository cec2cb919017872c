"""Labels that fit their room."""

from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.view.drawing.form import NARROW, STRONG_EM, WIDE


@given(st.text(max_size=80), st.floats(0, 400))
def test_a_fitted_text_fits(text: str, width: float) -> None:
    """Wide characters too; what would say nothing any more is left out."""
    fitted = WIDE.fit(text, width)
    assert fitted == "" or WIDE.text_width(fitted, STRONG_EM) <= width


def test_a_text_that_fits_is_left_alone() -> None:
    """Nothing is cut without need."""
    assert NARROW.fit("3 First rung", 200.0) == "3 First rung"
