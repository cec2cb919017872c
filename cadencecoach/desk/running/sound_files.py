"""Sound files made for somebody who waits elsewhere: nobody sits before them, and somebody looks how far they are."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cadencecoach.coach.actions import CueKind
from cadencecoach.desk.running.metronome import run_metronome
from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.live.opening.metronome import MetronomeRequest
from cadencecoach.live.opening.outputs import IN_FILE
from cadencecoach.live.opening.request import Request
from cadencecoach.plan.model import Plan
from cadencecoach.record.lines import CueLine, StageLine
from cadencecoach.session.host import Display, Keys, Nobody, Stop
from cadencecoach.store.loading import load_session
from cadencecoach.store.protocol import Store

TellRatio = Callable[[float], None]
SPOKEN = CueKind.SPOKEN.value  # the others are tones, whose text is a name of ours
OPEN_STAGE = "2min"  # nobody waits through more of a stage that waits for a key


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A stage that begins, or something that is said in it.

    Attributes:
        time_s: in the sound
        stage: its name
        index: of the stage in the plan
        words: that are said; empty where the stage begins
    """

    time_s: float
    stage: str
    index: int
    words: str


@dataclass
class Unstopped:
    """Nobody asks it to end: whoever does, ends the process."""

    is_set: bool = False


class Maker(Nobody):
    """The host of a file: only how far it is goes out.

    Args:
        tell_ratio: is told that, from 0 to 1
    """

    def __init__(self, tell_ratio: TellRatio) -> None:
        """Nothing is made yet."""
        self._tell_ratio = tell_ratio

    @contextmanager
    def stop(self) -> Iterator[Stop]:
        """Nobody asks."""
        yield Unstopped()

    @contextmanager
    def progress(self, plan: Plan, open_stage_s: float) -> Iterator[Callable[[float], None]]:
        """Told as a part of the whole."""
        total_s = sum(stage.duration_s or open_stage_s for stage in plan.stages)
        yield lambda time_s: self._tell_ratio(time_s / total_s)

    def display(self, message: Callable[[], str], unit_text: str) -> Display:
        """A file is heard, and not seen."""
        raise AssertionError(message, unit_text)

    def keys(self, ring: Callable[[], None]) -> AbstractContextManager[Keys]:
        """Nobody presses any."""
        raise AssertionError(ring)

    def load(self) -> None:
        """Nothing is shown."""


def make_metronome(
    tell_ratio: TellRatio,
    path: Path,
    store: Store,
    asked: MetronomeRequest,
    athlete: str | None,
    music: str | None,
) -> None:
    """Write a metronome as a sound file.

    Args:
        tell_ratio: is told how far it is
        path: of the file
        store: of athletes
        asked: the beat
        athlete: under whose limits; None is a guest
        music: as `--music` has it; None is the click
    Raises:
        CadencecoachError: whatever is wrong with what is asked, or with the disk
    """
    request = Request(plan_name="", feet_text="none", sound_text=f"{IN_FILE}{path}", athlete=athlete, music=music)
    run_metronome(store, asked, request, Maker(tell_ratio), journal=None)


def make_rehearsal(tell_ratio: TellRatio, path: Path, store: Store, request: Request) -> None:
    """Write a session as it would sound for the runner that `request` simulates; its journal comes beside the file.

    Raises:
        CadencecoachError: as `make_metronome`
    """
    heard = replace(request, sound_text=f"{IN_FILE}{path}")
    rehearse_session(store, heard, Maker(tell_ratio), journal=_journal_of(path), open_stage=OPEN_STAGE)


def read_heard(path: Path) -> tuple[Heard, ...]:
    """What begins and is said in a rehearsal, from the journal beside its sound.

    Raises:
        JournalError: there is none
    """
    found = list[Heard]()
    for line in load_session(_journal_of(path)).journal.lines:
        if isinstance(line, StageLine) and (not found or (found[-1].stage, found[-1].index) != (line.name, line.index)):
            found.append(Heard(time_s=line.t, stage=line.name, index=line.index, words=""))
        elif isinstance(line, CueLine) and line.kind == SPOKEN and found:
            found.append(replace(found[-1], time_s=line.t, words=line.text))
    return tuple(found)


def _journal_of(path: Path) -> Path:
    return path.with_suffix(".jsonl")
