import itertools
import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import pytest
from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row
from sampling import slow_but

from cadencecoach.coach.actions import AnswerKey
from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.model import Relative
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.record.line_json import json_of_line
from cadencecoach.record.lines import SoundLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import NoFeet, RecordedFeet, SensorFeed, SimulatedFeet
from cadencecoach.session.live import LISTEN_EVERY_S, NEWS_EVERY_S, Edge, run_live
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session

PLAN = plan_of(
    replace(STAGE, name="Free", duration_s=20.0),
    replace(STAGE, name="Rung", target=Relative(0.05), ramp_s=10.0, duration_s=100.0),
    replace(AT_170, name="Fixed", duration_s=60.0),
)


class TurningClock:
    """A clock that moves only when somebody waits: each turn takes as long as it says, and a little more."""

    def __init__(self, *, away_at_s: float = math.inf, stands_s: float = 0.0, sleeps_s: float = 0.0) -> None:
        """At 0; at a later moment it stands still, or sleeps, for a while."""
        self._now_s = self.asleep_s = 0.0
        self.away_at_s, self.stands_s, self.sleeps_s = away_at_s, stands_s, sleeps_s

    def now_s(self) -> float:
        """Now."""
        return self._now_s

    def slept_s(self) -> float:
        """So long in all."""
        return self.asleep_s

    def wait(self, seconds: float) -> None:
        """Time passes; at one wait more than was asked for, or asleep."""
        self._now_s += max(0.0, seconds) + 0.0007
        if self._now_s >= self.away_at_s:
            self._now_s += self.stands_s
            self.asleep_s += self.sleeps_s
            self.away_at_s = math.inf


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
    has_slept: bool = False
    answers: list[str] = field(default_factory=list)

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


def live(
    feet: SensorFeed,
    keyboard: ScriptedKeyboard,
    *,
    output: NoAudio,
    stop_at_turn: int = 10**9,
    clock: TurningClock | None = None,
) -> Written:
    """A live session on a clock that moves when it is waited for."""
    written = Written()
    turns = iter(range(10**9))
    session = Session(
        PLAN,
        baseline_spm=160.0,
        vote=Vote(unit=Unit.STRIDES),
        perform=feet.hear,
        watch=lambda thing: written.answers.append(thing.text) if isinstance(thing, AnswerKey) else None,
        write=lambda line: written.lines.append(json_of_line(line)),
    )
    edge = Edge(
        clock=clock or TurningClock(),
        feet=feet,
        keyboard=keyboard,
        output=output,
        display=written,
        write=lambda line: written.lines.append(json_of_line(line)),
        flush=written.flush,
        should_stop=lambda: next(turns) >= stop_at_turn,
    )
    written.has_slept = run_live(session, edge)
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
    """Pause and go on, mute, pain and its digit, then stop, asked about: in that order; what is no key is not there."""
    keys = ScriptedKeyboard(*[None] * 40, "space", "space", "m", "p", "5", "z", "p", "x", "backspace", "q", "q")
    written = live(NoFeet(), keys, output=NoAudio())
    assert [line["key"] for line in written.of("key")] == [
        *("pause", "pause", "mute", "pain", "digit", "pain", "digit", "take back", "stop"),
    ]
    assert [line["level"] for line in written.of("key") if line["key"] == "digit"] == [5, 10]
    assert written.lines[-1]["reason"] == "stopped"


def test_the_screen_is_drawn_four_times_a_second_and_the_disk_asked_once() -> None:
    """Three minutes: about 720 moments and 180 flushes."""
    written = live(recorded(), ScriptedKeyboard(), output=NoAudio())
    assert 650 < len(written.shown_s) < 730
    assert 170 < written.n_flushes < 185


def test_what_feet_and_keys_bring_is_shown_soon() -> None:
    """Within a twentieth of a second, whenever the screen was drawn last: also right after something else was."""
    heard_s = sorted([1.07 * number + later_s for number in range(150) for later_s in (0.0, 0.01, 0.03)])
    feet = RecordedFeet(Reading(time_s=at_s, cadence_spm=160.0) for at_s in heard_s)
    keyboard = ScriptedKeyboard()
    keyboard.look_every_s = math.inf  # one that rings
    shown_s = live(feet, keyboard, output=NoAudio()).shown_s
    within_s = NEWS_EVERY_S + 0.003  # the clock of the test is late by 0.7 ms a turn
    assert within_s < LISTEN_EVERY_S
    assert [at_s for at_s in heard_s if not any(0 <= one - at_s <= within_s for one in shown_s)] == []


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


def reasons(written: Written) -> list[str]:
    """How it ended."""
    return [line["reason"] for line in written.of("end")]


@each_row("yes", ["q", "enter", "y"])
def test_the_key_that_ends_the_session_is_asked_about_once(yes: str) -> None:
    """The beat and the journal go on meanwhile; the key again, Enter or y ends it."""
    written = live(recorded(), ScriptedKeyboard(*[None] * 400, "q", *[None] * 300, yes), output=NoAudio())
    assert written.answers == [ENGLISH_SCREEN.stop_asked]
    assert reasons(written) == ["stopped"]
    assert [line["key"] for line in written.of("key")] == ["stop"]
    heard = [line["t"] for line in written.of("reading")]
    assert max(later - earlier for earlier, later in itertools.pairwise(heard)) < 1.1


@pytest.mark.parametrize(
    ("no", "keys"),
    slow_but([("n", []), ("another key", []), ("m", ["mute"]), ("p", ["pain"])], ("n", []), ("p", ["pain"])),
)
def test_any_other_key_goes_on(no: str, keys: list[str]) -> None:
    """N means no here and no next stage; a key with a meaning of its own is acted on as ever."""
    written = live(recorded(), ScriptedKeyboard(*[None] * 400, "q", None, no), output=NoAudio())
    assert written.answers[:2] == [ENGLISH_SCREEN.stop_asked, ENGLISH_SCREEN.goes_on]
    assert [line["key"] for line in written.of("key")] == keys
    assert reasons(written) == ["finished"]


@each_row(("later_s", "ends"), [(9.5, ["stopped"]), (11.0, ["finished"])])
def test_a_question_that_nobody_answers_closes(later_s: float, ends: list[str]) -> None:
    """After ten seconds the second q is the first of another question, and the session goes on."""
    looks = round(later_s / 0.0107)
    keys = ScriptedKeyboard(*[None] * 400, "q", *[None] * looks, "q")
    assert reasons(live(NoFeet(), keys, output=NoAudio())) == ends


def test_after_a_stop_for_pain_nobody_is_asked() -> None:
    """Who is told to stop gets out with one key."""
    keys = ScriptedKeyboard(*[None] * 400, "p", "6", "q")
    assert reasons(live(NoFeet(), keys, output=NoAudio())) == ["stopped"]


def test_the_next_key_in_the_last_stage_is_asked_about() -> None:
    """It would end the session, and nothing would undo it."""
    n_stages = len(PLAN.stages)
    keys = ScriptedKeyboard(*[None] * 400, *["n"] * n_stages, None, "m", *["n"] * 2)
    written = live(NoFeet(), keys, output=NoAudio())
    assert ENGLISH_SCREEN.last_stage_asked in written.answers
    assert [line["key"] for line in written.of("key")] == [*["next"] * (n_stages - 1), "mute", "next"]
    assert reasons(written) == ["stopped"]  # skipped is not finished


@each_row(
    ("stands_s", "sleeps_s", "is_break"),
    [(9.9, 0.0, False), (10.1, 0.0, True), (0.0, 9.9, False), (0.0, 10.1, True), (0.0, 1200.0, True)],
)
def test_a_computer_that_slept_breaks_the_session_off(stands_s: float, sleeps_s: float, is_break: bool) -> None:  # noqa: FBT001
    """Also a program that stood still: above ten seconds, and where it was before that; nothing is made up for it."""
    clock = TurningClock(away_at_s=60.0, stands_s=stands_s, sleeps_s=sleeps_s)
    written = live(recorded(), ScriptedKeyboard(), output=NoAudio(), clock=clock)
    assert written.has_slept is is_break
    assert reasons(written) == (["interrupted"] if is_break else ["finished"])
    if is_break:
        assert 59.9 < written.lines[-1]["t"] <= 60.0
