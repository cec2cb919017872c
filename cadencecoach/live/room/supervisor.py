"""Who starts the sessions of a room, watches them, and starts again what died; it may itself be killed without harm.

A session is a process of its own, in a group of its own, with its own journal. A session that has an end stays ended,
whatever ended it; one that died without one goes on from its journal, by `run --resume`, which asks what a rule asks.
What this process knows is written down (`state`), so the next one finds it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.lock import is_held
from cadencecoach.devices.reach.lane import LaneName
from cadencecoach.devices.reach.place import Place, kill, new_name
from cadencecoach.devices.reach.starting import StartedSession
from cadencecoach.errors import CadencecoachError
from cadencecoach.live.room.keys import Deed
from cadencecoach.live.room.model import TODAY, Lane, Room
from cadencecoach.live.room.radio_keeper import RadioKeeper
from cadencecoach.live.room.silence import Silences
from cadencecoach.live.room.state import LaneRecord, RoomFiles, RoomState
from cadencecoach.live.room.watching import RoomWatch, lane_places, press_again
from cadencecoach.view.wall import LaneState, Tile, mark_worst, tile_of

TEND_EVERY_S: Final = 0.25
MOST_STARTING: Final = 2  # at a time: each start takes a second of processor
START_WITHIN_S: Final = 90.0
GONE_LOOKS: Final = 2  # without a place, before a session is taken for ended
MOST_DEATHS, DEATHS_WITHIN_S = 5, 60.0  # a session that dies more often is not started again by itself
HANGS_S: Final = 20.0  # without a sign of life, and twice as long after each time: a busy computer is none the quicker
MOST_HANGS: Final = 3  # that make it longer
END_WITHIN_S: Final = 20.0
STOPPED_FIRST: Final = "all were stopped before it began; s starts it"
BROKE_OFF: Final = "it broke off; s goes on with it"


class Desk(Protocol):
    """What the desk says of a lane and its journal; called in a thread."""

    def refusal(self, lane: Lane) -> str:
        """Why nobody may begin in a lane now; empty where somebody may."""

    def is_over(self, journal: Path) -> bool:
        """Whether a session has an end, so that nobody starts it again by himself."""


class Supervisor:
    """All lanes of one room.

    Attributes:
        notes: by lane, what the clinician should know; for the desk, never for the wall
    """

    def __init__(
        self,
        room: Room,
        files: RoomFiles,
        state: RoomState,
        desk: Desk,
        radio_words: tuple[str, ...],
        tell: Callable[[str], None],
    ) -> None:
        """Start nothing before `run`.

        Args:
            room: as its file says
            files: where it is written down
            state: what was written down before, or a new one
            desk: says who may begin
            radio_words: of the command line of the process that owns the radio
            tell: takes lines for the clinician
        """
        self._room, self._files, self._state, self._desk = room, files, state, desk
        self._tell = tell
        self._clock = HostClock()
        self._watch = RoomWatch()
        self._places: dict[int, Place] = {}
        self._started: dict[int, StartedSession] = {}
        self._begun_s: dict[int, float] = {}
        self._n_missed: dict[int, int] = {}
        self._deaths: dict[int, deque[float]] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._stopping = set[str]()  # places whose sessions were told to stop with all others
        self._radio = RadioKeeper(files.id, radio_words, tell)
        self._silences = Silences()
        self._n_hangs: dict[int, int] = {}
        self._written = self._trouble = ""
        self.notes: dict[int, str] = {}

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The lanes as they are shown."""
        return mark_worst(
            tile_of(
                lane.number,
                self._state.lanes[lane.number].state,
                self._watch.moments.get(lane.number),
                has_sensor=lane.sensor != "none",
            )
            for lane in self._room.lanes
        )

    @property
    def n_running(self) -> int:
        """Lanes whose session runs, starts, or is about to."""
        going = {LaneState.WAITING, LaneState.STARTING, LaneState.RUNNING}
        return sum(record.state in going for record in self._state.lanes.values())

    async def run(self, is_over: Callable[[], bool]) -> None:
        """Tend all lanes until it is over."""
        try:
            while not is_over():
                self._tend_on()
                await asyncio.sleep(TEND_EVERY_S)
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)
            await self._watch.close()
            await self._radio.close()

    def tend(self) -> None:
        """Look at everything once; what takes time goes on beside it."""
        self._places = lane_places(self._files.id)
        self._watch.tend(self._places)
        if self._files.is_stopped:
            self._drop_waiting()
        if self._room.uses_radio and (self.n_running or self._places):
            self._radio.tend(self._clock.now_s())
        self._silences.look(self._clock.now_s(), [place.name for place in self._places.values()])
        for lane in self._room.lanes:
            if lane.number not in self._busy:
                self._tend_lane(lane, self._state.lanes[lane.number])
        self._write()

    def _tend_on(self) -> None:
        """The same; what is wrong with this computer's folders is said once, and the sessions run on."""
        try:
            self.tend()
        except (CadencecoachError, OSError) as error:
            if str(error) != self._trouble:
                self._trouble = str(error)
                self._tell(self._trouble)

    async def do(self, deed: Deed, number: int) -> str:
        """Do what a clinician asks of a lane; the answer is a line to read."""
        lane = self._room.lane(number)
        if lane is None:
            return f"there is no lane {number}"
        place = self._places.get(number)
        if deed is Deed.START:
            return self._ask_to_start(lane)
        if place is None:
            record = self._state.lanes[number]
            if deed is Deed.STOP and record.state in {LaneState.WAITING, LaneState.STARTING}:
                self._set(number, LaneState.DESK, "stopped before it began; s starts it")
                self._kill_start(number)
                return f"lane {number} is not started"
            return f"nothing runs in lane {number}"
        wrong = await press_again(place, "stop" if deed is Deed.STOP else "pause")
        return f"lane {number}: {wrong}" if wrong else ""

    async def stop_all(self) -> None:
        """Stop every session at once, and start none any more."""
        self._files.mark_stopped()
        self._drop_waiting()
        for number in tuple(self._started):
            self._kill_start(number)
        self._places = lane_places(self._files.id)
        await asyncio.gather(*(self._stop(number, place) for number, place in self._places.items()))

    async def _stop(self, number: int, place: Place) -> None:
        """Stop a session because all are stopped; one that does not answer is asked anew."""
        self._stopping.add(place.name)
        wrong = await press_again(place, "stop")
        if wrong:
            self._tell(f"lane {number}: {wrong}")
            self._stopping.discard(place.name)

    async def end(self) -> None:
        """Stop all, and wait until they are over; the radio's owner ends by itself."""
        await self.stop_all()
        with suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN_S):
                while self.n_running:  # noqa: ASYNC110  # `run` goes on tending beside it
                    await asyncio.sleep(TEND_EVERY_S)

    def _tend_lane(self, lane: Lane, record: LaneRecord) -> None:
        number = lane.number
        place = self._places.get(number)
        if place is not None:
            self._end_hanging(number, place)
            self._n_missed[number] = 0
            self._started.pop(number, None)
            if record.state is not LaneState.RUNNING or record.session != place.name:
                record.session, record.journal = place.name, place.about.get("journal", "")
                self._set(number, LaneState.RUNNING)
            if self._files.is_stopped and place.name not in self._stopping:  # it began while all were stopped
                self._begin(number, self._stop(number, place))
            return
        match record.state:
            case LaneState.WAITING if self._n_starting < MOST_STARTING:
                self._begin(number, self._start(lane))
            case LaneState.STARTING if self._files.is_stopped:  # by the page, which knows of none without a place
                self._kill_start(number)
                self._set(number, LaneState.DESK, BROKE_OFF if record.journal else STOPPED_FIRST)
            case LaneState.STARTING:
                self._tend_start(lane)
            case LaneState.RUNNING:
                self._n_missed[number] = self._n_missed.get(number, 0) + 1
                is_written = record.journal and is_held(Path(record.journal))  # it is ending, or nobody can reach it
                if self._n_missed[number] >= GONE_LOOKS and not is_written:
                    self._begin(number, self._take_up(lane, record))
            case _:
                pass

    def _end_hanging(self, number: int, place: Place) -> None:
        """End a session that stands still: it goes on as one that died. At its begin and end it has longer."""
        moment, n_hangs = self._watch.newest.get(number), self._n_hangs.get(number, 0)
        is_in_course = moment is not None and not moment["is_over"]
        within_s = HANGS_S * 2 ** min(n_hangs, MOST_HANGS) if is_in_course else START_WITHIN_S
        if self._silences.silent_s(place.name, self._watch.n_signs.get(number)) > within_s:
            self._n_hangs[number] = n_hangs + 1
            self._tell(f"lane {number}: its session hangs: no sign of life for {within_s:g} s; it is ended")
            kill(place)

    @property
    def _n_starting(self) -> int:
        n_busy = sum(self._state.lanes[number].state is LaneState.WAITING for number in self._busy)
        return n_busy + sum(record.state is LaneState.STARTING for record in self._state.lanes.values())

    def _tend_start(self, lane: Lane) -> None:
        """Look whether a start has failed."""
        number = lane.number
        session = self._started.get(number)
        begun_s = self._begun_s.setdefault(number, self._clock.now_s())
        if session is not None and session.has_ended:
            del self._started[number]
            why = session.complaint().splitlines()
            if session.is_done:  # it began and was stopped by its own key between two looks: nobody saw its place
                self._set_over(lane)
            elif why:
                self._set(number, LaneState.DESK, " ".join(why[-2:]))
            else:  # it was killed
                self._begin(number, self._take_up(lane, self._state.lanes[number]))
        elif self._clock.now_s() - begun_s > START_WITHIN_S:
            self._kill_start(number)
            self._set(number, LaneState.DESK, f"it did not begin within {START_WITHIN_S:g} s")

    async def _start(self, lane: Lane) -> None:
        """Begin the session of a lane, if somebody may."""
        refusal = await asyncio.to_thread(self._desk.refusal, lane)
        record = self._state.lanes[lane.number]
        if record.state is not LaneState.WAITING or self._files.is_stopped:
            return
        if refusal:
            self._set(lane.number, LaneState.DESK, refusal)
            return
        plan = [] if lane.plan == TODAY else [lane.plan]
        baseline = [] if lane.baseline_spm is None else ["--baseline", f"{lane.baseline_spm:g}"]
        self._launch(lane, ["run", *plan, *baseline, *_words_of(lane)])

    async def _take_up(self, lane: Lane, record: LaneRecord) -> None:
        """A session is gone: it has ended, or it goes on from its journal."""
        number = lane.number
        journal = Path(record.journal)
        if bool(record.journal) and await asyncio.to_thread(self._desk.is_over, journal):
            self._set_over(lane)
            return
        if self._files.is_stopped:
            self._set(number, LaneState.DESK, BROKE_OFF)
            return
        deaths = self._deaths.setdefault(number, deque(maxlen=MOST_DEATHS))
        now_s = self._clock.now_s()
        if len(deaths) == MOST_DEATHS and now_s - deaths[0] < DEATHS_WITHIN_S:
            self._set(number, LaneState.DESK, "its session died again and again; s tries once more")
            return
        deaths.append(now_s)
        if not record.journal:  # it had not begun
            self._set(number, LaneState.WAITING)
            return
        self._tell(f"lane {number}: its session died; it goes on")
        self._launch(lane, ["run", "--resume", journal.stem, *_words_of(lane)])

    def _set_over(self, lane: Lane) -> None:
        """Its session has ended; a runner of ours is asked how it was."""
        command = f"checkin --athlete {lane.athlete}"
        self._set(lane.number, LaneState.OVER, "" if lane.athlete is None else f"now {command_line(command)}")

    def _ask_to_start(self, lane: Lane) -> str:
        """Start a lane that is over, or that waits for the desk."""
        record, number = self._state.lanes[lane.number], lane.number
        if record.state not in {LaneState.DESK, LaneState.OVER}:
            return f"lane {number} runs, or is about to"
        self._files.clear_stopped()
        self._deaths.pop(number, None)
        self._n_hangs.pop(number, None)
        self._begin(number, self._start_anew(lane, record))
        return ""

    async def _start_anew(self, lane: Lane, record: LaneRecord) -> None:
        """What broke off goes on; what is over makes room for a new session."""
        journal = Path(record.journal)
        if record.journal and not await asyncio.to_thread(self._desk.is_over, journal):
            await self._take_up(lane, record)
            return
        record.journal = record.session = ""
        self._set(lane.number, LaneState.WAITING)

    def _launch(self, lane: Lane, words: list[str]) -> None:
        record = self._state.lanes[lane.number]
        record.session = new_name()
        self._begun_s[lane.number] = self._clock.now_s()
        self._set(lane.number, LaneState.STARTING)
        self._write()  # before it is there: who comes after us waits for it
        name = LaneName(self._files.id, lane.number)
        self._started[lane.number] = StartedSession(words, record.session, lane=name)

    def _begin(self, number: int, work: Coroutine[Any, Any, None]) -> None:
        """Do something for a lane that takes time; nothing else is done for it meanwhile."""
        task = asyncio.ensure_future(self._guard(number, work))
        self._busy[number] = task
        task.add_done_callback(lambda _: self._busy.pop(number, None))

    async def _guard(self, number: int, work: Coroutine[Any, Any, None]) -> None:
        """Do it; what goes wrong in it is the lane's, and no other's."""
        try:
            await work
        except (CadencecoachError, OSError) as error:
            self._set(number, LaneState.DESK, str(error).splitlines()[0])

    def _kill_start(self, number: int) -> None:
        """End a session that has not begun."""
        session = self._started.pop(number, None)
        if session is not None and number not in self._places:
            session.kill()

    def _drop_waiting(self) -> None:
        for number, record in self._state.lanes.items():
            if record.state is LaneState.WAITING:
                self._set(number, LaneState.DESK, STOPPED_FIRST)

    def _set(self, number: int, state: LaneState, note: str = "") -> None:
        record = self._state.lanes[number]
        if record.state is state and self.notes.get(number, "") == note:
            return
        record.state = state
        self.notes[number] = note
        self._tell(f"lane {number}: {WORDS[state]}{f': {note}' if note else ''}")

    def _write(self) -> None:
        text = repr(self._state)
        if text != self._written:
            with suppress(OSError):  # the sessions go on; who comes after a kill knows less
                self._files.write(self._state)
                self._written = text


WORDS: Final[Mapping[LaneState, str]] = {
    LaneState.WAITING: "waits for its start",
    LaneState.STARTING: "starts",
    LaneState.RUNNING: "runs",
    LaneState.PAUSED: "paused",
    LaneState.DESK: "see the desk",
    LaneState.OVER: "over, and saved",
}


def _words_of(lane: Lane) -> list[str]:
    athlete = [] if lane.athlete is None else ["--athlete", lane.athlete]
    return ["--feet", lane.sensor, "--sound", lane.output, *athlete]
