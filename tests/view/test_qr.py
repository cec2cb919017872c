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


def test_a_terminal_of_few_colours_still_gets_black_and_white() -> None:
    """Whatever colours it has of its own: each line names both."""
    for system, ink, paper in (
        ("truecolor", "38;2;0;0;0", "48;2;255;255;255"),
        ("256", "38;5;16", "48;5;231"),
        ("standard", "30", "107"),
    ):
        console = Console(force_terminal=True, color_system=system, width=200, no_color=False)  # type: ignore[arg-type]
        with console.capture() as seen:
            console.print(qr_text(ADDRESS), soft_wrap=True)
        lines = [line for line in seen.get().splitlines() if line]
        assert len(lines) > 15
        assert all(f"\x1b[{ink};{paper}m" in line for line in lines)


def test_a_page_gets_a_picture_without_a_request() -> None:
    """With its own colours, so that a dark page changes nothing."""
    picture = qr_image(ADDRESS)
    assert picture.startswith("data:image/svg+xml")
    assert "123456" not in picture
