"""Which sports are taken: those on foot. Any other has no step rate, and is refused in one line."""

from collections.abc import Collection

from cadencecoach.errors import WorkoutError


def refuse_ride(sport: str | None, *, allowed: Collection[str]) -> None:
    """Refuse a workout of another sport; None is one that does not say.

    Raises:
        WorkoutError: it is not done on foot
    """
    if sport is not None and sport not in allowed:
        raise WorkoutError(f"this is a workout for {sport.replace('_', ' ')[:40]}; only those on foot have a step rate")
