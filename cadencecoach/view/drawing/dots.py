"""Numbers of groups as a picture that is a file of its own: a dot a group, each on a line of its own."""

from collections.abc import Iterator, Sequence

from cadencecoach.plan.syntax.findings import visible
from cadencecoach.view.drawing.form import Form, text
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.drawing.scale import Scale, nice_step, rounded_range, ticks
from cadencecoach.view.drawing.style import PICTURE_STYLE

FORM = Form(name="d", width=720, plot_height=0, left=16, right=24, font=16, n_x=6, n_y=0)
MARK = "<!-- a picture of numbers by cadencecoach -->\n"
LINE = 26.0
MOST_LINES = 60
MOST_NAME_EM = 14.0  # of the width that names may take
HEAD = 3 * LINE
RADIUS = 5.5
NONE_KNOWN = "not known"


def dots_svg(title: str, about: str, rows: Sequence[tuple[str, float | None]]) -> str:
    """The picture as the text of an SVG file that loads nothing.

    Args:
        title: what is measured
        about: its unit and where it comes from, in a line
        rows: name of each group, and its number; None is not known
    """
    shown, n_more = rows[:MOST_LINES], len(rows) - MOST_LINES
    names_width = min(max((FORM.text_width(visible(name)) for name, _ in shown), default=0.0), MOST_NAME_EM * FORM.font)
    values = [value for _, value in shown if value is not None]
    low, high = rounded_range(min(values), max(values), FORM.n_x) if values else (0.0, 1.0)
    step = nice_step(max(high - low, abs(high) / 1000, 1e-9), FORM.n_x)
    scale = Scale(low=low, high=max(high, low + step), start=FORM.left + names_width + 16, end=FORM.x_end - 56)
    bottom = HEAD + LINE * len(shown)
    height = bottom + 2 * LINE + (LINE if n_more > 0 else 0)
    parts = [
        element("title", title),
        element("desc", "; ".join(f"{visible(name)}: {_number(value)}" for name, value in shown)),
        element("style", Markup(PICTURE_STYLE)),
        element("rect", width=FORM.width, height=height, class_="paper"),
        text(FORM.left, LINE, FORM.fit(visible(title), FORM.width - 2 * FORM.left), class_="label strong"),
        text(FORM.left, 2 * LINE, FORM.fit(visible(about), FORM.width - 2 * FORM.left)),
        *(_axis(scale, bottom) if values else ()),
        *(part for n, (name, value) in enumerate(shown) for part in _row(n, name, value, scale, names_width)),
        *([text(FORM.left, bottom + 2 * LINE, f"and {n_more} more")] if n_more > 0 else []),
    ]
    picture = element(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {FORM.width:g} {height:g}",
        role="img",
        aria_label=visible(title),
        font_size=FORM.font,
        font_family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif",
    )
    return f"{MARK}{picture.text}\n"


def _axis(scale: Scale, bottom: float) -> Iterator[Markup]:
    for value in ticks(scale.low, scale.high, FORM.n_x):
        x = scale(value)
        yield element("path", d=f"M{x:.1f} {HEAD - LINE / 2:.1f}V{bottom:.1f}", class_="grid")
        yield text(x, bottom + FORM.font, f"{value:g}", anchor="middle")


def _row(n: int, name: str, value: float | None, scale: Scale, names_width: float) -> Iterator[Markup]:
    y = HEAD + LINE * n
    yield text(FORM.left, y + FORM.font / 3, FORM.fit(visible(name), names_width + FORM.font))
    if value is None:
        yield text(scale.start, y + FORM.font / 3, NONE_KNOWN)
        return
    yield element("path", d=f"M{scale.start:.1f} {y:.1f}H{scale(value):.1f}", class_="grid")
    yield element("circle", cx=f"{scale(value):.1f}", cy=f"{y:.1f}", r=RADIUS, class_="mean")
    yield text(scale(value) + 10, y + FORM.font / 3, _number(value))


def _number(value: float | None) -> str:
    return NONE_KNOWN if value is None else f"{value:.4g}"
