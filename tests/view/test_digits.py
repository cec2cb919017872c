"""Huge figures: their sizes, and that no two of them look alike."""

from itertools import combinations

from each_row import each_row

from cadencecoach.view.digits import _PICTURES, BLOCKS, HASHES, draw, n_columns, n_rows


@each_row("scale", range(1, 9))
@each_row("cells", [BLOCKS, HASHES])
def test_a_number_takes_the_room_it_says(scale: int, cells: dict[tuple[bool, bool], str]) -> None:
    """Rows and columns are those by which the screen makes its choice."""
    lines = draw("172", scale, cells=cells)
    assert (len(lines), {len(line) for line in lines}) == (n_rows(scale), {n_columns(3, scale)})


def test_a_picture_is_drawn_pixel_by_pixel() -> None:
    """At scale 2 a pixel is two columns of one row."""
    assert draw("1", 2, cells=HASHES) == [
        "    ####  ",
        "  ######  ",
        "########  ",
        "    ####  ",
        "    ####  ",
        "    ####  ",
        "    ####  ",
    ]


def test_no_two_digits_can_be_mistaken() -> None:
    """Any two digits differ in at least two pixels."""
    for one, other in combinations("0123456789", 2):
        pairs = zip(_PICTURES[one], _PICTURES[other], strict=True)
        assert sum((a ^ b).bit_count() for a, b in pairs) >= 2
