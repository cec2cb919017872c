"""A session's small line: the cadence, and behind it the band where there was one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

from cadencecoach.record.fold.spark import SparkPart
from cadencecoach.view.drawing.markup import Markup, element, group, path_of

WIDTH, HEIGHT, PAD = 96.0, 32.0, 3.0
Scale = Callable[[float], float]
LEAST_SPAN_SPM: Final = 16.0  # a steady run is a steady line, not one that fills the height


def spark_svg(parts: Sequence[SparkPart]) -> Markup:
    """The picture, or nothing where there is nothing to see; the numbers beside it say the same."""
    values = [spm for part in parts for spm in (part.cadence_spm, part.low_spm, part.high_spm) if spm is not None]
    if not values:
        return Markup("")
    middle, span = (max(values) + min(values)) / 2, max(max(values) - min(values), LEAST_SPAN_SPM)
    step = WIDTH / len(parts)

    def y(spm: float) -> float:
        return HEIGHT / 2 - (spm - middle) / span * (HEIGHT - 2 * PAD)

    return element(
        "svg",
        group(_bands(parts, step, y)),
        group(_lines(parts, step, y)),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        preserveAspectRatio="none",
        class_="spark",
        aria_hidden="true",
    )


def _bands(parts: Sequence[SparkPart], step: float, y: Scale) -> Iterator[Markup]:
    for band, some in groupby(enumerate(parts), key=lambda one: (one[1].low_spm, one[1].high_spm)):
        places = [place for place, _ in some]
        low, high = band
        if low is not None and high is not None:
            yield element(
                "rect",
                x=places[0] * step,
                y=y(high),
                width=len(places) * step,
                height=max(y(low) - y(high), 1.0),
                class_="helped",
            )


def _lines(parts: Sequence[SparkPart], step: float, y: Scale) -> Iterator[Markup]:
    for is_known, some in groupby(enumerate(parts), key=lambda one: one[1].cadence_spm is not None):
        points = [((place + 0.5) * step, y(part.cadence_spm or 0)) for place, part in some]
        if is_known:
            first_x, first_y = points[0]
            # A single part is a short stroke, not a point that nobody sees.
            yield element("path", d=path_of([(first_x - step / 2, first_y), *points]), class_="line")
