"""What the coach decides in one session: each action carried out, written down, and told to who watches."""

from collections.abc import Callable
from dataclasses import replace

from cadencecoach.coach.actions import Action, CueKind, GiveCue, SetTempo
from cadencecoach.coach.coaching import Coaching
from cadencecoach.coach.events import ClockReached, Event, FeetChanged, KeyPressed
from cadencecoach.coach.metronome.pending import PendingBeat
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.kinds import cue_line, line_of
from cadencecoach.record.lines import Line

Perform = Callable[[Action], float | None]
Write = Callable[[Line], None]
Watch = Callable[[Action | FeetChanged], None]


def write_thing(write: Write, thing: object) -> None:
    """Write down what leaves a trace."""
    line = line_of(thing)
    if line is not None:
        write(line)


class Decisions:
    """A coach at work: its memory, and what it has asked for.

    Args:
        coaching: who decides
        perform: carries out an action; for a cue it answers when the cue begins to sound, or None
        write: takes a line of the journal
        watch: is told of every action after it has come about
    """

    def __init__(self, coaching: Coaching, *, perform: Perform, write: Write, watch: Watch) -> None:
        """Nothing is decided before the first event."""
        self._coaching = coaching
        self._perform = perform
        self._write = write
        self._watch = watch
        self._pending = PendingBeat()
        self.state = coaching.begun
        self.last_cue = ""

    @property
    def timeline(self) -> Timeline | None:
        """The beat as it was ordered; None in silence."""
        return self._pending.timeline

    @property
    def beat(self) -> Timeline | None:
        """The beat with the tempo that begins with the next one; None in silence."""
        return self._pending.beat

    def due_s(self) -> float:
        """When something happens next by itself."""
        return min(self._coaching.due_s(self.state), self._pending.due_s)

    def step(self, at_s: float) -> tuple[Action, ...]:
        """Let the next thing happen that is due by `at_s`; answers as `react`."""
        if self._pending.waiting is None or self._pending.due_s > at_s:
            return self.react(ClockReached(at_s))
        waiting = self._pending.waiting
        self._carry_out(waiting)
        return (waiting,)

    def react(self, event: Event) -> tuple[Action, ...]:
        """Carry out what the coach makes of an event; answers what it asked for."""
        self.state, actions = self._coaching.react(self.state, event)
        for action in actions:
            self._carry_out(action)
        return actions

    def answer(self, event: KeyPressed) -> tuple[Action, ...]:
        """As `react`, but a tempo the runner asks for is heard with the next beat."""
        self.state, actions = self._coaching.react(self.state, event)
        for action in actions:
            orders = self._pending.moved(action) if isinstance(action, SetTempo) else None
            self._carry_out(action if orders is None else orders[0])
            if orders is not None:
                self._pending = replace(self._pending, waiting=orders[1])
        return actions

    def _carry_out(self, action: Action) -> None:
        actual_s = self._perform(action)
        if isinstance(action, SetTempo):
            self._pending = self._pending.ordered(action)
        if isinstance(action, GiveCue):
            self.last_cue = action.text if action.kind is CueKind.SPOKEN else self.last_cue
            self._write(cue_line(action, actual_s=actual_s))
        else:
            write_thing(self._write, action)
        self._watch(action)
