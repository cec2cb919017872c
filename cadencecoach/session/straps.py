"""Readers of the sensors of a session, by name. A reader remembers seconds of signal and changes as it reads."""

from cadencecoach.gait.reading import Reading
from cadencecoach.gait.sources import Reader, Source


class Straps:
    """Makes a reader for each sensor whose source needs one, when it first speaks."""

    def __init__(self) -> None:
        self._readers: dict[tuple[str, str], Reader] = {}
        self._n_told: dict[tuple[str, str], int] = {}

    def take(self, time_s: float, source: Source, sensor: str, payload: bytes) -> Reading | None:
        """What a sensor's payload says; mostly nothing yet.

        Raises:
            PayloadError: the bytes mean nothing
        """
        key = source.name, sensor
        if key not in self._readers:
            assert source.reader is not None
            self._readers[key] = source.reader()
        return self._readers[key].take(time_s, payload)

    def new_footfalls_s(self, source: str, sensor: str) -> tuple[float, ...]:
        """Session times of a sensor's newest footfalls, if there is one that has not been told yet; else empty."""
        key = source, sensor
        reader = self._readers.get(key)
        if reader is None or reader.n_seen == self._n_told.get(key, 0):
            return ()
        self._n_told[key] = reader.n_seen
        return reader.footfalls_s

    def placement_of(self, sensor: str) -> str:
        """Where a sensor sits as far as its signal tells, in words; empty while it does not."""
        places = (reader.place for (_, name), reader in self._readers.items() if name == sensor)
        return next(filter(None, places), "")
