"""The real clocks: monotonic time for everything that is measured, wall time for labels only."""

import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path


class HostClock:
    """Seconds since it was made, on the host's monotonic clock. Never goes back, whatever the wall clock does."""

    def __init__(self) -> None:
        """Start at 0."""
        self._origin_s = self._begun_s = time.monotonic()
        self._asleep_s = _asleep_s()
        self._bell = threading.Event()

    def restart(self, at_s: float = 0.0) -> None:
        """Begin again: everything that takes time before a session has been done.

        Args:
            at_s: session time now; above 0 where the session goes on after a break
        """
        self._begun_s = time.monotonic()
        self._origin_s = self._begun_s - at_s
        self._asleep_s = _asleep_s()

    @property
    def origin_s(self) -> float:
        """Host monotonic time of this clock's 0."""
        return self._origin_s

    @property
    def begun_s(self) -> float:
        """Host monotonic time at which it was made or restarted."""
        return self._begun_s

    def slept_s(self) -> float:
        """How long the computer has slept since the clock was restarted; 0 where the system does not tell."""
        return max(0.0, _asleep_s() - self._asleep_s)

    def now_s(self) -> float:
        """Seconds since the start, whole microseconds: what is written down is then short and exact."""
        return round(time.monotonic() - self._origin_s, 6)

    def session_s(self, host_s: float) -> float:
        """Session time of a moment of the host's monotonic clock, whole microseconds; 0 for one before the start."""
        return max(0.0, round(host_s - self._origin_s, 6))

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, or until somebody rings."""
        if self._bell.wait(max(0.0, seconds)):
            self._bell.clear()

    def ring(self) -> None:
        """End the wait that is going on, or the next one: there is news.

        Threads: any.
        """
        self._bell.set()


def _asleep_s() -> float:
    """How long this computer has slept since it was started: one clock of Linux counts that and the other does not."""
    if sys.platform != "linux":
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def boot_mark(after_s: float = 0.0) -> dict[str, object] | None:
    """This moment by the computer's own clock, which nobody can set and which runs on while it sleeps.

    None where the system has none that two programs can compare.

    Args:
        after_s: of so long ago instead
    """
    if sys.platform != "linux":
        return None
    try:
        boot_id = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        now_s = time.clock_gettime(time.CLOCK_BOOTTIME)
    except (OSError, ValueError):
        return None
    return {"id": boot_id, "s": round(now_s - after_s, 3)}


def wall_time_utc() -> str:
    """Now, as a label: ISO 8601 in UTC, whole seconds, ending in Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def age_s(path: Path) -> float:
    """How long ago a file was written to, by the wall clock.

    Raises:
        OSError: it is not there
    """
    return time.time() - path.stat().st_mtime


def wall_time_s() -> float:
    """Now by the wall clock, in seconds since 1970: to order what was written down, never to measure."""
    return time.time()


def label_s(label: str) -> float | None:
    """The seconds since 1970 of a label; None where it is no time."""
    try:
        return datetime.fromisoformat(label).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def day_of_label(label: str) -> date | None:
    """The day of a label by this machine's calendar; None where it is no time."""
    at_s = label_s(label)
    return None if at_s is None else datetime.fromtimestamp(at_s).astimezone().date()


def next_second(label: str) -> str:
    """The label of the second after a label."""
    return (datetime.fromisoformat(label) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def changed_utc(path: Path) -> str:
    """When a file was last changed, as the same kind of label."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_day() -> str:
    """Today by this machine's calendar, ISO 8601: a label like the wall time."""
    return datetime.now().astimezone().date().isoformat()


def local_offset_s(text: str | None = None) -> int:
    """How far the clocks of the place are ahead of UTC: of a time given by a person, as it was given; else here, now.

    Raises:
        ValueError: not an ISO 8601 date and time
    """
    moment = datetime.now(UTC).astimezone() if text is None else datetime.fromisoformat(text)
    offset = (moment if moment.tzinfo else moment.astimezone()).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def offset_here_s(label: str) -> int:
    """How far the clocks of this place were ahead of UTC at the time of a label; 0 where it is no time.

    By the rules of this place for that day, so that a session of winter looks the same in summer.
    """
    try:
        offset = datetime.fromisoformat(label).astimezone().utcoffset()
    except (ValueError, OverflowError, OSError):
        return 0
    return 0 if offset is None else round(offset.total_seconds())


def day_in(text: str) -> str:
    """The calendar day in a time given by a person, as it was given.

    Raises:
        ValueError: not an ISO 8601 date and time
    """
    return datetime.fromisoformat(text).date().isoformat()


def as_utc(text: str) -> str:
    """A time given by a person as the same kind of label.

    Raises:
        ValueError: not an ISO 8601 date and time
    """
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError as error:
        raise ValueError(f"{text} is out of the calendar in UTC") from error
