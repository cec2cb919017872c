"""The sensors of acceleration of a session, by name: they remember seconds of signal, so they are no values."""

from typing import TYPE_CHECKING

from cadencecoach.gait.reading import Reading

if TYPE_CHECKING:
    from cadencecoach.gait.acceleration import AccelerationSource


class Straps:
    """Makes a source for each sensor of acceleration when it first speaks."""

    def __init__(self) -> None:
        self._sources: dict[str, AccelerationSource] = {}
        self._n_told: dict[str, int] = {}

    def take(self, time_s: float, sensor: str, payload: bytes) -> Reading | None:
        """What a sensor's payload says; mostly nothing yet.

        Raises:
            PayloadError: the bytes mean nothing
        """
        if sensor not in self._sources:
            from cadencecoach.gait.acceleration import AccelerationSource  # noqa: PLC0415  # numpy only where needed

            self._sources[sensor] = AccelerationSource()
        return self._sources[sensor].take(time_s, payload)

    def new_footfalls_s(self, sensor: str) -> tuple[float, ...]:
        """Session times of a sensor's newest footfalls, if there is one that has not been told yet; else empty."""
        source = self._sources.get(sensor)
        if source is None or source.n_seen == self._n_told.get(sensor, 0):
            return ()
        self._n_told[sensor] = source.n_seen
        return source.footfalls_s

    def placement_of(self, sensor: str) -> str:
        """Where a sensor sits as far as its signal tells, in words; empty while it does not."""
        source = self._sources.get(sensor)
        return "" if source is None or source.placement is None else source.placement.value
