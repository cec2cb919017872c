from each_row import each_row

from cadencecoach.record.breaks import break_s
from cadencecoach.record.lines import AliveLine, GapLine, Line, PlanLine

BOOT = {"id": "a", "s": 1000.0}
LINES: tuple[Line, ...] = (PlanLine(0.0, "", {}, BOOT), AliveLine(100.0))


def test_the_clock_that_nobody_sets_decides_where_it_was_not_restarted() -> None:
    """Whatever the wall clock says: an hour back, a day on, or nothing at all."""
    for now_s in (0.0, 5000.0, 90_000.0):
        assert break_s(LINES, started_s=3600.0, now_s=now_s, boot={"id": "a", "s": 1400.0}) == 300.0
    assert break_s(LINES, started_s=None, now_s=0.0, boot={"id": "a", "s": 1400.0}) == 300.0


def test_it_counts_from_the_last_break() -> None:
    """A session that went on has a later mark."""
    lines = (*LINES, GapLine(100.0, 300.0, "slept", {"id": "a", "s": 1400.0}), AliveLine(150.0))
    assert break_s(lines, started_s=0.0, now_s=0.0, boot={"id": "a", "s": 1460.0}) == 10.0


def test_after_a_restart_the_wall_clock_says_how_long_at_least_since_the_restart() -> None:
    """400 s by the wall clock, and the computer runs for 60 s; for 500 s, and one of the two clocks is wrong."""
    wall = {"started_s": 0.0, "now_s": 500.0}
    assert break_s(LINES, **wall, boot={"id": "b", "s": 60.0}) == 400.0
    assert break_s(LINES, **wall, boot={"id": "b", "s": 500.0}) is None


@each_row(("now_s", "passed_s"), [(94.0, None), (96.0, 0.0), (100.0, 0.0), (700.0, 600.0)])
def test_a_wall_clock_that_went_back_says_nothing(now_s: float, passed_s: float | None) -> None:
    """Not known is not zero; some seconds are how labels are rounded."""
    assert break_s((AliveLine(100.0),), started_s=0.0, now_s=now_s, boot=None) == passed_s


def test_a_break_of_unknown_length_before_makes_the_wall_clock_useless() -> None:
    """Nobody can tell when the part after it was run."""
    lines = (AliveLine(100.0), GapLine(100.0, None, "broke off"), AliveLine(200.0))
    assert break_s(lines, started_s=0.0, now_s=1000.0, boot=None) is None
    known = (AliveLine(100.0), GapLine(100.0, 300.0, "broke off"), AliveLine(200.0))
    assert break_s(known, started_s=0.0, now_s=1000.0, boot=None) == 500.0


def test_without_a_start_nothing_is_known() -> None:
    """A journal of an unknown hour."""
    assert break_s((AliveLine(100.0),), started_s=None, now_s=1000.0, boot=None) is None
