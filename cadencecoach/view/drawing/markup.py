"""Elements of HTML and SVG as text. The one place where text is escaped: nothing else writes a `<`.

Texts on a page come from files that anybody may have written (names of athletes, plans and stages, notes). A child that
is a `str` is such a text and is always escaped; only what `element` made is `Markup` and goes in as it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Controls, direction marks, zero-width characters and halves of surrogate pairs: a page must not obey or choke on them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_VOID = frozenset({"meta", "br", "hr", "path", "rect", "line", "circle", "use", "polyline", "polygon", "col", "input"})
_NAMES = {"class_": "class", "for_": "for"}
_DECIMALS = 2  # of a pixel: finer than any screen


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is HTML or SVG already."""

    text: str


Child = str | Markup
Value = str | float | int | None


def element(tag: str, *children: Child, **attributes: Value) -> Markup:
    """One element; a child that is a `str` is escaped.

    Args:
        tag: a name of ours, never one from a file
        children: in order
        attributes: names with `_` for `-` (`class_` for `class`); values are escaped, numbers kept short, None left out
    """
    written = "".join(
        f' {_attribute(name)}="{_value(value)}"' for name, value in attributes.items() if value is not None
    )
    inside = "".join(child.text if isinstance(child, Markup) else escape(child) for child in children)
    if tag in _VOID and not inside:
        return Markup(f"<{tag}{written}/>")
    return Markup(f"<{tag}{written}>{inside}</{tag}>")


def group(parts: Iterable[Markup]) -> Markup:
    """Several elements in a row, as one."""
    return Markup("".join(part.text for part in parts))


def escape(text: str) -> str:
    """Any text as a page may hold it: nothing in it is markup, and nothing hidden in it turns the page around."""
    return _UNSAFE.sub(" ", text).translate(_ESCAPES)


def short(number: float) -> str:
    """A number with no more digits than a picture can show."""
    text = f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def path_of(points: Sequence[tuple[float, float]]) -> str:
    """The `d` of a line through points; a single one becomes a dot of no length, which a round cap shows."""
    if len(points) == 1:
        points = (points[0], points[0])
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _attribute(name: str) -> str:
    return _NAMES.get(name, name.replace("_", "-"))


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else short(value)
