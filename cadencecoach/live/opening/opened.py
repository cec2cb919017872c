"""A source of readings, ready for a session."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from cadencecoach.devices.clock import HostClock
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.session.feet import SensorFeed

if TYPE_CHECKING:
    from cadencecoach.session.session import Session


class LiveFeed(SensorFeed, Protocol):
    """A source with something live behind it: the radio, a phone, a microphone, a key."""

    @property
    def message(self) -> str:
        """What needs attention, for the screen; mostly empty."""

    def begin(self, clock: HostClock) -> None:
        """Start, and go by a clock; it may be restarted later. Events wake the loop by `clock.ring`."""

    def close(self) -> None:
        """Give everything back; called once, however the session ended."""

    def remember(self, session: "Session") -> tuple[str, ...]:
        """Keep what a session that is over taught about the source; what a person should know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """How a phone begins to send steps to a session.

    Attributes:
        code: an address that it reads as a QR code
        before, after: what to do on it before the code is scanned, and then, in the runner's language
        is_wanted: whether that is to be shown now
    """

    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_wanted: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFeet:
    """A source, ready.

    Attributes:
        feet: the source
        vote: how its numbers are read, as far as it is decided already
        votes: the same for single sensors, by name
        live: the source once more, where something live stands behind it
        label: for the journal's header; without folders, which are nobody's business
        unit: what the numbers are, where that is known before the start
        notes: what a person should know before the start
        has_readings: whether any will come
        takes_taps: whether the runner may tap the steps by key
        joining: how a phone comes to it; None where none does
        error_spm: how far off what it tells may be, where that is known before the start
        baseline_spm, curve: what the session counted from that is played again; None where that is not known
        is_simulation_again: a session with a simulated runner is played again
    """

    feet: SensorFeed
    vote: Vote
    label: str
    votes: Mapping[str, Vote] = field(default_factory=dict)
    live: LiveFeed | None = None
    unit: Unit | None = None
    notes: tuple[str, ...] = ()
    has_readings: bool = True
    takes_taps: bool = False
    joining: Joining | None = None
    error_spm: float = 0.0
    baseline_spm: float | None = None
    curve: SpeedCurve | None = None
    is_simulation_again: bool = False


@contextmanager
def closed_if_refused(opened: OpenedFeet) -> Iterator[None]:
    """Give back what stands behind a source where the session it was opened for does not come to be."""
    try:
        yield
    except BaseException:
        if opened.live is not None:
            opened.live.close()
        raise
