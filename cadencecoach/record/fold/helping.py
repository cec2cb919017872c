"""Whether the runner is helped: whether a beat or corrections are on offer at this moment.

A stage says so at its beginning; where help is below 100 %, `help` lines say when a helped or a silent stretch begins.
Sound that the runner has muted is no help. Journals from before those lines are read by what they do say: a stage with
a target and neither beat nor feedback is a probe, and any other is helped. A probe stays silent whatever lines follow:
older journals hold lines of a help that a plan gave to all its stages, and nothing could be heard of it.
"""

from dataclasses import dataclass

from cadencecoach.record.lines import HelpLine, StageLine


def is_probe(stage: StageLine) -> bool:
    """Whether it begins a stage that is measured and not helped."""
    if stage.is_probe is not None:
        return stage.is_probe
    return stage.target_spm is not None and stage.beat == "off" and stage.feedback == "none"


@dataclass(slots=True)
class Helping:
    """The help of the stage that runs.

    Attributes:
        is_offered: by the plan, at this moment
        is_muted: by the runner
        is_in_probe: the stage is one, or has become one
    """

    is_offered: bool = True
    is_muted: bool = False
    is_in_probe: bool = False

    @property
    def is_on(self) -> bool:
        """Whether there is anything to be heard."""
        return self.is_offered and not self.is_muted

    def enter(self, stage: StageLine, *, is_new: bool) -> None:
        """A stage begins, or its target has become known, which may make it a probe; its `help` lines come after it."""
        if is_new:
            self.is_in_probe = False
            self.is_offered = stage.help_ratio != 0
        if is_probe(stage):
            self.is_in_probe, self.is_offered = True, False

    def switch(self, line: HelpLine) -> None:
        """A helped or a silent stretch begins."""
        self.is_offered = not self.is_in_probe and line.is_on
