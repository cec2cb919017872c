"""Marks that are told apart by their form."""

from each_row import each_row

from cadencecoach.record.entries import Site
from cadencecoach.view.drawing.marks import MARKS, mark_path
from cadencecoach.view.report.progress.panels import MARK_OF_SITE


def test_no_two_marks_have_one_form() -> None:
    """Each is drawn otherwise at the same place and size."""
    assert len({mark_path(mark, 0, 0, 4) for mark in MARKS}) == len(MARKS)


def test_every_place_of_pain_has_a_mark_of_its_own() -> None:
    """Those of the log, and a place that nobody named."""
    assert set(MARK_OF_SITE) == {*Site, None}
    assert len(set(MARK_OF_SITE.values())) == len(MARK_OF_SITE)


@each_row("mark", MARKS)
def test_a_mark_stands_about_its_middle(mark: str) -> None:
    """It begins within one and a quarter halves of it, and is closed."""
    path = mark_path(mark, 100.0, 50.0, 4.0)
    x, y = (float(part) for part in path[1:].replace("a", "L").split("L")[0].split())
    assert abs(x - 100) <= 5
    assert abs(y - 50) <= 5
    assert path.endswith("z")
