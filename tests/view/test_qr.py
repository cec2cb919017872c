"""QR codes: what a camera sees of them, in terminals of any colour."""

import segno
from rich.console import Console
from rich.style import Style

from cadencecoach.view.qr import BORDER, qr_image, qr_text

ADDRESS = "http://192.168.1.7:8712/pair#123456"


def test_the_terminal_shows_every_module_dark_on_light_with_a_white_border() -> None:
    """Read back from half blocks, it is what the library has made."""
    text = qr_text(ADDRESS)
    rows = []
    for line in text.plain.splitlines():
        rows.append([glyph in "▀█" for glyph in line])
        rows.append([glyph in "▄█" for glyph in line])
    made = [[bool(module) for module in row] for row in segno.make_qr(ADDRESS).matrix_iter(border=BORDER)]
    assert rows[: len(made)] == made
    assert not any(any(row) for row in [*rows[:BORDER], *rows[-BORDER:]])
    assert text.style == Style(color="#000000", bgcolor="#ffffff")


def test_each_line_names_black_and_white_whatever_colours_the_terminal_has() -> None:
    """An own background too: the terminal's may be as dark as the ink."""
    console = Console(force_terminal=True, color_system="truecolor", width=200, no_color=False)
    with console.capture() as seen:
        console.print(qr_text(ADDRESS), soft_wrap=True)
    lines = [line for line in seen.get().splitlines() if line]
    assert len(lines) > 15
    assert all(line.startswith("\x1b[38;2;0;0;0;48;2;255;255;255m") for line in lines)


def test_a_page_gets_a_picture_without_a_request() -> None:
    """With its own colours, so that a dark page changes nothing."""
    picture = qr_image(ADDRESS)
    assert picture.startswith("data:image/svg+xml")
    assert "123456" not in picture
