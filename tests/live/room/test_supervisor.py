"""When all lanes are stopped, those stop that come only afterwards too."""

import asyncio
from pathlib import Path

import pytest
from reached_rig import private_folder
from scripted_sessions import scripted_session
from sound_servers import wait_until

from cadencecoach.devices.reach.starting import StartedSession
from cadencecoach.live.room.model import TODAY, Lane, Room
from cadencecoach.live.room.state import LaneRecord, RoomFiles, RoomState
from cadencecoach.live.room.supervisor import Supervisor
from cadencecoach.view.wall import LaneState

ROOM = "0123456789ab"
LANE = Lane(number=1, athlete=None, plan=TODAY, sensor="none", output="none")


class NobodysDesk:
    """Nobody is kept from anything."""

    def refusal(self, lane: Lane) -> str:  # noqa: ARG002  # of the protocol
        """Never."""
        return ""

    def is_over(self, journal: Path) -> bool:  # noqa: ARG002  # likewise
        """Never."""
        return False


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RoomFiles:
    """Those of the room."""
    private_folder(tmp_path, monkeypatch)
    return RoomFiles(ROOM)


def supervisor_of(files: RoomFiles, state: LaneState, told: list[str]) -> Supervisor:
    """Of one lane, taken over from another that was killed."""
    lanes = {1: LaneRecord(state=state, session="0123456789ab")}
    room = Room(name="Hall", lanes=(LANE,))
    return Supervisor(room, files, RoomState(sha256="", lanes=lanes), NobodysDesk(), (), told.append)


async def tended(supervisor: Supervisor, n: int = 3) -> None:
    """So many looks, with all that came of each."""
    for _ in range(n):
        supervisor.tend()
        await asyncio.gather(*supervisor._busy.values())
    await supervisor.run(lambda: True)


@pytest.mark.parametrize("is_stopped", [False, True])
def test_a_lane_that_starts_while_all_are_stopped_does_not_run(files: RoomFiles, *, is_stopped: bool) -> None:
    """The page cannot press a key in a session that has no place yet."""

    async def look() -> LaneState:
        supervisor = supervisor_of(files, LaneState.STARTING, [])
        if is_stopped:
            files.mark_stopped()
        supervisor.tend()
        return supervisor.tiles[0].state

    assert asyncio.run(look()) is (LaneState.DESK if is_stopped else LaneState.STARTING)


@pytest.mark.parametrize("is_stopped", [False, True])
def test_a_session_that_comes_after_all_were_stopped_is_stopped_once(files: RoomFiles, *, is_stopped: bool) -> None:
    """However often the room is looked at; without the mark no key is pressed."""

    async def look() -> list[str]:
        supervisor = supervisor_of(files, LaneState.STARTING, [])
        if is_stopped:
            files.mark_stopped()
        async with scripted_session(ROOM, 1) as pressed:
            await tended(supervisor)
            return pressed

    assert asyncio.run(look()) == (["stop"] if is_stopped else [])


def test_a_session_that_does_not_answer_is_told_again_and_said(files: RoomFiles) -> None:
    """Nobody takes it for stopped."""
    told: list[str] = []

    async def look() -> int:
        supervisor = supervisor_of(files, LaneState.RUNNING, told)
        async with scripted_session(ROOM, 1, answers=False) as pressed:
            await supervisor.stop_all()
            n_first = len(pressed)
            await tended(supervisor)
            return len(pressed) - n_first

    assert asyncio.run(look()) > 0
    assert "lane 1: its session does not answer" in told


@pytest.mark.slow
@pytest.mark.parametrize("is_killed", [False, True])
def test_what_began_and_stopped_between_two_looks_stays_stopped(files: RoomFiles, *, is_killed: bool) -> None:
    """Nobody saw its place: that it came to its end by itself tells it from one that was killed, which begins anew."""
    session = StartedSession(["demo", "--sound", "none"] if is_killed else ["--version"], "0123456789ab")
    if is_killed:
        session.kill()
    wait_until(lambda: session.has_ended)

    async def look() -> LaneState:
        supervisor = supervisor_of(files, LaneState.STARTING, [])
        supervisor._started[1] = session
        supervisor.tend()
        await asyncio.gather(*supervisor._busy.values())
        return supervisor.tiles[0].state

    assert asyncio.run(look()) is (LaneState.WAITING if is_killed else LaneState.OVER)
