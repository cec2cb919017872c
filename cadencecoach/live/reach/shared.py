"""A session shared with others while it runs: they see its moments, and their keys count like those of its host."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from cadencecoach.coach.actions import Action, CueKind, EndSession, GiveCue
from cadencecoach.coach.events import FeetChanged, Key
from cadencecoach.coach.key_table import KEY_BY_NAME, TEN, Mode, ScreenKey, keys_of
from cadencecoach.coach.pain import SHOWN_S, WORST
from cadencecoach.coach.state import State
from cadencecoach.devices.reach.channel import Channel, KeyOrder
from cadencecoach.gait.unit import Unit
from cadencecoach.live.opening.opened import Joining
from cadencecoach.live.reach.unattended import Unattended
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Plan
from cadencecoach.session.host import Display, Keys
from cadencecoach.session.session import Session
from cadencecoach.view.plain import key_answer
from cadencecoach.view.session_moment import model_of
from cadencecoach.view.wire import TRACE_S, moment_message, session_message, trace_point

NAME_OF = {key.value: name for name, key in KEY_BY_NAME.items()}  # what is pressed for what is asked
TRACE_EVERY_S = 1.0


class SharedSession:
    """What a session and its channel know of each other.

    Threads: all of it is for the session's thread, but the greeting.
    """

    def __init__(
        self,
        plan: Plan,
        mode: Mode,
        about: Mapping[str, str],
        *,
        takes_taps: bool,
        joining: Joining | None,
        now_s: Callable[[], float],
        ring: Callable[[], None],
        song: Callable[[], str] = lambda: "",
    ) -> None:
        """Let it be reached from now on.

        Args:
            plan: what is run
            mode: guided, or the metronome alone
            about: of the session's place
            takes_taps: whether the runner may tap the steps in a guided session
            joining: how a phone comes to it; None where none does
            now_s: a clock of this machine that only goes on
            ring: called from another thread when somebody has pressed a key
            song: the title of the song that is heard now; empty where none is
        """
        self._plan, self._mode, self._about, self._now_s = plan, mode, about, now_s
        self._joining, self._song = joining, song
        is_left_out = mode is Mode.GUIDED and not takes_taps
        self._keys = keys_of(mode) - ({Key.TAP} if is_left_out else set())
        self._trace: deque[tuple[Any, ...]] = deque(maxlen=TRACE_S)
        self._session: Session | None = None
        self._order: KeyOrder | None = None
        self._names: deque[str] = deque()  # still to be pressed for the order
        self._before: tuple[State, Unit | None] | None = None
        self._answer = ""
        self._unattended: Unattended | None = None
        self._is_broken = False
        self._channel = Channel(about, self._greeting, ring)

    def share(self, do: Callable[[], str | None]) -> str | None:
        """Do a part of the sharing: whatever goes wrong in it ends the sharing, never the session of who runs."""
        if self._is_broken:
            return None
        try:
            return do()
        except Exception:  # noqa: BLE001  # a bug, too
            self._is_broken = True
            self._channel.close()
            return None

    def close(self) -> None:
        """Let everybody hear the end; nobody can reach it afterwards."""
        self._channel.close()

    def display(self, inner: Display, message: Callable[[], str], unit_text: str) -> Display:
        """A display whose moments others see too; the arguments are those of `Host.display`."""
        self._unattended = inner if isinstance(inner, Unattended) else None
        return _SharedDisplay(self, inner, message, unit_text)

    def keys(self, inner: Keys) -> Keys:
        """A keyboard, and the keys that others press."""
        return _SharedKeys(self, inner)

    def note(self, session: Session, thing: Action | FeetChanged, answer: str) -> None:
        """Send what is said and the end; keep what the last key came to."""
        self._session = session
        self._answer = answer or self._answer
        if isinstance(thing, GiveCue) and thing.kind is CueKind.SPOKEN:
            said = {"what": "said", "time_s": thing.time_s, "words": thing.text, "reason": thing.reason.value}
            self._channel.send(said)
        elif isinstance(thing, EndSession):
            self._channel.send({"what": "end", "time_s": thing.time_s, "reason": thing.reason.value})

    def note_watching(self, session: Session) -> None:
        """Take note of who watches now; nobody can where the sharing has broken."""
        if self._unattended is not None:
            self._unattended.note_watching(session, 0 if self._is_broken else self._channel.n_clients)

    def show(self, session: Session, time_s: float, message: str, unit_text: str, answer: str) -> None:
        """Send the moment where somebody looks, and keep the trace for who comes later."""
        self._session, now_s = session, self._now_s()
        is_traced = not self._trace or now_s - self._trace[-1][0] >= TRACE_EVERY_S
        if not is_traced and not self._channel.n_clients:
            return
        model = model_of(session, time_s, message, unit_text, answer)
        if model is None:
            return
        if is_traced:
            self._trace.append(trace_point(model, sent_s=now_s))
        self._channel.show(
            moment_message(model, session.state, sent_s=now_s, is_joining=self._is_joining, song=self._song())
        )

    @property
    def is_forsaken(self) -> bool:
        """Whether it would go on for ever, and nobody is there."""
        return self._unattended is not None and self._unattended.is_forsaken

    def next_name(self) -> str | None:
        """The next key that somebody else presses; what came of the one before is answered."""
        if self._names:
            return self._names.popleft()
        self._settle()
        while (order := self._channel.take()) is not None:
            wrong = self._begin(order)
            if not wrong:
                return self._names.popleft()
            self._channel.answer(order, wrong)
        return None

    def _begin(self, order: KeyOrder) -> str:
        """Take an order up; answers what is wrong with it, mostly nothing."""
        session = self._session
        if session is None:
            return "the session has not begun"
        if self._unattended is not None:
            self._unattended.note_key(session)
        texts = session.state.words.screen
        if order.key not in NAME_OF or Key(order.key) not in self._keys:
            return fill(texts.no_such_key, key=order.key[:20])
        is_pain = order.key == Key.PAIN.value
        if order.value is not None and not (is_pain and 0 <= order.value <= WORST):
            return f"{order.key} takes a number from 0 to {WORST}" if is_pain else f"{order.key} takes no number"
        names = [NAME_OF[order.key]]
        if order.key == Key.STOP.value:
            names *= 2  # whoever asks from elsewhere was asked there; to a session that has ended the second is none
        if order.value is not None:
            asked = [] if session.state.pain.is_open(session.now_s) else names
            names = [*asked, TEN if order.value == WORST else str(order.value)]
        self._order, self._answer, self._before = order, "", _memory(session)
        self._names.extend(names)
        return ""

    def _settle(self) -> None:
        """Answer the order whose last key has been pressed: wrong is what has answered and changed nothing."""
        if self._order is None or self._session is None:
            return
        has_changed = self._before != _memory(self._session)
        self._channel.answer(self._order, "" if has_changed else self._answer)
        self._order = None

    def _greeting(self) -> dict[str, Any]:
        return session_message(self._plan, self._mode, self._about, tuple(self._trace), self._keys, self._told_joining)

    @property
    def _told_joining(self) -> dict[str, Any] | None:
        joining = self._joining
        return None if joining is None else {"code": joining.code, "before": joining.before, "after": joining.after}

    @property
    def _is_joining(self) -> bool:
        return self._joining is not None and self._joining.is_wanted()


def _memory(session: Session) -> tuple[State, Unit | None]:
    """What a key can change."""
    return replace(session.state, now_s=0.0), session.unit


class _SharedKeys:
    """Keys that others press first, then the keyboard's."""

    def __init__(self, shared: SharedSession, inner: Keys) -> None:
        self._shared, self._inner = shared, inner

    @property
    def look_every_s(self) -> float:
        """As often as the keyboard asks for: others do not wait to be looked for, they ring."""
        return self._inner.look_every_s

    def poll(self) -> str | None:
        """The next key pressed, or None."""
        return self._shared.share(self._shared.next_name) or self._inner.poll()


class _SharedDisplay:
    """A display, and the same for others."""

    def __init__(self, shared: SharedSession, inner: Display, message: Callable[[], str], unit_text: str) -> None:
        self._shared, self._inner, self._message, self._unit_text = shared, inner, message, unit_text
        self._answer, self._answered_s = "", -SHOWN_S

    def watch(self, session: Session, thing: Action | FeetChanged) -> None:
        """As the display."""
        self._inner.watch(session, thing)
        self._shared.share(lambda: self._note(session, thing))

    def press(self, session: Session, key: ScreenKey | None) -> None:
        """As the display: what a key of the terminal shows there concerns nobody else."""
        self._inner.press(session, key)

    def show(self, session: Session, time_s: float) -> None:
        """As the display."""
        self._inner.show(session, time_s)
        self._shared.note_watching(session)
        self._shared.share(lambda: self._show(session, time_s))

    def _note(self, session: Session, thing: Action | FeetChanged) -> None:
        model = model_of(session, session.now_s, "", "")
        answer = "" if model is None else key_answer(thing, model)
        if answer:
            self._answer, self._answered_s = answer, session.now_s
        self._shared.note(session, thing, answer)

    def _show(self, session: Session, time_s: float) -> None:
        is_shown = session.state.pain.is_open(time_s) or time_s - self._answered_s <= SHOWN_S
        self._shared.show(session, time_s, self._message(), self._unit_text, self._answer if is_shown else "")

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._inner.__exit__(kind, error, at)
