"""The fields of a table as numbers, column by column."""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

from cadencecoach.devices.recordings.model import usable
from cadencecoach.devices.recordings.sports import UNSAID, Sport, sport_of_all
from cadencecoach.devices.recordings.table_columns import Columns
from cadencecoach.devices.recordings.table_values import ALLOWED, ALLOWED_TIMES, number_of, seconds_of
from cadencecoach.errors import RecordingError

STRAY = "\ufffd"  # what a byte that is no text becomes
N_KNOWN_TEXTS = 10_000  # the same rates come again and again: each is made a number once, and that one is shared

Lines = Iterator[tuple[int, list[str]]]


class Cells:
    """The fields of a table as numbers, column by column; a day has 86 400 lines, so little is done for each.

    Attributes:
        places: columns that are read beside the time
        times_s, values, sports: what is in them
        n_timeless: rows without a time
        n_unusable, n_stray: values that no sensor sends, and those with bytes that are no text
    """

    def __init__(self, columns: Columns, decimal: str, sport: Sport) -> None:
        """Begin with no row.

        Args:
            columns: of the table
            decimal: the mark before decimals
            sport: what the table says above its header
        """
        self.places = columns.read
        self.times_s: list[float] = []
        self.values: list[list[float | None]] = [[] for _ in self.places]
        self.sports: list[Sport] = []
        self.n_timeless = self.n_unusable = self.n_stray = 0
        self._columns, self._decimal, self._sport = columns, decimal, sport
        self._wild: set[str] = set()  # texts of numbers that no sensor sends
        self._number = lru_cache(N_KNOWN_TEXTS)(self._parse)

    def read(self, lines: Lines) -> None:
        """Take all lines.

        Raises:
            RecordingError: a field that is no number, with its line; too many lines
        """
        columns = self._columns
        # The fraction stands last, where there is one.
        ats = [columns.time.at, *(place.at for place in self.places), columns.fraction.at if columns.fraction else -1]
        pick, widest = itemgetter(*ats), max(ats)
        sports_at = [place.at for place in columns.sports]
        for n, (line, fields) in enumerate(lines):
            if n == 0:
                _check_width(line, fields, columns, self._decimal)
            fields.append("")  # what a column says that is not there
            texts = pick(fields) if len(fields) > widest else pick_fields(fields, ats)
            try:
                time_s = None if STRAY in texts[0] else seconds_of(texts[0], self._decimal, columns.seconds_of)
                values = [*map(self._number, texts[1:])]
            except ValueError:
                raise self._fault(line, texts) from None
            if not self._wild.isdisjoint(texts):
                self.n_unusable += sum(text in self._wild and STRAY not in text for text in texts[1:])
                self.n_stray += sum(STRAY in text for text in texts[1:])
            if time_s is None or not math.isfinite(time_s):
                self.n_timeless += 1
                self.n_unusable += time_s is not None
                continue
            if values[-1] is not None and values[0]:
                values[0] += values[-1]
            self.times_s.append(time_s)
            for held, value in zip(self.values, values, strict=False):  # without the fraction
                held.append(value)
            told = sport_of_all(pick_fields(fields, sports_at)) if sports_at else UNSAID
            self.sports.append(self._sport if told is UNSAID else told)

    def _parse(self, text: str) -> float | None:
        value = number_of(text, self._decimal) if STRAY not in text else math.nan
        if value is not None and usable(value) is None:
            self._wild.add(text)
        return usable(value)

    def _fault(self, line: int, texts: tuple[str, ...]) -> RecordingError:
        """What is wrong with a line in which a field is no number."""
        time_text, *values = texts
        try:
            seconds_of(time_text, self._decimal, self._columns.seconds_of)
        except ValueError:
            return _fault_of(line, self._columns.time.name, time_text, ALLOWED_TIMES)
        for name, text in zip((*(place.name for place in self.places), "fractional_cadence"), values, strict=True):
            try:
                number_of(text, self._decimal)
            except ValueError:
                return _fault_of(line, name, text, ALLOWED)
        raise AssertionError(texts)


def _check_width(line: int, fields: list[str], columns: Columns, decimal: str) -> None:
    """Refuse a table whose decimal commas also part its columns: its numbers would stand in the wrong ones.

    Raises:
        RecordingError: more values than columns
    """
    n_values = len(fields) if fields[-1].strip() else len(fields) - 1
    if decimal == "." and n_values > columns.width:
        raise RecordingError(
            f"line {line}: {n_values} values for {columns.width} columns; if its commas are decimal commas, "
            "part the columns with semicolons"
        )


def pick_fields(fields: list[str], places: Iterable[int]) -> tuple[str, ...]:
    """Fields of a line that is too short; what is beyond its end is empty."""
    return tuple(fields[place] if place < len(fields) else "" for place in places)


def _fault_of(line: int, name: str, text: str, allowed: str) -> RecordingError:
    shown = repr(text.strip()[:40])
    return RecordingError(f"line {line}: {ascii(name)[1:-1]} is {shown}; {allowed}")
