"""Who decides in a session, as one value: a memory to begin with and the two functions that move it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cadencecoach.coach.events import Event
from cadencecoach.coach.metronome import MetronomeSettings
from cadencecoach.coach.metronome_alone import begin_metronome, metronome_due_s, react_metronome
from cadencecoach.coach.react import due_s, react
from cadencecoach.coach.state import MessageToSay, State, begin
from cadencecoach.coach.step import Step
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """A kind of coach.

    Attributes:
        begun: its memory before the first event
        react: what it does about an event
        due_s: when it wants `ClockReached` next
    """

    begun: State
    react: Callable[[State, Event], Step]
    due_s: Callable[[State], float]


def guided(
    plan: Plan, baseline_spm: float | None = None, words: Phrasebook = ENGLISH, curve: SpeedCurve | None = None
) -> Coaching:
    """The coach that follows a plan and corrects; the arguments are those of `begin`."""
    return Coaching(begun=begin(plan, baseline_spm, words, curve), react=react, due_s=due_s)


def with_messages(coaching: Coaching, messages: Iterable[tuple[str, float]]) -> Coaching:
    """The same coach with the messages that its key may have spoken: id and length of each, the newest first."""
    known = tuple(MessageToSay(id=id_, length_s=length_s) for id_, length_s in messages)
    return replace(coaching, begun=replace(coaching.begun, messages=known))


def metronome_alone(settings: MetronomeSettings, words: Phrasebook = ENGLISH) -> Coaching:
    """A beat, and nothing else decided."""
    return Coaching(begun=begin_metronome(settings, words), react=react_metronome, due_s=metronome_due_s)
