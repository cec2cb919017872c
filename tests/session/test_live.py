from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from coach_rig import AT_170, STAGE, plan_of

from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.model import Relative
from cadencecoach.record.line_json import json_of_line
from cadencecoach.record.lines import SoundLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import NoFeet, RecordedFeet, SensorFeed, SimulatedFeet
from cadencecoach.session.live import Edge, run_live
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session

PLAN = plan_of(
    replace(STAGE, name="Free", duration_s=20.0),
    replace(STAGE, name="Rung", target=Relative(0.05), ramp_s=10.0, duration_s=100.0),
    replace(AT_170, name="Fixed", duration_s=60.0),
)


class TurningClock:
    """A clock that moves only when somebody waits: each turn takes as long as it says, and a little more."""

    def __init__(self) -> None:
        """At 0."""
        self._now_s = 0.0

    def now_s(self) -> float:
        """Now."""
        return self._now_s

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self._now_s += max(0.0, seconds) + 0.0007


class ScriptedKeyboard:
    """Keys that come after so many looks."""

    look_every_s = 0.01

    def __init__(self, *names: str | None) -> None:
        """The names in turn; None is a look without a key."""
        self._names = deque(names)

    def poll(self) -> str | None:
        """The next one."""
        return self._names.popleft() if self._names else None

    def close(self) -> None:
        """Nothing to give back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to give back."""


class TroubledOutput(NoAudio):
    """An ear whose card is lost after some looks."""

    def __init__(self) -> None:
        """All is well."""
        super().__init__()
        self._n_looks = 0

    def follow(self, time_s: float) -> SoundLine | None:
        """The tenth look finds it gone."""
        self._n_looks += 1
        return SoundLine(time_s, state="lost", slip_frames=0, latency_s=None) if self._n_looks == 10 else None


@dataclass
class Written:
    """What a session wrote and showed."""

    lines: list[Mapping[str, Any]] = field(default_factory=list)
    shown_s: list[float] = field(default_factory=list)
    screen_keys: list[ScreenKey | None] = field(default_factory=list)
    n_flushes: int = 0

    def show(self, session: Session, time_s: float) -> None:  # noqa: ARG002  # the face of a display
        """A moment was shown."""
        self.shown_s.append(time_s)

    def press(self, session: Session, key: ScreenKey | None) -> None:  # noqa: ARG002
        """A key was pressed."""
        self.screen_keys.append(key)

    def flush(self) -> None:
        """The disk was asked."""
        self.n_flushes += 1

    def of(self, *kinds: str) -> list[Mapping[str, Any]]:
        """Lines of some kinds."""
        return [line for line in self.lines if line["what"] in kinds]


def recorded() -> RecordedFeet:
    """Three minutes at 160 spm."""
    return RecordedFeet(Reading(time_s=float(second), cadence_spm=160.0) for second in range(185))


def live(feet: SensorFeed, keyboard: ScriptedKeyboard, *, output: NoAudio, stop_at_turn: int = 10**9) -> Written:
    """A live session on a clock that moves when it is waited for."""
    written = Written()
    turns = iter(range(10**9))
    session = Session(
        PLAN,
        baseline_spm=160.0,
        vote=Vote(unit=Unit.STRIDES),
        perform=feet.hear,
        write=lambda line: written.lines.append(json_of_line(line)),
    )
    edge = Edge(
        clock=TurningClock(),
        feet=feet,
        keyboard=keyboard,
        output=output,
        display=written,
        write=lambda line: written.lines.append(json_of_line(line)),
        flush=written.flush,
        should_stop=lambda: next(turns) >= stop_at_turn,
    )
    run_live(session, edge)
    return written


def test_live_decides_what_a_rehearsal_decides() -> None:
    """The same readings at the pace of a clock and in virtual time: the same journal, line for line."""
    rehearsed: list[Mapping[str, Any]] = []
    session = Session(
        PLAN,
        baseline_spm=160.0,
        vote=Vote(),
        perform=lambda _: None,
        write=lambda line: rehearsed.append(json_of_line(line)),
    )
    rehearse(session, recorded(), output=NoAudio())
    assert live(recorded(), ScriptedKeyboard(), output=NoAudio()).lines == rehearsed


def test_keys_reach_the_session() -> None:
    """Pause and go on, mute, pain and its digit, then stop: in the journal in that order; what is no key is not."""
    keys = ScriptedKeyboard(*[None] * 40, "space", "space", "m", "p", "7", "z", "p", "x", "backspace", "w", "q")
    written = live(NoFeet(), keys, output=NoAudio())
    assert [line["key"] for line in written.of("key")] == [
        *("pause", "pause", "mute", "pain", "digit", "pain", "digit", "take back", "unwell", "stop"),
    ]
    assert [line["level"] for line in written.of("key") if line["key"] == "digit"] == [7, 10]
    assert written.lines[-1]["reason"] == "stopped"


def test_the_screen_is_drawn_four_times_a_second_and_the_disk_asked_once() -> None:
    """Three minutes: about 720 moments and 180 flushes."""
    written = live(recorded(), ScriptedKeyboard(), output=NoAudio())
    assert 650 < len(written.shown_s) < 730
    assert 170 < written.n_flushes < 185


def test_trouble_with_the_card_is_written_down_and_the_session_goes_on() -> None:
    """One line of the kind `sound`, in order of time, and a normal end."""
    written = live(recorded(), ScriptedKeyboard(), output=TroubledOutput())
    assert [line["state"] for line in written.of("sound")] == ["lost"]
    times = [line["t"] for line in written.lines]
    assert times == sorted(times)
    assert written.lines[-1]["reason"] == "finished"


def test_a_request_to_stop_ends_the_session_in_order() -> None:
    """Interrupted is written down as such, and nothing after it."""
    written = live(recorded(), ScriptedKeyboard(), output=NoAudio(), stop_at_turn=500)
    assert [line["reason"] for line in written.of("end")] == ["interrupted"]
    assert written.lines[-1]["what"] == "end"


def test_a_simulated_runner_hears_the_beat() -> None:
    """The tempo reaches the runner, whose cadence follows it to the target of 168 spm."""
    feet = SimulatedFeet(Runner(RunnerSettings(own_spm=160.0, wander_spm=0.0, noise_spm=0.0), seed=1), PLAN)
    written = live(feet, ScriptedKeyboard(), output=NoAudio())
    late = [line["cadence_spm"] for line in written.of("estimate") if 90.0 < line["t"] < 118.0]
    assert all(164.0 < spm < 172.0 for spm in late)
