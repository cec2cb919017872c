"""Whole sessions with pods that count what they like: what is read, told, counted and remembered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row
from hand_lines import records
from pod_traces import Going, sent_by_pod, walk

from cadencecoach.coach.events import Key
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.line_json import json_of_line
from cadencecoach.session.session import Session

PLAN = plan_of(replace(STAGE, name="Warm-up", duration_s=20.0), replace(AT_170, name="Work", duration_s=600.0))
STRIDES, STEPS = Unit.STRIDES, Unit.STEPS
SLOW_WALK, RUN = walk(25, 0.86), (40.0, 172.0, 2.6)
CUT = RscMeasurement(speed_mps=2.5, raw_per_min=None, is_running=True)
Lines = list[Mapping[str, Any]]


class PodSession:
    """A session with one pod named "Pod", one message a second, and everything that came out of it."""

    def __init__(self, *, votes: Mapping[str, Vote] | None = None, vote: Vote | None = None) -> None:
        """Before the first message."""
        self.lines: Lines = []
        self.messages: list[str] = []
        self.session = Session(
            PLAN,
            baseline_spm=160.0,
            vote=vote or Vote(),
            votes=votes or {},
            perform=lambda _: None,
            write=lambda line: self.lines.append(json_of_line(line)),
        )
        self.second = 0

    def hears(self, sent: Iterable[tuple[int, float]], *, is_running: bool = False) -> "PodSession":
        """The pod's messages."""
        for raw_per_min, speed_mps in sent:
            self.second += 1
            measured = RscMeasurement(speed_mps=speed_mps, raw_per_min=raw_per_min, is_running=is_running)
            self.session.take_payload(float(self.second), "rsc", encode_rsc(measured), "Pod")
            if message := self.session.sensor_message:
                self.messages.append(message)
        return self

    def of(self, *kinds: str) -> Lines:
        """Lines of some kinds."""
        return [line for line in self.lines if line["what"] in kinds]

    def said(self) -> list[str]:
        """The reasons of what was said of the sensor."""
        return [line["reason"] for line in self.of("cue") if line["reason"].startswith("sensor")]

    def units(self) -> list[str]:
        """What was decided, in order."""
        return [line["unit"] for line in self.of("unit")]

    def newest_spm(self) -> float:
        """The estimate at the end."""
        return float(self.of("estimate")[-1]["cadence_spm"])


def counted(goings: Sequence[Going], unit: Unit) -> list[tuple[int, float]]:
    """What a pod that counts a unit sends."""
    return list(sent_by_pod(goings, unit, noise=0.01))


@each_row("unit", [STRIDES, STEPS])
@each_row(
    "goings",
    [
        [SLOW_WALK, RUN],
        [RUN],
        [(8.0, 0.0, 0.0), RUN],  # stands, then runs
        [walk(20, 1.4), (30.0, 206.0, 6.0)],  # a sprint
        [(30.0, 150.0, 3.0)],  # a tall runner: steps of 1.2 m
        [(30.0, 196.0, 2.2)],  # a short one: 67 cm
        [(30.0, 190.0, 3.9)],  # a race walker
        [RUN, (15.0, 0.0, 0.0), RUN],  # a light
    ],
)
def test_a_pod_is_read_right_whatever_comes_first(unit: Unit, goings: list[Going]) -> None:
    """One decision, the runner's own step rate, a sensor never said to be lost, and the unit worth remembering."""
    pod = PodSession().hears(counted(goings, unit))
    assert pod.units() == [unit.name.lower()]
    assert pod.newest_spm() == pytest.approx(goings[-1][1], abs=8.0)
    assert pod.said() == []
    assert pod.session.votes["Pod"].is_worth_remembering


@each_row("wrong", [Vote(unit=STRIDES, is_sure=True), Vote(unit=STRIDES, is_given=True, is_sure=True)])
def test_a_remembered_mistake_is_mended_told_and_remembered_right(wrong: Vote) -> None:
    """A pod that counts steps and was taken for strides yesterday, by the program or its user: 172 spm, not 344."""
    pod = PodSession(votes={"Pod": wrong}).hears([(172, 2.6)] * 40, is_running=True)
    assert pod.units() == ["strides", "steps"]
    assert pod.newest_spm() == 172.0
    assert pod.said() == []
    (note,) = pod.of("note")
    assert (note["t"], note["about"]) == (3.0, "sensor")
    assert note["text"] == pod.messages[0]
    assert "steps, not strides" in note["text"]
    assert pod.session.votes["Pod"].unit is STEPS
    assert pod.session.votes["Pod"].is_worth_remembering


def test_steps_running_time_and_way_before_the_decision_are_counted() -> None:
    """A strides pod that decides by size after ten seconds: nothing of those ten seconds is missing."""
    late, early = (PodSession(vote=vote).hears([(82, 0.0)] * 60) for vote in (Vote(), Vote(unit=STRIDES)))
    assert late.of("unit")[0]["t"] == 10.0
    both = [
        summarise(records([*pod.lines, {"t": 60.0, "what": "end", "reason": "stopped"}])).session
        for pod in (late, early)
    ]
    assert both[0].steps == pytest.approx(both[1].steps)
    assert both[0].running_s == pytest.approx(both[1].running_s)
    unread = PodSession().hears([(100, 1.4)] * 30)
    assert summarise(records(unread.lines)).session.distance_m == pytest.approx(29 * 1.4, rel=0.01)


def test_the_feet_are_known_at_the_decision() -> None:
    """The estimate stands on all three readings at once, and the feet need no second word."""
    pod = PodSession().hears([(86, 2.6)] * 3)
    assert [(line["t"], line["state"]) for line in pod.of("feet")] == [(3.0, "live")]
    assert [(line["came_s"], line["cadence_spm"]) for line in pod.of("reading") if "came_s" in line] == [
        (1.0, 172.0),
        (2.0, 172.0),
    ]


def test_nonsense_is_told_as_nonsense_and_not_as_a_loss() -> None:
    """255 a minute fits no unit: after five seconds it is said, shown and written down, and back when it ends."""
    pod = PodSession(votes={"Pod": Vote(unit=STRIDES, is_sure=True)}).hears([(86, 2.6)] * 30)
    pod.hears([(255, 2.6)] * 5)
    assert pod.said() == []
    pod.hears([(255, 2.6)] * 25)
    assert pod.said() == ["sensor unclear"]
    assert "lost" not in [line["state"] for line in pod.of("feet")]
    assert [line["text"] for line in pod.of("note")] == [pod.messages[-1]]
    assert "make no sense: 510 steps a minute. Press u" in pod.messages[-1]
    pod.hears([(86, 2.6)] * 3)
    assert pod.session.sensor_message == ""
    assert pod.said() == ["sensor unclear", "sensor back"]


@each_row(("seconds", "n_told"), [(5, 0), (6, 1), (30, 1)])
def test_a_pod_that_says_zero_at_the_speed_of_a_run_is_told_within_seconds(seconds: int, n_told: int) -> None:
    """Shown and written down once, named; nothing is said, for no key mends it."""
    pod = PodSession().hears([(0, 3.0)] * seconds)
    assert len(pod.of("note")) == n_told
    assert pod.session.sensor_message == (
        "Pod says 0 steps a minute while you move. Put it on again or change its battery." if n_told else ""
    )
    assert pod.said() == []


def test_a_pod_that_stops_counting_in_the_middle_of_a_run_is_told() -> None:
    """The same, after a minute of good numbers; with the next steps the line is gone."""
    pod = PodSession().hears([(86, 2.6)] * 60).hears([(0, 2.6)] * 6)
    assert "says 0 steps a minute while you move" in pod.session.sensor_message
    pod.hears([(86, 2.6)] * 3)
    assert pod.session.sensor_message == ""


@each_row(("seconds", "is_told"), [(10, False), (11, True)])
def test_a_pod_that_has_never_counted_a_step_is_told(seconds: int, *, is_told: bool) -> None:
    """Without a speed nothing tells it from a runner who stands, so it is said what to do if that is wrong."""
    pod = PodSession().hears([(0, 0.0)] * seconds)
    assert ("has counted no steps yet" in pod.session.sensor_message) is is_told


def test_steps_that_could_not_be_read_are_steps() -> None:
    """A stroll whose unit stays open, then a bench: the pod has counted."""
    pod = PodSession().hears([(100, 1.4)] * 10).hears([(0, 0.0)] * 30)
    assert pod.session.sensor_message == ""


def test_a_runner_who_stands_after_running_is_left_alone() -> None:
    """A light: the pod says 0 and means it."""
    pod = PodSession().hears([(86, 2.6)] * 10).hears([(0, 0.0)] * 60)
    assert pod.of("note") == []


def test_a_pod_whose_messages_end_before_the_cadence_is_told() -> None:
    """Its speed is used; that it sends no steps is said after five seconds."""
    pod = PodSession(votes={"Pod": Vote(unit=STRIDES, is_sure=True)}).hears([(86, 3.0)] * 3)
    for second in range(4, 12):
        pod.session.take_payload(float(second), "rsc", encode_rsc(CUT), "Pod")
    assert "Pod is connected but sends no steps" in pod.session.sensor_message
    assert pod.session.n_bad_payloads == 0
    assert pod.session.speed_mps == 2.5


def linked(*, state: str = "connected", source: str = "rsc") -> PodSession:
    """A session with a pod whose link came or went in its first second."""
    pod = PodSession()
    pod.session.take_link(1.0, state="connected", source=source, name="Pod")
    if state != "connected":
        pod.session.take_link(2.0, state=state, source=source, name="Pod")
    return pod


@each_row(("payload", "n_bad"), [(b"", 10), (b"\x04\x00", 10), (None, 0)])
@each_row(("time_s", "is_told"), [(10.9, False), (11.0, True), (60.0, True)])
def test_a_pod_that_is_connected_and_says_nothing_that_can_be_read_is_told(
    payload: bytes | None, n_bad: int, time_s: float, *, is_told: bool
) -> None:
    """Messages without their first field, or none at all: ten seconds after the link, until it tells steps."""
    pod = linked()
    for second in range(1, 11) if payload is not None else ():
        pod.session.take_payload(float(second), "rsc", payload or b"", "Pod")
    pod.session.advance(time_s)
    assert ("Pod is connected but sends no steps" in pod.session.sensor_message) is is_told
    assert pod.session.n_bad_payloads == n_bad
    pod.second = 60
    assert "sends no steps" not in pod.hears([(86, 2.6)]).session.sensor_message


def test_a_silent_pod_that_is_connected_to_again_is_as_silent_as_before() -> None:
    """A link without a word is given up after some seconds and made anew: the time is counted from the first one."""
    pod = linked()
    pod.session.take_link(6.0, state="lost", source="rsc", name="Pod")
    pod.session.take_link(6.1, state="connected", source="rsc", name="Pod")
    pod.session.advance(11.0)
    assert "sends no steps" in pod.session.sensor_message
    pod.session.take_link(16.0, state="lost", source="rsc", name="Pod")
    assert pod.session.sensor_message == ""


def test_a_pod_that_falls_silent_while_the_runner_rests_is_left_alone() -> None:
    """It has told steps; some pods say nothing at all while nobody steps."""
    pod = linked().hears([(86, 2.6)] * 10)
    pod.session.take_link(30.0, state="lost", source="rsc", name="Pod")
    pod.session.take_link(30.1, state="connected", source="rsc", name="Pod")
    pod.session.advance(60.0)
    assert "sends no steps" not in pod.session.sensor_message


@each_row(("state", "source"), [("lost", "rsc"), ("connected", "hr"), ("connected", "treadmill")])
def test_nothing_is_awaited_of_a_link_that_is_lost_or_of_one_that_counts_no_steps(state: str, source: str) -> None:
    """They are told as what they are, or not at all."""
    pod = linked(state=state, source=source)
    pod.session.advance(60.0)
    assert pod.session.sensor_message == ""


def test_a_sensor_that_is_silent_is_lost_and_nothing_else() -> None:
    """The same session without a word."""
    pod = PodSession().hears([(86, 2.6)] * 30)
    pod.session.advance(60.0)
    assert pod.said() == ["sensor lost"]
    assert pod.session.sensor_message == ""


def test_power_in_place_of_a_cadence_is_shown_and_not_mended_by_the_key() -> None:
    """21 at 3 m/s are 210 W: nothing is said that would not help."""
    pod = PodSession(votes={"Pod": Vote(unit=STRIDES, is_sure=True)}).hears([(86, 3.0)] * 10).hears([(21, 3.0)] * 20)
    assert pod.said() == []
    assert "perhaps power" in pod.session.sensor_message
    assert not pod.session.votes["Pod"].is_worth_remembering


@each_row(("seconds", "n_told"), [(15, 0), (16, 1)])
def test_a_vote_that_stays_open_is_told_with_the_key(seconds: int, n_told: int) -> None:
    """A long-legged stroll or a slow jog: after fifteen seconds the runner is asked."""
    pod = PodSession().hears([(100, 1.4)] * seconds)
    assert len(pod.of("note")) == len(pod.said()) == n_told
    assert all("steps or strides" in line["text"] for line in pod.of("note"))


def test_the_key_settles_an_open_vote_and_keeps_what_was_sent() -> None:
    """The estimate is there at once; pressed again the numbers are read the other way."""
    pod = PodSession().hears([(100, 1.4)] * 16)
    pod.session.press(16.5, Key.UNIT)
    assert len([line for line in pod.of("reading") if "came_s" in line]) == 16
    pod.session.press(16.6, Key.UNIT)
    assert sorted(pod.units()) == ["steps", "strides"]
    assert pod.session.votes["Pod"].is_given


def test_what_the_user_said_stands() -> None:
    """A pod whose speed is wrong: its numbers speak against what the key said, which is remembered as said."""
    pod = PodSession().hears([(86, 1.0)] * 10)
    assert pod.units() == ["steps"]
    pod.session.press(10.5, Key.UNIT)
    pod.hears([(86, 1.0)] * 40)
    assert pod.units() == ["steps", "strides"]
    assert pod.newest_spm() == 172.0
    vote = pod.session.votes["Pod"]
    assert (vote.unit, vote.is_given, vote.is_worth_remembering) == (STRIDES, True, True)


def test_a_treadmill_that_knows_no_speed_is_read_by_size_and_mends_itself() -> None:
    """80 a minute are taken for strides, until 172 say that they were steps."""
    pod = PodSession().hears([(80, 0.0)] * 20)
    assert pod.units() == ["strides"]
    assert not pod.session.votes["Pod"].is_worth_remembering
    pod.hears([(172, 0.0)] * 40)
    assert pod.units() == ["strides", "steps"]
    assert pod.newest_spm() == 172.0
    assert pod.said() == []


def test_a_journal_of_payloads_decides_the_same_again() -> None:
    """The lines of a session with a mended unit, from its payloads alone."""
    wrong = {"Pod": Vote(unit=STRIDES, is_sure=True)}
    first = PodSession(votes=wrong).hears(counted([SLOW_WALK, RUN], STEPS))
    second = PodSession(votes=wrong)
    for line in first.of("payload"):
        second.session.take_payload(line["t"], "rsc", bytes.fromhex(line["hex"]), line["sensor"])
    assert second.lines == first.lines
