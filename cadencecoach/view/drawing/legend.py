"""What the signs of a picture mean: a small sign and its words, as many as there are."""

from collections.abc import Iterable
from typing import NamedTuple

from cadencecoach.view.drawing.marks import MARKS, mark_path
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.drawing.patterns import fill_of, patterns


class Key(NamedTuple):
    """A sign and its meaning.

    Attributes:
        shape: a name of `_SHAPES` or of `MARKS`, or `hatch`
        class_: of the style sheet, or the name of the hatching
        words: what it means
    """

    shape: str
    class_: str
    words: str


_SHAPES = {
    "line": "M1 8H25",
    "box": "M1 2H25V14H1z",
    "up": "M7 13h12l-6-11z",
    "down": "M7 3h12l-6 11z",
    "tick": "M13 2V14",
    "bracket": "M2 13v-6H24v6",
    "cross": "M8 3l10 10M18 3l-10 10",
}


def legend(keys: Iterable[Key], prefix: str) -> Markup:
    """A list that wraps; hatchings are drawn as in the picture, under names that begin with the prefix."""
    entries = (element("li", _sign(key, f"{prefix}-{key.class_}"), element("span", key.words)) for key in keys)
    return element("ul", *entries, class_="legend")


def _sign(key: Key, prefix: str) -> Markup:
    if key.shape == "hatch":
        place = {"x": 1, "y": 2, "width": 24, "height": 12}
        parts = [
            patterns(prefix, key.class_),
            element("rect", class_=f"veil-{key.class_}", **place),
            element("rect", fill=fill_of(prefix, key.class_), **place),
            element("rect", class_="frame", **place),
        ]
    else:
        d = mark_path(key.shape, 13, 8, 5) if key.shape in MARKS else _SHAPES[key.shape]
        parts = [element("path", d=d, class_=key.class_)]
    return element("svg", *parts, viewBox="0 0 26 16", width=26, height=16, aria_hidden="true")
