"""How much pain is let pass, by the place it is felt: one table. Pain is 0 to 10, as the runner gives it.

These are thresholds for when to ask, not a diagnosis. Whatever is above `most` stops the programme.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cadencecoach.coach.pain import STOPS_ABOVE
from cadencecoach.programme.model import Treats
from cadencecoach.record.entries import Site

MOST_PAIN = STOPS_ABOVE  # above it nothing goes on, wherever it is (pain-monitoring model: > 5 is unacceptable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What one place bears.

    Attributes:
        name: as the reasons call it
        clean: pain up to which a session is clean
        most: pain up to which the level is held; above it the programme stops
        settles: by when it must be back to what it was before the run: `60 min` or `next morning`
        source: where the numbers come from
    """

    name: str
    clean: int
    most: int
    settles: str
    source: str


KNEE = Gate(
    name="knee",
    clean=2,
    most=MOST_PAIN,
    settles="60 min",
    source="patellofemoral pain: up to 2 while running, back within 60 min (patellofemoral.trekeducation.org)",
)
TENDON = Gate(
    name="tendon",
    clean=3,
    most=MOST_PAIN,
    settles="next morning",
    source="pain-monitoring model: up to 3 safe, 4 to 5 acceptable if settled by morning (bim.physio; PMID 17307888)",
)
BONE = Gate(
    name="bone",
    clean=0,
    most=0,
    settles="next morning",
    source="bone stress: no pain at all (achievepodiatry.com.au)",
)
CALF = Gate(
    name="calf",
    clean=2,
    most=MOST_PAIN,
    settles="next morning",
    source="mild soreness is to be expected (PMID 28993130), an acute calf is a stop (10.1080/17461391.2022.2042398)",
)
OTHER = Gate(name="other", clean=2, most=MOST_PAIN, settles="next morning", source="(design), as for the knee")
GATES = (KNEE, TENDON, CALF, BONE, OTHER)

_BY_SITE: Mapping[Site, Gate] = {Site.KNEE: KNEE, Site.ACHILLES: TENDON, Site.CALF: CALF}
_BY_TREATED: Mapping[Treats, Gate] = {
    Treats.KNEE: KNEE,
    Treats.TENDON: TENDON,
    Treats.CALF: CALF,
    Treats.BONE: BONE,
}


def gate_of(site: Site | None, treats: Treats | None) -> Gate:
    """The gate for pain at a place; with a bone under treatment every pain is the bone's until somebody has looked."""
    if treats is Treats.BONE:
        return BONE
    if site is None or site is Site.OTHER:
        return OTHER if treats is None else _BY_TREATED[treats]
    return _BY_SITE.get(site, OTHER)
