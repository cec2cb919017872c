"""What the coach decides in one session: each action carried out, written down, and told to who watches."""

from collections.abc import Callable

from cadencecoach.coach.actions import Action, AnswerKey, CueKind, GiveCue, SayMessage
from cadencecoach.coach.coaching import Coaching
from cadencecoach.coach.events import Event, FeetChanged
from cadencecoach.record.kinds import cue_line, line_of, message_line
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
        self.state = coaching.begun
        self.last_cue = ""
        self._due_s: float | None = None  # asked for several times between two events, and the same until the next

    def due_s(self) -> float:
        """When something happens next by itself."""
        if self._due_s is None:
            self._due_s = self._coaching.due_s(self.state)
        return self._due_s

    def react(self, event: Event) -> tuple[Action, ...]:
        """Carry out what the coach makes of an event; answers what it asked for."""
        self.state, actions = self._coaching.react(self.state, event)
        self._due_s = None
        for action in actions:
            self._carry_out(action)
        return actions

    def _carry_out(self, action: Action) -> None:
        actual_s = self._perform(action)
        if isinstance(action, GiveCue):
            self.last_cue = action.text if action.kind is CueKind.SPOKEN else self.last_cue
            self._write(cue_line(action, actual_s=actual_s))
        elif isinstance(action, SayMessage):
            self._write(message_line(action, actual_s))
            texts = self.state.words.screen
            text = texts.message_no_voice if actual_s is None else texts.message_spoken
            self._watch(AnswerKey(time_s=action.time_s, text=text))
        else:
            write_thing(self._write, action)
        self._watch(action)
