from cadencecoach.plan.repeats import Repeated, in_order
from cadencecoach.plan.syntax.nodes import MapNode

NODE = MapNode(line=1, column=1, pairs=())


def test_repeats_in_repeats_are_done_in_their_order() -> None:
    """Each part comes as often as all the repeats around it come to, which stands beside it."""
    inner: Repeated[str] = Repeated(times=2, node=NODE, parts=("b",))
    outer: Repeated[str] = Repeated(times=2, node=NODE, parts=("a", inner))
    assert list(in_order(("warm-up", outer))) == [("warm-up", 1), *[("a", 2), ("b", 4), ("b", 4)] * 2]
