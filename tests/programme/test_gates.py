"""Which gate holds for which pain."""

from each_row import each_row

from cadencecoach.programme.gates import BONE, CALF, GATES, KNEE, MOST_PAIN, OTHER, TENDON, Gate, gate_of
from cadencecoach.programme.model import Treats
from cadencecoach.record.entries import Site


@each_row(
    ("site", "treats", "gate"),
    [
        (Site.KNEE, None, KNEE),
        (Site.ACHILLES, None, TENDON),
        (Site.CALF, Treats.KNEE, CALF),
        (Site.SHIN, None, OTHER),
        (None, None, OTHER),
        (None, Treats.TENDON, TENDON),
        (Site.OTHER, Treats.KNEE, KNEE),
        (Site.HIP, Treats.KNEE, OTHER),
        (Site.KNEE, Treats.BONE, BONE),
        (None, Treats.BONE, BONE),
    ],
)
def test_the_place_picks_the_gate(site: Site | None, treats: Treats | None, gate: Gate) -> None:
    """The place named; where none is, what is treated; and with a bone every pain is the bone's."""
    assert gate_of(site, treats) is gate


def test_no_gate_bears_more_than_the_most_and_every_one_says_where_it_is_from() -> None:
    """As in the papers named beside them: knee 2, tendon 3 and 5, bone 0."""
    assert [(gate.name, gate.clean, gate.most) for gate in GATES] == [
        ("knee", 2, 5),
        ("tendon", 3, 5),
        ("calf", 2, 5),
        ("bone", 0, 0),
        ("other", 2, 5),
    ]
    assert all(gate.clean <= gate.most <= MOST_PAIN and gate.source for gate in GATES)
