"""Figures large enough to read from two metres, drawn with half blocks.

A picture is 7 rows of 5 pixels. At scale k a pixel is k columns wide and k half rows high: a character cell is about
twice as high as wide, so pixels come out square; tall figures have pixels twice as high as wide. Without block
characters a cell is `#` or empty.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
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
    ":": (0, 0, 1, 0, 1, 0, 0),
}
_WIDTHS: Final = {":": 1}  # of pictures that are narrower than the others
KEPT = 64  # pictures drawn last: a clock changes one or two of its figures a second


def n_rows(scale: int) -> int:
    """Terminal rows of a picture."""
    return (PIXEL_ROWS * scale + 1) // 2


def n_columns(n_pictures: int, scale: int) -> int:
    """Terminal columns of a row of pictures, one pixel apart."""
    return n_pictures * PIXEL_COLUMNS * scale + max(0, n_pictures - 1) * scale


def width_of(names: Sequence[str], scale: int) -> int:
    """Terminal columns of these pictures, narrow ones among them."""
    return scale * (sum(map(_pixel_columns, names)) + max(0, len(names) - 1))


def draw(names: Sequence[str], scale: int, *, cells: Cells, height_scale: int | None = None) -> list[str]:
    """A row of pictures as lines of text, all of the same length.

    Args:
        names: of pictures, digits included
        scale: columns a pixel
        cells: `BLOCKS` or `HASHES`
        height_scale: half rows a pixel; None is as many as columns
    """
    height_scale = height_scale or scale
    parts = [_picture(name, scale, height_scale, cells is BLOCKS) for name in names]
    return [(" " * scale).join(part[row] for part in parts) for row in range(n_rows(height_scale))]


@lru_cache(maxsize=KEPT)
def _picture(name: str, scale: int, height_scale: int, is_of_blocks: bool) -> tuple[str, ...]:  # noqa: FBT001
    """One picture, line by line."""
    cells = BLOCKS if is_of_blocks else HASHES
    lines = [_pixel_line(name, y // height_scale, scale) for y in range(PIXEL_ROWS * height_scale)]
    if len(lines) % 2:
        lines.append([False] * len(lines[0]))
    return tuple("".join(cells[pair] for pair in zip(*pair_of, strict=True)) for pair_of in _pairs(lines))


def _pixel_line(name: str, row: int, scale: int) -> list[bool]:
    line: list[bool] = []
    for column in reversed(range(_pixel_columns(name))):
        line += [bool(_PICTURES[name][row] >> column & 1)] * scale
    return line


def _pixel_columns(name: str) -> int:
    return _WIDTHS.get(name, PIXEL_COLUMNS)


def _pairs(lines: list[list[bool]]) -> Iterator[tuple[list[bool], list[bool]]]:
    return zip(lines[::2], lines[1::2], strict=True)
