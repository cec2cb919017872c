"""What a session runs in: a terminal, a page, a test. It shows, takes keys, may end the session, and has a person."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from cadencecoach.coach.actions import Action
from cadencecoach.coach.events import FeetChanged
from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.plan.model import Plan
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts

if TYPE_CHECKING:
    from cadencecoach.session.session import Session


class Person(Protocol):
    """Whoever uses the program: told things, and asked where somebody can answer."""

    @property
    def can_answer(self) -> bool:
        """Whether a question would be seen, and could be answered."""

    def tell(self, *lines: str) -> None:
        """Give lines to read, apart from what a program may read."""

    def is_sure(self, question: str, texts: ScreenTexts = ENGLISH_SCREEN) -> bool:
        """Whether the answer to a question is yes; asked only where somebody can answer."""

    def choose(self, question: str, names: Sequence[str], texts: ScreenTexts = ENGLISH_SCREEN) -> int:
        """Which of several is meant, counted from 0; asked only where somebody can answer."""

    def presses(self, key: str, question: str) -> bool:
        """Whether the answer to a question is one key, and not Enter; asked only where somebody can answer."""

    def taps(self, seconds: float, done: str) -> Sequence[float]:
        """When keys are tapped, in seconds, for so long from the first one; empty where somebody leaves it.

        Asked only where somebody can answer, who is then told `done`.
        """

    def show_code(self, address: str) -> bool:
        """Show an address as a code that a phone's camera reads; whether it could be shown."""

    def wait_for(self, is_done: Callable[[], bool], every_s: float) -> bool:
        """Look so often whether something is done, until it is; False where a key is pressed before.

        Asked only where somebody can answer.
        """


class Nobody:
    """Nobody is there: nothing is read, and nothing can be asked."""

    can_answer = False

    def tell(self, *lines: str) -> None:
        """Nobody reads it."""

    def is_sure(self, question: str, texts: ScreenTexts = ENGLISH_SCREEN) -> bool:
        """Nobody can be asked."""
        raise AssertionError(question, texts)

    def choose(self, question: str, names: Sequence[str], texts: ScreenTexts = ENGLISH_SCREEN) -> int:
        """Nobody can be asked."""
        raise AssertionError(question, names, texts)

    def presses(self, key: str, question: str) -> bool:
        """Nobody can be asked."""
        raise AssertionError(key, question)

    def taps(self, seconds: float, done: str) -> Sequence[float]:
        """Nobody taps."""
        raise AssertionError(seconds, done)

    def show_code(self, address: str) -> bool:  # noqa: ARG002  # nobody sees it
        """Nobody has a camera."""
        return False

    def wait_for(self, is_done: Callable[[], bool], every_s: float) -> bool:
        """Nobody waits."""
        raise AssertionError(is_done, every_s)


NOBODY = Nobody()


class Window(Protocol):
    """What shows a session a few times a second."""

    def press(self, session: "Session", key: ScreenKey | None) -> None:
        """A key of the screen was pressed; None is any other key."""

    def show(self, session: "Session", time_s: float) -> None:
        """Show this moment."""


class Display(Window, Protocol):
    """A window that is told what comes about; entered before the start."""

    def watch(self, session: "Session", thing: Action | FeetChanged) -> None:
        """Something has come about."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Keys(Protocol):
    """Single keys, by name."""

    @property
    def look_every_s(self) -> float:
        """How often to look; infinite where a key rings."""

    def poll(self) -> str | None:
        """The next key pressed, or None."""


class Stop(Protocol):
    """Whether somebody asked the program to end."""

    @property
    def is_set(self) -> bool:
        """Whether somebody has."""


class Host(Person, Protocol):
    """A person, and what a session runs in."""

    def display(self, message: Callable[[], str], unit_text: str) -> Display:
        """What shows the session.

        Args:
            message: the line that needs attention now, mostly empty
            unit_text: how the sensor's numbers are read, where that is known before the start
        """

    def keys(self, ring: Callable[[], None]) -> AbstractContextManager[Keys]:
        """Keys from now on; `ring` is called, from any thread, when there is one."""

    def stop(self) -> AbstractContextManager[Stop]:
        """Requests to stop, from now on."""

    def progress(self, plan: Plan, open_stage_s: float) -> AbstractContextManager[Callable[[float], None]]:
        """A function to be told how far a rehearsal has come, in session time."""

    def load(self) -> None:
        """Load what takes time before the first picture; called in a thread of its own."""
