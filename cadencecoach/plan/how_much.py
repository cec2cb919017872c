"""How much a session says, where its plan leaves that to the runner."""

from dataclasses import replace

from cadencecoach.plan.feedback import HowMuch
from cadencecoach.plan.model import Plan, Stage

MANY_PRAISE_TIMES = 1 / 3  # of the usual time between two words for being back


def say_as_chosen(plan: Plan, chosen: HowMuch) -> Plan:
    """The plan with the runner's choice in each stage that does not say it itself."""
    return replace(plan, stages=tuple(_stage_as_chosen(stage, chosen) for stage in plan.stages))


def praise_spacing_s(stage: Stage) -> float:
    """Least time between two words for being back, or on how runs at one target went."""
    feedback = stage.feedback
    return feedback.praise_s * (MANY_PRAISE_TIMES if feedback.words is HowMuch.MANY else 1.0)


def _stage_as_chosen(stage: Stage, chosen: HowMuch) -> Stage:
    if stage.feedback.words is not HowMuch.AS_CHOSEN:
        return stage
    return replace(stage, feedback=replace(stage.feedback, words=chosen))
