"""A stage together with the words it is made of: what the checks for settings that cancel each other look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cadencecoach.plan.building import Turn
from cadencecoach.plan.feedback import Feedback
from cadencecoach.plan.language import PlanText
from cadencecoach.plan.model import FixedBaseline, Stage
from cadencecoach.plan.part import Part
from cadencecoach.plan.syntax.nodes import MapNode, Node
from cadencecoach.plan.targets import Band, band_of

Head = Part[PlanText]


@dataclass(frozen=True, slots=True)
class Clash:
    """Settings of one stage that cancel each other.

    Attributes:
        place: which of them is told of
        message: what comes of them, and what to write instead
    """

    place: Node
    message: str


@dataclass(frozen=True, slots=True)
class Words:
    """One stage that is coached by cadence, and where its settings are written."""

    head: Head
    turn: Turn

    @property
    def stage(self) -> Stage:
        """What it comes to."""
        return self.turn.stage

    @property
    def feedback(self) -> Feedback:
        """The numbers that hold in it."""
        return self.turn.stage.feedback

    @property
    def band(self) -> Band | None:
        """The band in spm, where the text gives it away."""
        given = self.head.keys.baseline
        known_spm = given.spm if isinstance(given, FixedBaseline) else None
        return band_of(self.stage.target, self.stage.tolerance, known_spm)

    def at(self, *path: str) -> Node | None:
        """The value that holds for this stage, on the stage or else on the plan; None where it is not written."""
        return self.on_stage(*path) or _value(self.head.node, path)

    def on_stage(self, *path: str) -> Node | None:
        """The value where the stage itself writes it."""
        return _value(self.turn.part.node, path)

    def setting(self, key: str) -> Node | None:
        """A value of `feedback:`."""
        return self.at("feedback", key)

    def first_of(self, *keys: str) -> Node | None:
        """The first of some values of `feedback:` that is written."""
        return next((node for node in map(self.setting, keys) if node is not None), None)


Check = Callable[[Words], Iterator[Clash]]


def _value(node: Node, path: tuple[str, ...]) -> Node | None:
    for key in path:
        below = node.get(key) if isinstance(node, MapNode) else None
        if below is None:
            return None
        node = below
    return node


def has_corrections(stage: Stage) -> bool:
    """Whether anything comes of it when the runner leaves the band."""
    return stage.mean_help_ratio > 0 and stage.is_corrected


def fades(stage: Stage) -> bool:
    """Whether help is there for a part of the time."""
    return 0 < stage.mean_help_ratio < 1
