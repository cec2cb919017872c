"""A host with nobody before it: what is told is kept, keys come from a list, nothing is shown."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace, TracebackType
from typing import Self

from cadencecoach.coach.actions import Action
from cadencecoach.coach.events import FeetChanged
from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.desk.checkin.asking import Asker
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.session.host import Nobody
from cadencecoach.session.session import Session


class Unseen:
    """Shows nothing."""

    def watch(self, session: Session, thing: Action | FeetChanged) -> None:
        """Nobody watches."""

    def show(self, session: Session, time_s: float) -> None:
        """Nobody looks."""

    def press(self, session: Session, key: ScreenKey | None) -> None:
        """There is no screen."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Nothing to give back."""


@dataclass
class Pressed:
    """Keys that were pressed already.

    Attributes:
        names: the first one first
    """

    names: deque[str]
    look_every_s: float = float("inf")

    def poll(self) -> str | None:
        """The next one."""
        return self.names.popleft() if self.names else None


@dataclass
class QuietHost(Nobody):
    """A host of a test.

    Attributes:
        pressed: keys of the session
        told: lines, in their order
    """

    pressed: Sequence[str] = ()
    told: list[str] = field(default_factory=list)

    def tell(self, *lines: str) -> None:
        """Keep them."""
        self.told += lines

    def asker(self, words: Phrasebook) -> Asker:  # noqa: ARG002  # nobody is asked
        """Nobody can be asked."""
        raise AssertionError("somebody asks a host without a person")

    def display(self, message: Callable[[], str], unit_text: str) -> Unseen:  # noqa: ARG002  # nothing is shown
        """Nothing is shown."""
        return Unseen()

    @contextmanager
    def keys(self, ring: Callable[[], None]) -> Iterator[Pressed]:
        """Those of the list, at once."""
        ring()
        yield Pressed(deque(self.pressed))

    @contextmanager
    def stop(self) -> Iterator[SimpleNamespace]:
        """Nobody stops it."""
        yield SimpleNamespace(is_set=False)

    @contextmanager
    def progress(self, plan: Plan, open_stage_s: float) -> Iterator[Callable[[float], None]]:  # noqa: ARG002
        """Nobody looks."""
        yield lambda _: None

    def load(self) -> None:
        """Nothing takes time."""
