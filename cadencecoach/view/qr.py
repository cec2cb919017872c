"""Addresses as QR codes: for a terminal, whatever its colours are, and for a page."""

from typing import Final

import segno
from rich.style import Style
from rich.text import Text

BORDER: Final = 4  # modules of white around it; the standard asks for as many
INK, PAPER = "#000000", "#ffffff"  # a camera looks for dark on light, also in a dark terminal
HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_text(address: str) -> Text:
    """A code for a terminal: two rows of modules in a line, in colours of its own."""
    rows = [[bool(module) for module in row] for row in segno.make_qr(address).matrix_iter(border=BORDER)]
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    lines = [
        "".join(map(HALVES.__getitem__, zip(*pair, strict=True))) for pair in zip(rows[::2], rows[1::2], strict=True)
    ]
    return Text("\n".join(lines) + "\n", style=Style(color=INK, bgcolor=PAPER), no_wrap=True)


def qr_image(address: str) -> str:
    """A code as an address of a picture that a page may show."""
    return segno.make_qr(address).svg_data_uri(border=BORDER, scale=8, dark="#000", light="#fff", omitsize=True)
