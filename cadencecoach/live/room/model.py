"""A room of runners as values: its lanes, and for each who runs what, by which sensor, heard where."""

from dataclasses import dataclass
from typing import Final

MOST_LANES: Final = 8
TODAY: Final = "today"  # in place of a plan: the session of the athlete's programme
USUAL_CONNECTIONS: Final = 7  # of one Bluetooth adapter; they end at 3 to 8, whatever is printed on them
RADIO: Final = "ble"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One runner's place.

    Attributes:
        number: from 1; what the wall shows
        athlete: pseudonym; None is a guest
        plan: its name or file, or `today`
        sensor: as `--feet` takes it
        output: as `--sound` takes it
        baseline_spm: as `--baseline` takes it; None leaves it to the athlete's or the plan's
    """

    number: int
    athlete: str | None
    plan: str
    sensor: str
    output: str
    baseline_spm: float | None = None

    @property
    def pods(self) -> tuple[str, ...]:
        """Names or addresses of its Bluetooth sensors, the leading one first; none where it has another kind."""
        kind, _, rest = self.sensor.partition(":")
        return tuple(part.strip() for part in rest.split(",") if part.strip()) if kind == RADIO else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room.

    Attributes:
        name: for people
        lanes: by number
        adapters: Bluetooth adapters of Linux that are used, such as `hci0`; none is the system's own
        connections: how many sensors one adapter holds at a time
    """

    name: str
    lanes: tuple[Lane, ...]
    adapters: tuple[str, ...] = ()
    connections: int = USUAL_CONNECTIONS

    @property
    def uses_radio(self) -> bool:
        """Whether any lane has a Bluetooth sensor."""
        return any(lane.pods for lane in self.lanes)

    def lane(self, number: int) -> Lane | None:
        """The lane of a number; None where there is none."""
        return next((lane for lane in self.lanes if lane.number == number), None)
