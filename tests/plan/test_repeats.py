from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.repeats import Repeated, in_order


def test_repeats_in_repeats_are_done_in_their_order() -> None:
    """Each part comes as often as all the repeats around it come to, which stands beside it."""
    inner: Repeated[str] = Repeated(times=2, parts=("b",))
    outer: Repeated[str] = Repeated(times=2, parts=("a", inner))
    assert list(in_order(("warm-up", outer))) == [("warm-up", 1), *[("a", 2), ("b", 4), ("b", 4)] * 2]


def test_repeats_of_nothing_take_no_time() -> None:
    """A thousand times a thousand times a thousand times a stage that cannot be read is one mistake, told at once."""
    lines = [f"{'    ' * depth}- repeat: 1000\n{'    ' * depth}  stages:" for depth in range(3)]
    text = "\n".join(["plan: A", "stages:", *lines, f"{'    ' * 3}- 5", ""])
    checked = check_plan(text.encode(), "a.yaml")
    assert [finding.line for finding in checked.findings] == [9]
