"""Figures large enough to read from two metres, drawn with half blocks.

A picture is 7 rows of 5 pixels. At scale k a pixel is k columns wide and k half rows high: a character cell is about
twice as high as wide, so pixels come out square. Without block characters a cell is `#` or empty.
"""

from collections.abc import Iterator, Sequence
from typing import Final

Cells = dict[tuple[bool, bool], str]

PIXEL_ROWS: Final = 7
PIXEL_COLUMNS: Final = 5
BLOCKS: Final[Cells] = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
HASHES: Final[Cells] = {(False, False): " ", (True, False): "#", (False, True): "#", (True, True): "#"}

# Each picture from top to bottom, one number of 5 bits a row.
_PICTURES: Final[dict[str, tuple[int, ...]]] = {
    "0": (0b01110, 0b11011, 0b11011, 0b11011, 0b11011, 0b11011, 0b01110),
    "1": (0b00110, 0b01110, 0b11110, 0b00110, 0b00110, 0b00110, 0b00110),
    "2": (0b01110, 0b11011, 0b00011, 0b00110, 0b01100, 0b11000, 0b11111),
    "3": (0b11110, 0b00011, 0b00011, 0b01110, 0b00011, 0b00011, 0b11110),
    "4": (0b00111, 0b01111, 0b11011, 0b11011, 0b11111, 0b00011, 0b00011),
    "5": (0b11111, 0b11000, 0b11110, 0b00011, 0b00011, 0b11011, 0b01110),
    "6": (0b01110, 0b11000, 0b11000, 0b11110, 0b11011, 0b11011, 0b01110),
    "7": (0b11111, 0b00011, 0b00011, 0b00110, 0b00110, 0b01100, 0b01100),
    "8": (0b01110, 0b11011, 0b11011, 0b01110, 0b11011, 0b11011, 0b01110),
    "9": (0b01110, 0b11011, 0b11011, 0b01111, 0b00011, 0b00011, 0b01110),
    "-": (0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000),
    " ": (0, 0, 0, 0, 0, 0, 0),
    "up": (0b00100, 0b01110, 0b11111, 0b01110, 0b01110, 0b01110, 0b01110),
    "down": (0b01110, 0b01110, 0b01110, 0b01110, 0b11111, 0b01110, 0b00100),
    "dot": (0b00000, 0b01110, 0b11111, 0b11111, 0b11111, 0b01110, 0b00000),
    "free": (0b00000, 0b01110, 0b11011, 0b10001, 0b11011, 0b01110, 0b00000),
    "cross": (0b00000, 0b10001, 0b11011, 0b01110, 0b11011, 0b10001, 0b00000),
    "pause": (0b00000, 0b11011, 0b11011, 0b11011, 0b11011, 0b11011, 0b00000),
    "ask": (0b01110, 0b11011, 0b00011, 0b00110, 0b00100, 0b00000, 0b00100),
    "?": (0b01110, 0b11011, 0b00011, 0b00110, 0b00100, 0b00000, 0b00100),
    "!": (0b00110, 0b00110, 0b00110, 0b00110, 0b00110, 0b00000, 0b00110),
    "stop": (0b00000, 0b11111, 0b11111, 0b11111, 0b11111, 0b11111, 0b00000),
}


def n_rows(scale: int) -> int:
    """Terminal rows of a picture."""
    return (PIXEL_ROWS * scale + 1) // 2


def n_columns(n_pictures: int, scale: int) -> int:
    """Terminal columns of a row of pictures, one pixel apart."""
    return n_pictures * PIXEL_COLUMNS * scale + max(0, n_pictures - 1) * scale


def drawn(names: Sequence[str], scale: int, *, cells: Cells) -> list[str]:
    """A row of pictures as lines of text, all of the same length.

    Args:
        names: of pictures, digits included
        scale: columns a pixel
        cells: `BLOCKS` or `HASHES`
    """
    lines = [_pixel_line(names, y // scale, scale) for y in range(PIXEL_ROWS * scale)]
    if len(lines) % 2:
        lines.append([False] * len(lines[0]))
    return ["".join(cells[pair] for pair in zip(*pair_of, strict=True)) for pair_of in _pairs(lines)]


def _pixel_line(names: Sequence[str], row: int, scale: int) -> list[bool]:
    gaps = [False] * scale
    line: list[bool] = []
    for n, name in enumerate(names):
        line += gaps if n else []
        for column in reversed(range(PIXEL_COLUMNS)):
            line += [bool(_PICTURES[name][row] >> column & 1)] * scale
    return line


def _pairs(lines: list[list[bool]]) -> Iterator[tuple[list[bool], list[bool]]]:
    return zip(lines[::2], lines[1::2], strict=True)
