"""Whether the runner is helped: whether a beat or corrections are on offer at this moment.

A stage says so at its beginning; where help is below 100 %, `help` lines say when a helped or a silent stretch begins.
Sound that the runner has muted is no help. Journals from before those lines are read by what they do say: a stage with
a target and neither beat nor feedback is a probe, and any other is helped. A probe stays silent whatever lines follow:
older journals hold lines of a help that a plan gave to all its stages, and nothing could be heard of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Line = Mapping[str, Any]


def is_probe(stage: Line) -> bool:
    """Whether a `stage` line begins a stage that is measured and not helped."""
    told = stage.get("is_probe")
    if told is not None:
        return bool(told)
    is_asked = stage.get("target_spm") is not None
    return is_asked and stage.get("beat") == "off" and stage.get("feedback") == "none"


@dataclass(slots=True)
class Helping:
    """The help of the stage that runs.

    Attributes:
        is_offered: by the plan, at this moment
        is_muted: by the runner
        was_given: something was on offer, with a target to reach, at some time of the session
        index: of the stage; None before the first
        is_in_probe: it is one, or has become one
    """

    is_offered: bool = True
    is_muted: bool = False
    was_given: bool = False
    index: object = None
    is_in_probe: bool = False

    @property
    def is_on(self) -> bool:
        """Whether there is anything to be heard."""
        return self.is_offered and not self.is_muted

    def is_new(self, stage: Line) -> bool:
        """Whether a `stage` line begins a stage; else its target has become known, or was changed."""
        return self.index is None or stage.get("index") != self.index

    def enter(self, stage: Line) -> None:
        """A `stage` line; its `help` lines come after it. A target that becomes known may make it a probe."""
        if self.is_new(stage):
            self.index = stage.get("index")
            self.is_in_probe = False
            self.is_offered = stage.get("help_ratio", 1.0) != 0
        if is_probe(stage):
            self.is_in_probe, self.is_offered = True, False

    def switch(self, line: Line) -> None:
        """A helped or a silent stretch begins."""
        self.is_offered = not self.is_in_probe and bool(line.get("is_on", True))

    def mute(self, line: Line) -> None:
        """The sound goes off or on."""
        self.is_muted = bool(line.get("is_muted"))
