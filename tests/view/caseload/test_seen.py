"""The caseload as it is seen: no line longer than the terminal, no text of a person that is markup."""

import re
from datetime import date

from each_row import each_row
from well_formed import loads_something, parsed

from cadencecoach.clinic.alerts import Alert
from cadencecoach.clinic.caseload import Section, Standing
from cadencecoach.clinic.events import Kind
from cadencecoach.view.caseload.lines import caseload_lines
from cadencecoach.view.caseload.page import caseload_page
from cadencecoach.view.glyphs import ASCII, UNICODE, Glyphs

DAY = date(2026, 3, 16)
HOSTILE = "<script>alert(1)</script> & \x1b[2J \u202e"
ALERT = Alert(
    id="0011aabb", kind=Kind.PAIN, raised=DAY, raised_by="answer, after", what=f"knee 7 {HOSTILE}", last_day=DAY
)
FULL = Standing(
    athlete="r7",
    section=Section.STOPPED,
    reason=f"knee 7 of 10: {HOSTILE} " + "and so on " * 20,
    alerts=(ALERT,),
    programme=f"Weeks {HOSTILE}",
    week=(3, 6),
    last_run_days=2,
    verdict="stop",
    pains=(None, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, None, 0),
    pain_site="knee",
    kept_spm=(6.1, 8.0),
    sessions=(4, 6),
    due=("refresher",),
)
EMPTY = Standing(athlete="r" * 40, section=Section.DUE, reason="due: a programme", pains=(None,) * 14)


@each_row("columns", [60, 80, 120, 200])
@each_row("glyphs", [UNICODE, ASCII])
def test_no_line_is_longer_than_the_terminal(columns: int, glyphs: Glyphs) -> None:
    """With a name of forty letters, a reason of two hundred, and what hides in texts made visible or gone."""
    lines = list(caseload_lines(DAY, (FULL, EMPTY), glyphs, is_practice=True, columns=columns))
    assert [line for line in lines if glyphs.width_of(line) > columns] == []
    assert "\x1b" not in "".join(lines)
    assert sum("r7" in line for line in lines) == 2  # one line, and one alert
    assert any(line.startswith("  0011aabb  red") for line in lines)


def test_a_day_of_which_nothing_was_said_is_a_point() -> None:
    """It is not zero, in blocks and in figures."""
    unicode, ascii_ = (
        next(line for line in caseload_lines(DAY, (FULL,), glyphs, is_practice=False, columns=80) if "r7" in line)
        for glyphs in (UNICODE, ASCII)
    )
    assert ".0123456789x.0" in ascii_
    assert re.search("·▁.{10}·▁", unicode)


def test_the_page_is_whole_and_holds_no_markup_of_others() -> None:
    """As a file of its own; every section that has somebody, and the open alerts."""
    page = caseload_page(DAY, (FULL, EMPTY), is_practice=False)
    parsed(page)
    assert loads_something(page) == []
    assert "<script" not in page
    assert "Stopped (1)" in page
    assert "Open alerts (1)" in page
    assert "Held (" not in page
    assert "counted nowhere" not in page
    assert '2 patients on <span class="day">2026-03-16</span>: 1 stopped, 1 due' in page


def test_practice_is_said_first() -> None:
    """Above everything else, and beside each name."""
    page = caseload_page(
        DAY, (Standing(athlete="v", section=Section.FINE, reason="", is_practice=True),), is_practice=True
    )
    assert page.index("counted nowhere") < page.index("<h1")
    assert ">practice</span>" in page
