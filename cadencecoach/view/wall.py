"""What the wall shows of a lane: its number, cadence and target, and which lane needs a look most. Nothing of a person.

No name, no pain, no reason: a beat that stopped for pain looks as one that is paused, and a lane that may not begin
says only where to go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

UNHEARD_FEET = frozenset({"unknown", "stale", "lost"})


class LaneState(StrEnum):
    """How a lane is."""

    WAITING = "waiting"  # its turn to start has not come
    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    DESK = "desk"  # see the desk
    OVER = "over"


class Course(StrEnum):
    """How a runner's cadence is to the band."""

    NONE = ""  # nothing is asked, or it is not known
    ON = "on"
    QUICKER = "quicker"  # is asked for
    SLOWER = "slower"
    UNHEARD = "unheard"  # something is asked, and the sensor is silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One lane on the wall.

    Attributes:
        lane: its number
        state: how it is
        cadence_spm: whole steps a minute; None where it is not known
        target_spm: likewise; None where nothing is asked
        course: of the cadence
        far_spm: how far from the band, never below 0
        is_worst: this lane needs a look more than the others
    """

    lane: int
    state: LaneState
    cadence_spm: int | None = None
    target_spm: int | None = None
    course: Course = Course.NONE
    far_spm: int = 0
    is_worst: bool = False


def tile_of(lane: int, state: LaneState, moment: Mapping[str, Any] | None, *, has_sensor: bool = True) -> Tile:
    """The tile of a lane.

    Args:
        lane: its number
        state: as far as it is known without its session
        moment: the newest its session has sent (`view.wire`); None where there is none
        has_sensor: whether its cadence is to be known at all
    """
    if state is not LaneState.RUNNING or moment is None:
        return Tile(lane=lane, state=state)
    if moment["is_over"]:
        return Tile(lane=lane, state=LaneState.OVER)
    if moment["is_paused"] or moment["is_stopped"]:
        return Tile(lane=lane, state=LaneState.PAUSED)
    target, far = moment["target_spm"], moment["status"]["far_spm"]
    is_heard = moment["feet"] not in UNHEARD_FEET and moment["cadence_spm"] is not None
    course = Course.NONE
    if target is not None and has_sensor:
        course = Course.ON if is_heard else Course.UNHEARD
    if course is Course.ON and far:
        course = Course.QUICKER if far > 0 else Course.SLOWER
    is_off = course in {Course.QUICKER, Course.SLOWER}
    return Tile(
        lane=lane,
        state=state,
        cadence_spm=moment["cadence_spm"] if is_heard else None,
        target_spm=target,
        course=course,
        far_spm=abs(far) if far and is_off else 0,
    )


def mark_worst(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    """The tiles by lane, the one that needs a look most marked: a silent sensor first, else the farthest off."""
    shown = sorted(tiles, key=lambda tile: tile.lane)
    worst = max(shown, key=_need, default=None)
    if worst is None or _need(worst) <= 0:
        return tuple(shown)
    return tuple(replace(tile, is_worst=tile is worst) for tile in shown)


def _need(tile: Tile) -> int:
    return 1000 if tile.course is Course.UNHEARD else tile.far_spm
