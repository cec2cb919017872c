"""A programme's values put into a plan: how long, how quick, how much help, and the words of the one thing worked on.

A stage says with `takes:` which of them it lets in. Stages that take minutes are stretched together, in proportion, so
that they last as long as the programme says; target, help and cue replace the stage's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cadencecoach.plan.building import Turn, with_help
from cadencecoach.plan.model import CueAt, Plan, Relative, Stage, StageCue


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What a programme says of one session; None and empty leave the plan as it is.

    Attributes:
        duration_s: how long the stages that take minutes last together
        target: in their place, counted from the baseline
        help_ratio: part of the time beat and corrections are offered, 0 to 1
        cue: words at the start of the stages that take a cue
    """

    duration_s: float | None = None
    target: Relative | None = None
    help_ratio: float | None = None
    cue: str = ""

    @property
    def given(self) -> tuple[str, ...]:
        """The values that are there, by the words a plan takes them with."""
        named = {"minutes": self.duration_s, "target": self.target, "help": self.help_ratio, "cue": self.cue or None}
        return tuple(name for name, value in named.items() if value is not None)


NO_VALUES = Values()


def fill_stages(turns: Sequence[Turn], values: Values) -> tuple[Turn, ...]:
    """The stages with the values in them."""
    own_s = sum(turn.stage.duration_s or 0.0 for turn in turns if "minutes" in turn.stage.takes)
    stretch = values.duration_s / own_s if values.duration_s is not None and own_s else 1.0
    return tuple(replace(turn, stage=_fill_stage(turn.stage, values, stretch)) for turn in turns)


def retarget(plan: Plan, target: Relative) -> Plan:
    """A plan with another target in the stages that take one; everything else as it is."""
    stages = tuple(replace(stage, target=target) if "target" in stage.takes else stage for stage in plan.stages)
    return replace(plan, stages=stages)


def taken_names(stages: Sequence[Stage]) -> frozenset[str]:
    """What the stages take, by the words of `takes:`."""
    return frozenset(word for stage in stages for word in stage.takes)


def _with_help(stage: Stage, help_ratio: float | None) -> Stage:
    """The stage with the same help from its start to its end, if it takes one."""
    if help_ratio is None or "help" not in stage.takes:
        return stage
    return with_help(stage, (help_ratio, help_ratio))


def _fill_stage(stage: Stage, values: Values, stretch: float) -> Stage:
    takes = stage.takes
    return replace(
        _with_help(stage, values.help_ratio),
        duration_s=stage.duration_s * stretch if stage.duration_s and "minutes" in takes else stage.duration_s,
        target=values.target if values.target is not None and "target" in takes else stage.target,
        cues=(CueAt(0.0, values.cue), *_later(stage)) if values.cue and "cue" in takes else stage.cues,
    )


def _later(stage: Stage) -> tuple[StageCue, ...]:
    """The stage's cues but the one at its start."""
    return tuple(cue for cue in stage.cues if not (isinstance(cue, CueAt) and cue.at_s == 0))
