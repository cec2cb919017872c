"""Signs for terminals that know Unicode, and for those that do not; and text made to fit either."""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from cadencecoach.view import digits
from cadencecoach.view.words import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """One terminal's stock of signs.

    Attributes:
        encoding: what every character must be able to go through
        signs: by name of the status sign
        cells: what huge figures are made of
        bar: done and to do
        ellipsis: where text was cut
        between: what stands between things on a line
        arrows: the keys up and down
        plus_minus: more or less
    """

    encoding: str
    signs: Mapping[str, str]
    cells: digits.Cells
    bar: tuple[str, str]
    ellipsis: str
    between: str
    arrows: str
    plus_minus: str

    def fit(self, text: str, width: int) -> str:
        """Untrusted text, cleaned and cut to a number of columns; wide characters count as two."""
        text = clean(text).encode(self.encoding, "replace").decode(self.encoding)
        if cell_len(text) <= width:
            return text
        keep = width - len(self.ellipsis)
        return set_cell_size(text, keep).rstrip() + self.ellipsis if keep > 0 else set_cell_size(text, max(0, width))

    @staticmethod
    def width_of(text: str) -> int:
        """Columns a text takes."""
        return cell_len(text)


UNICODE = Glyphs(
    encoding="utf-8",
    signs={"up": "▲", "down": "▼", "dot": "●", "free": "○", "cross": "✕", "pause": "‖", "stop": "■", "ask": "?"},
    cells=digits.BLOCKS,
    bar=("█", "░"),
    ellipsis="…",
    between=" · ",
    arrows="↑/↓",
    plus_minus="±",
)
ASCII = Glyphs(
    encoding="ascii",
    signs={"up": "^", "down": "v", "dot": "*", "free": "o", "cross": "x", "pause": "=", "stop": "#", "ask": "?"},
    cells=digits.HASHES,
    bar=("#", "-"),
    ellipsis="...",
    between=" | ",
    arrows="up/down",
    plus_minus="+-",
)


def glyphs_for(encoding: str) -> Glyphs:
    """The signs a console of this encoding can show."""
    return UNICODE if encoding.lower().replace("-", "").startswith("utf") else ASCII
