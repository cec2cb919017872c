"""`cadencecoach room`: several runners on one computer."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_text
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.live import Live

    from cadencecoach.devices.keyboard import Keyboard
    from cadencecoach.live.room.model import Room
    from cadencecoach.view.wall import Tile


@click.command("room")
@click.argument("file", metavar="ROOM.yaml", required=False, callback=options.take_path)
@click.option("--check", "only_check", is_flag=True, help="Only list every mistake in the file.")
@click.option("--schema", "wants_schema", is_flag=True, help="Only print the JSON Schema of the file, for editors.")
@click.option("--radio", "is_radio", is_flag=True, hidden=True)  # how the room starts the process that owns the radio
def room(*, file: str | None, only_check: bool, wants_schema: bool, is_radio: bool) -> None:
    """Run several runners on one computer, up to eight lanes: who runs what, with which sensor, heard where.

    Each session is a process of its own. One that crashes resumes by itself; one that was stopped, or ended for
    pain, does not. If this command is killed, the sessions run on, and the same command finds them again. An athlete
    who may not run today, or whose check-in is due, does not start: that lane says "see the desk".

    Keys: p, x or s, then a lane's number, pauses or resumes, stops or starts that lane a second later; until then
    any other key cancels it. a stops all lanes at once. Ctrl-C or q asks; pressed again it stops all lanes and
    saves. `open` shows the wall.
    """
    if wants_schema:
        from cadencecoach.cli.printing import show_as_json
        from cadencecoach.live.room.schema import room_schema

        show_as_json(room_schema())
        return
    if file is None:
        raise UsageError(f"name the room's file: {command_line('room ROOM.yaml')} (docs/room.md)")
    path = Path(file)
    if is_radio:  # before all else is loaded: runners wait for their sensors
        from cadencecoach.live.room.radio_owner import own_radio
        from cadencecoach.live.room.state import room_id

        own_radio(room_id(path))
        return
    from cadencecoach.desk.keeping.handing_over import handing_over
    from cadencecoach.desk.room.running import check_here, open_room, run_room
    from cadencecoach.store.user_store import user_store

    store = user_store()
    opened = open_room(store, path)
    if only_check:
        check_here(opened)
        n_lanes = len(opened.lanes)
        show_text(f"{path}: no mistakes, {n_lanes} lane{'' if n_lanes == 1 else 's'}")
        return
    person = _Person(opened)
    try:
        with handing_over(store):
            run_room(store, path, person)
    finally:
        person.close()


class _Person:
    """Whoever sits at this terminal: a table that stays, lines above it; lines alone where there is no terminal."""

    def __init__(self, opened: "Room") -> None:
        streams = (sys.stdin, sys.stdout)
        self.can_answer = all(one is not None and not one.closed and one.isatty() for one in streams)
        self._names = {lane.number: lane.athlete or "guest" for lane in opened.lanes}
        self._live: Live | None = None

    def tell(self, line: str) -> None:
        """A line, at once, above the table."""
        if self._live is not None:
            self._live.console.print(line, markup=False, highlight=False)
        else:
            show_text(line)

    def show(self, tiles: "Sequence[Tile]", notes: "Mapping[int, str]", line: str) -> None:
        """The table, where somebody sees it."""
        if not self.can_answer:
            return
        from rich.console import Console, Group
        from rich.live import Live
        from rich.text import Text

        from cadencecoach.view.room_table import room_table

        if self._live is None:
            self._live = Live(console=Console(markup=False, emoji=False), auto_refresh=False)
            self._live.start()
        self._live.update(Group(room_table(tiles, notes, self._names), Text(line)), refresh=True)

    def keys(self) -> "Keyboard":
        """Single keys, without echo."""
        from cadencecoach.devices.keyboard import open_keyboard

        return open_keyboard()

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._live is not None:
            self._live.stop()
            self._live = None
