"""Every picture is drawn twice: for a screen or paper, and for a phone. The page shows the one that fits."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len

from cadencecoach.view.drawing.markup import Markup, element

LETTER_EM, STRONG_EM = 0.6, 0.7  # mean width of a letter, plain and bold, in the widest of the fonts a page may get
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How large a picture is; all in pixels of its own grid.

    Attributes:
        name: begins the names inside the picture, so that those of two pictures do not clash
        width: of the whole
        plot_height: of the main plot
        left, right: margins beside the plot
        font: height of the letters
        n_x, n_y: at most this many numbers at the axes
    """

    name: str
    width: float
    plot_height: float
    left: float
    right: float
    font: float
    n_x: int
    n_y: int

    @property
    def x_end(self) -> float:
        """Where the plot ends on the right."""
        return self.width - self.right

    def text_width(self, text: str, letter_em: float = LETTER_EM) -> float:
        """How wide a text will be, rather too wide than too narrow; wide characters count as two."""
        return cell_len(text) * letter_em * self.font

    def fit(self, text: str, width: float) -> str:
        """As much of a bold text as fits; nothing when that would be less than three letters."""
        if self.text_width(text, STRONG_EM) <= width:
            return text
        while text and self.text_width(text + ELLIPSIS, STRONG_EM) > width:
            text = text[:-1].rstrip()
        return text + ELLIPSIS if len(text) > 2 else ""  # noqa: PLR2004  # says nothing any more


WIDE = Form(name="w", width=960, plot_height=290, left=52, right=14, font=13, n_x=12, n_y=7)
NARROW = Form(name="n", width=360, plot_height=230, left=36, right=8, font=12, n_x=5, n_y=6)


def draw_twice(draw: Callable[[Form], Markup]) -> Markup:
    """A picture in both forms; the style sheet shows one of them."""
    return element("div", draw(WIDE), draw(NARROW), class_="picture")


def svg(form: Form, height: float, label: str, *children: Markup) -> Markup:
    """The outermost element of a picture; `label` is what it says to somebody who does not see it."""
    return element(
        "svg",
        *children,
        class_=f"form-{form.name}",
        viewBox=f"0 0 {form.width:g} {height:g}",
        role="img",
        aria_label=label,
        font_size=form.font,
    )


def text(x: float, y: float, words: str, *, class_: str = "label", anchor: str = "start") -> Markup:
    """A label; `y` is its base line."""
    return element("text", words, x=x, y=y, class_=class_, text_anchor=None if anchor == "start" else anchor)
