"""The values of a recorded run in columns, as a reader finds them: of one quantity there may be several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from cadencecoach.devices.recordings.model import Counts, check_rows
from cadencecoach.devices.recordings.sports import Sport


class Quantity(StrEnum):  # hashed for each value of a file, which a plain Enum does slowly
    """What a column holds."""

    CADENCE = "cadence"
    SPEED = "speed"
    HEART = "heart rate"
    DISTANCE = "distance"
    OSCILLATION = "oscillation"
    CONTACT = "contact"
    STRIDE = "stride"


class Column(NamedTuple):
    """One place where a file has a quantity.

    Attributes:
        quantity: which
        rank: the smaller one is tried first
        name: for notes
        counts: what a cadence counts, or how far a stride goes
        is_told: a note says that it was read, as it is not where the format has its cadence
        unit: as the file writes it; empty where it does not
        counts_said: the file says what it counts, where that is asked of it
        told_by: who told what goes beyond cadence: `watch`, `strap` (at the chest) or `pod` (at a foot)
    """

    quantity: Quantity
    rank: int
    name: str
    counts: Counts = "strides"
    is_told: bool = False
    unit: str = ""
    counts_said: bool = True
    told_by: str = "watch"


Values = list[float | None]
MOST_OF_ONE = 8  # columns of one quantity that are looked at; a file with a name for each row would fill the memory


@dataclass(slots=True)
class Table:
    """Rows of a recorded run as they are read; all columns are as long as `times_s` once they are asked for.

    Attributes:
        times_s, sports: of the rows
        columns: their values
        stops: times of rows after which the watch was stopped: what they say is not true until the next one
    """

    times_s: list[float] = field(default_factory=list)
    sports: list[Sport] = field(default_factory=list)
    columns: dict[Column, Values] = field(default_factory=dict)
    stops: set[float] = field(default_factory=set)

    def stop(self) -> None:
        """Note that the watch was stopped after the newest row."""
        self.stops.update(self.times_s[-1:])

    def add(self, time_s: float, sport: Sport, values: Iterable[tuple[Column, float | None]]) -> None:
        """A row; of two values of one column the first one above zero counts.

        Raises:
            RecordingError: more rows than a run has
        """
        check_rows(len(self.times_s))
        place = len(self.times_s)
        self.times_s.append(time_s)
        self.sports.append(sport)
        for column, value in values:
            held = self.columns.get(column)
            if held is None:
                if sum(one.quantity is column.quantity for one in self.columns) >= MOST_OF_ONE:
                    continue
                held = self.columns[column] = []
            if len(held) <= place:
                held.extend([None] * (place - len(held)))
                held.append(value)
            elif not held[place] and value is not None:
                held[place] = value

    def of(self, quantity: Quantity) -> list[tuple[Column, Values]]:
        """The columns of a quantity, best rank first."""
        found = sorted((one for one in self.columns if one.quantity is quantity), key=itemgetter(1))
        for column in found:
            held = self.columns[column]
            held.extend([None] * (len(self.times_s) - len(held)))
        return [(column, self.columns[column]) for column in found]

    def only(self, places: Sequence[int]) -> "Table":
        """The rows at some places."""
        if len(places) == len(self.times_s):
            return self
        columns = {column: [values[place] for place in places] for one in Quantity for column, values in self.of(one)}
        sports = [self.sports[place] for place in places]
        return Table([self.times_s[place] for place in places], sports, columns, self.stops)
