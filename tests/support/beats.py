"""Orders to the beat as a coach gives them, each in phase with the one before."""

from collections.abc import Iterable

from cadencecoach.coach.actions import Action, SetTempo
from cadencecoach.coach.ordered_beat import OrderedBeat
from cadencecoach.sound.commands import SetBeat

Asked = tuple[float, float | None] | tuple[float, float | None, float]


def orders(*asked: Asked) -> list[SetTempo]:
    """For each (time_s, tempo_spm) or (time_s, tempo_spm, ramp_s); no tempo stops the beat."""
    beat, made = OrderedBeat(), list[SetTempo]()
    for time_s, tempo_spm, *ramp_s in asked:
        order = beat.order(time_s, tempo_spm, *ramp_s)
        beat = beat.after(order)
        made.append(order)
    return made


def asked_for(before: OrderedBeat, after: OrderedBeat, actions: Iterable[Action]) -> list[SetTempo]:
    """Orders among the actions of one event; one that waits for its beat in place of the way to it, and only once."""
    given = [action for action in actions if isinstance(action, SetTempo) and action is not before.waiting]
    if given and after.waiting is not None and after.waiting is not before.waiting:
        given[-1] = after.waiting
    return given


def set_beats(*asked: Asked) -> list[SetBeat]:
    """The same as the engine's commands."""
    return [SetBeat(at_s=order.time_s, timeline=order.timeline) for order in orders(*asked)]
