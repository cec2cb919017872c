"""The lanes of a room in a terminal: for the clinician, who reads why a lane waits."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from cadencecoach.view.wall import Course, LaneState, Tile

STATES: Mapping[LaneState, str] = {
    LaneState.WAITING: "waits",
    LaneState.STARTING: "starts",
    LaneState.RUNNING: "runs",
    LaneState.PAUSED: "paused",
    LaneState.DESK: "see the desk",
    LaneState.OVER: "over",
}
COURSES: Mapping[Course, str] = {
    Course.NONE: "",
    Course.ON: "on target",
    Course.QUICKER: "quicker",
    Course.SLOWER: "slower",
    Course.UNHEARD: "no sensor",
}
WORST = "▶"  # the lane that needs a look most


def room_table(tiles: Sequence[Tile], notes: Mapping[int, str], names: Mapping[int, str]) -> Table:
    """The lanes, one a row.

    Args:
        tiles: as they are
        notes: why a lane waits, by lane
        names: who runs there
    """
    table = Table(box=None, pad_edge=False)
    for head in ("", "lane", "runner", "", "cadence", "target", "", ""):
        table.add_column(head)
    for tile in tiles:
        far = f" {tile.far_spm}" if tile.far_spm else ""
        table.add_row(
            WORST if tile.is_worst else " ",
            Text(str(tile.lane), style="bold"),
            names.get(tile.lane, ""),
            STATES[tile.state],
            _whole(tile.cadence_spm),
            _whole(tile.target_spm),
            Text(f"{COURSES[tile.course]}{far}", style="bold" if tile.is_worst else ""),
            Text(notes.get(tile.lane, "")),
        )
    return table


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
