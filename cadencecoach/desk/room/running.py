"""A room opened and run: what is in its way told first, who may not begin sent to the desk."""

import hashlib
from contextlib import suppress
from pathlib import Path

from cadencecoach.desk.room.checking import check_adapters, check_free, check_room_file, read_room_file, refusal_of
from cadencecoach.desk.room.outputs import check_outputs
from cadencecoach.desk.today.offering import Day, offer_today
from cadencecoach.devices.ble.adapters import adapters_here
from cadencecoach.devices.clock import age_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import user_path
from cadencecoach.devices.lock import is_held
from cadencecoach.errors import CadencecoachError, PlanError, UsageError
from cadencecoach.live.room.hosting import RoomPerson, host_room
from cadencecoach.live.room.model import TODAY, Lane, Room
from cadencecoach.live.room.state import LaneRecord, RoomFiles, RoomState, room_id
from cadencecoach.live.room.supervisor import Supervisor
from cadencecoach.live.room.watching import lane_places
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.loading import load_session
from cadencecoach.store.protocol import Store
from cadencecoach.view.wall import LaneState

TAKEN_UP_S = 600.0  # a session that broke off longer ago than this is no more this room's to go on with
GOING = frozenset({LaneState.WAITING, LaneState.STARTING, LaneState.RUNNING})


def open_room(store: Store, path: Path) -> Room:
    """The room of a file in which nothing is wrong.

    Raises:
        UsageError: the file cannot be read
        PlanError: it has mistakes; the message lists them all
    """
    checked = check_room_file(store, path)
    if checked.room is None:
        raise PlanError(refusal_of(checked))
    return checked.room


def check_here(room: Room) -> None:
    """Refuse a room that needs what this computer does not have.

    Raises:
        UsageError: an output or an adapter is not here; the message says which are
    """
    check_adapters(room, adapters_here())
    check_outputs(room)


def run_room(store: Store, path: Path, person: RoomPerson) -> None:
    """Run the room of a file, or take over the sessions of one whose supervisor has died.

    Args:
        store: where athletes are kept
        path: of the file
        person: at the terminal
    Raises:
        UsageError: it runs already, something is in its way, or the file has changed since its sessions were started
        PlanError: the file has mistakes
    """
    room = open_room(store, path)
    id_ = room_id(user_path(path))
    files = RoomFiles(id_)
    sha256 = hashlib.sha256(read_room_file(path)).hexdigest()
    with files.supervising():
        before = files.read()
        is_taken_over = before is not None and _is_going(files, before)
        if before is not None and is_taken_over and before.sha256 != sha256:
            raise UsageError(
                f"{path} has changed since its sessions were started: end them first (the page's wall does), "
                "or put the file back"
            )
        check_free(room, id_)
        if not is_taken_over:
            check_here(room)
        state = before if before is not None and is_taken_over else _new_state(room, sha256)
        if not is_taken_over:
            files.clear_stopped()
            files.write(state)
        else:
            person.tell("The sessions of this room are found again.")
        radio_words = ("room", str(user_path(path).absolute()), "--radio")
        host_room(Supervisor(room, files, state, RoomDesk(store), radio_words, person.tell), person)
        if not _is_going(files, state):
            files.remove()


def _is_going(files: RoomFiles, state: RoomState) -> bool:
    """Whether a room has sessions that run, or broke off just now."""
    if lane_places(files.id):
        return True
    return any(_broke_off_now(one) for one in state.lanes.values() if one.state in GOING and one.journal)


def _broke_off_now(record: LaneRecord) -> bool:
    journal = Path(record.journal)
    if is_held(journal):
        return True
    with suppress(OSError):
        return age_s(journal) < TAKEN_UP_S
    return False


def _new_state(room: Room, sha256: str) -> RoomState:
    return RoomState(
        sha256=sha256,
        name=room.name,
        sensors={lane.number: ",".join(lane.pods) for lane in room.lanes if lane.pods},
        adapters=room.adapters,
        lanes={lane.number: LaneRecord() for lane in room.lanes},
    )


class RoomDesk:
    """Who may begin, by the same rules as everywhere."""

    def __init__(self, store: Store) -> None:
        """Ask a store."""
        self._store = store

    def refusal(self, lane: Lane) -> str:
        """Why nobody may begin in a lane now; empty where somebody may. What nobody can tell is a no."""
        if lane.athlete is None:
            return ""
        offer = offer_today(self._store, lane.athlete, today_here())
        if not offer.may_run:
            return offer.headline
        if offer.due is not None:
            return f"a check-in is due: {command_line(f'checkin --athlete {lane.athlete}')}"
        if lane.plan == TODAY and offer.day is not Day.RUN:
            return offer.headline or f"{lane.athlete} is on no programme; write the name of a plan"
        return ""

    def is_over(self, journal: Path) -> bool:
        """Whether a session has an end, so that nobody starts it again by himself."""
        try:
            return load_session(journal).summary.is_ended
        except CadencecoachError:
            return False  # whoever goes on with it is told what is wrong
