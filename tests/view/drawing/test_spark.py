"""The small line of a session as a picture."""

import re

from cadencecoach.record.fold.spark import SparkPart
from cadencecoach.view.drawing.spark import HEIGHT, WIDTH, spark_svg


def test_a_gap_breaks_the_line_and_a_new_band_begins_a_new_area() -> None:
    """Two strokes, two areas, all within the picture."""
    parts = (SparkPart(160), SparkPart(161, 158, 164), SparkPart(None, 158, 164), SparkPart(170, 168, 174))
    drawn = spark_svg(parts).text
    assert drawn.count('class="line"') == 2
    assert drawn.count('class="helped"') == 2
    points = [tuple(map(float, pair)) for pair in re.findall(r"[ML]([\d.]+) ([\d.]+)", drawn)]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert points[0][1] > points[-1][1]  # higher is quicker


def test_a_band_is_drawn_without_a_sensor_too_and_nothing_where_nothing_is_known() -> None:
    """A metronome has a tempo, and nobody heard the feet."""
    assert 'class="line"' not in spark_svg((SparkPart(None, 165, 175),) * 4).text
    assert 'class="helped"' in spark_svg((SparkPart(None, 165, 175),) * 4).text
    assert spark_svg((SparkPart(),) * 4).text == spark_svg(()).text == ""
