"""A room's file held against what is kept here: athletes, plans, remembered sensors, what runs already."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import check_file, clean_name, file_bytes, user_path
from cadencecoach.devices.reach.lane import LANE_OF, RADIO, ROOM_OF
from cadencecoach.devices.reach.place import SESSION, Place, found_places
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.opening.sources import check_baseline
from cadencecoach.live.room.model import TODAY, Lane, Room
from cadencecoach.live.room.reading import CheckedRoom, Written, check_room
from cadencecoach.plan.faults import Report
from cadencecoach.plan.model import AthleteBaseline
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.plan.words import nearest
from cadencecoach.store.plan_files import find_plan, known_plans, open_plan
from cadencecoach.store.protocol import Store
from cadencecoach.store.sensor_book import SensorBook, open_book

ENDING: Final = ".yaml"
SHAREABLE: Final = ("none", "sim", "file")


def read_room_file(path: Path) -> bytes:
    """The bytes of a room's file, one more than it may have at most.

    Raises:
        UsageError: it is not there, not a file, or may not be read
    """
    return file_bytes(path, what="room file", limit_bytes=MAX_PLAN_BYTES + 1)


def check_room_file(store: Store, path: Path) -> CheckedRoom:
    """Everything that is wrong with a room's file, and the room when nothing is.

    Args:
        store: where athletes are kept
        path: of the file
    Raises:
        UsageError: it cannot be read
    """
    raw = read_room_file(path)
    folder = user_path(path).absolute().parent

    def look(written: tuple[Written, ...], report: Report) -> None:
        for one in written:
            _check_athlete(store, one, report)
            _check_plan(store, one, folder, report)
            _check_replay(one, folder, report)
        _check_pods(written, _book(store), report)

    checked = check_room(raw, str(path)).with_more(look)
    if checked.room is None:
        return checked
    return replace(checked, room=_in_folder(checked.room, folder))


def check_free(room: Room, room_id: str) -> None:
    """Refuse a room one of whose athletes, sensors or outputs another live session has.

    Args:
        room: which
        room_id: sessions of its own are not in its way
    Raises:
        UsageError: one has it; the message says which lane wants it
    """
    for place in found_places():
        if room.uses_radio and place.about.get("kind") == RADIO and place.about.get(ROOM_OF) != room_id:
            raise UsageError("another room runs on this computer and has its Bluetooth: end that one first")
        if place.about.get("kind") != SESSION or place.about.get(ROOM_OF) == room_id:
            continue
        for lane in room.lanes:
            what = _find_taken(place, lane)
            if what:
                where = f"lane {place.about[LANE_OF]} of another room" if place.about.get(LANE_OF) else "a session"
                raise UsageError(f"lane {lane.number}: {what} is used by {where} that runs now; end it first")


def check_adapters(room: Room, here: Sequence[str] | None) -> None:
    """Refuse a room that names an adapter which is not here; None: where nobody can tell, the radio does.

    Raises:
        UsageError: one is not here
    """
    for adapter in room.adapters if here is not None else ():
        if adapter not in (here or ()):
            there_are = f"there are: {', '.join(here)}" if here else "there is none"
            raise UsageError(f"adapters: there is no {adapter} on this computer; {there_are}")


def _find_taken(place: Place, lane: Lane) -> str:
    """What a live session has that a lane wants; empty where they are not in each other's way."""
    about = place.about
    if lane.athlete is not None and about.get("athlete") == lane.athlete:
        return lane.athlete
    if not lane.output.startswith(SHAREABLE) and about.get("sound") == lane.output:
        return f"output {lane.output}"
    if not lane.sensor.startswith(SHAREABLE) and about.get("feet", "").casefold() == lane.sensor.casefold():
        return f"sensor {lane.sensor}"
    return ""


def _check_athlete(store: Store, one: Written, report: Report) -> None:
    name = one.lane.athlete
    names = tuple(store.athlete_names())
    if name is None or name in names:
        return
    meant = nearest(name, names)
    hint = f"did you mean {meant}?" if meant else "add them first: athlete new"
    report.add(one.part.at("athlete"), f"no athlete {name} is kept here; {hint}")


def _check_plan(store: Store, one: Written, folder: Path, report: Report) -> None:
    lane, place = one.lane, one.part.at("plan")
    if lane.plan == TODAY:
        return
    try:
        plan = open_plan(find_plan(store.machine, plan_in(folder, lane.plan)))
    except UsageError as error:
        meant = nearest(lane.plan, tuple(known_plans(store.machine)))
        report.add(place, f"there is no plan '{lane.plan}'; did you mean '{meant}'?" if meant else str(error))
        return
    except CadencecoachError as error:
        first = str(error).splitlines()[0]
        report.add(place, f"the plan has mistakes: {first}; {command_line('plan check')} lists them all")
        return
    if isinstance(plan.baseline, AthleteBaseline) and lane.athlete is not None:
        return  # what is stored of the athlete is looked up when the lane starts
    try:
        check_baseline(plan, lane.baseline_spm, has_readings=lane.sensor != "none")
    except UsageError:
        report.add(place, "the plan counts from a baseline that nobody knows here; write 'baseline: 164 spm'")


def _check_replay(one: Written, folder: Path, report: Report) -> None:
    kind, _, rest = one.lane.sensor.partition(":")
    if kind != "replay":
        return
    try:
        check_file(folder / user_path(rest), what="recorded run or journal")
    except UsageError as error:
        report.add(one.part.at("sensor"), str(error))


def _check_pods(written: tuple[Written, ...], book: SensorBook, report: Report) -> None:
    """Tell of a remembered pod that one lane names by its address, and another by its name."""
    claimed: dict[str, Written] = {}
    for one in written:
        for pod in one.lane.pods:
            for address in {entry.address for entry in book.here() if entry.is_called(pod)} or {pod}:
                before = claimed.setdefault(address.casefold(), one)
                is_told = pod.casefold() in {other.casefold() for other in before.lane.pods}
                if before is not one and not is_told:
                    message = f"this is the pod {address}, which lane {before.lane.number} claims; name each by address"
                    report.add(one.part.at("sensor"), message)


def _book(store: Store) -> SensorBook:
    with suppress(UsageError):  # told where a sensor is opened
        return open_book(store.machine.sensors_file)
    return SensorBook(path=store.machine.sensors_file)


def plan_in(folder: Path, name: str) -> str:
    """A plan beside the room's file, else its name as it is."""
    for beside in (folder / name, folder / f"{name}{ENDING}"):
        with suppress(OSError, ValueError):
            if beside.is_file():
                return str(beside)
    return name


def _in_folder(room: Room, folder: Path) -> Room:
    """The room with files named as they are found from anywhere."""

    def lane_in(lane: Lane) -> Lane:
        plan = lane.plan if lane.plan == TODAY else plan_in(folder, lane.plan)
        kind, _, rest = lane.sensor.partition(":")
        sensor = f"replay:{folder / user_path(rest)}" if kind == "replay" else lane.sensor
        return replace(lane, plan=plan, sensor=sensor)

    return replace(room, lanes=tuple(map(lane_in, room.lanes)))


def refusal_of(checked: CheckedRoom) -> str:
    """The mistakes of a file, as a person reads them."""
    return checked.text() or f"{clean_name(Path(checked.source))}: no room"
