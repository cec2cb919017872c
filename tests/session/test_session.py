from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.coach.actions import Action
from cadencecoach.coach.events import FeetChanged, Key
from cadencecoach.gait.reading import Feet, Reading
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.model import Plan
from cadencecoach.record.line_json import json_of_line
from cadencecoach.session.session import Session

PLAN = plan_of(replace(STAGE, name="Free", duration_s=20.0), replace(AT_170, name="Fixed", duration_s=100.0))
HR_150 = bytes([0, 150])
Lines = list[Mapping[str, Any]]


class Rig:
    """A session and everything that came out of it."""

    def __init__(self, plan: Plan = PLAN, vote: Vote | None = None) -> None:
        """Before its first event."""
        self.lines: Lines = []
        self.watched: list[Action | FeetChanged] = []
        self.session = Session(
            plan,
            baseline_spm=160.0,
            vote=vote or Vote(unit=Unit.STRIDES),
            perform=lambda _: None,
            write=lambda line: self.lines.append(json_of_line(line)),
            watch=self.watched.append,
        )

    def pod(self, from_s: int, to_s: int, raw_per_min: int) -> "Rig":
        """A pod's bytes each second."""
        for second in range(from_s, to_s):
            self.session.take_payload(float(second), "rsc", rsc(raw_per_min))
        return self

    def of(self, *kinds: str) -> Lines:
        """Lines of some kinds."""
        return [line for line in self.lines if line["what"] in kinds]


def rsc(raw_per_min: int, *, speed_mps: float = 3.0) -> bytes:
    """What a running pod sends."""
    return encode_rsc(RscMeasurement(speed_mps=speed_mps, raw_per_min=raw_per_min, is_running=True))


def test_one_step_does_what_is_due_first() -> None:
    """Silent from 1 s on: the first step begins the stage, the next calls the feet stale; `advance` needs each to."""
    rig = Rig()
    rig.session.step()
    rig.session.take_reading(Reading(time_s=1.0, cadence_spm=164.0))
    assert rig.session.due_s() == 4.0
    rig.session.step()
    assert [(line["t"], line["state"]) for line in rig.of("feet")] == [(1.0, "live"), (4.0, "stale")]
    assert rig.session.due_s() == 6.0


def test_at_one_instant_the_feet_come_before_the_stage() -> None:
    """Heard last at 17 s: stale at 20 s, where a stage begins. One step is the feet's, the next the coach's."""
    rig = Rig()
    rig.session.take_reading(Reading(time_s=17.0, cadence_spm=164.0))
    rig.session.advance(20.0)
    n_before = len(rig.lines)
    assert rig.session.due_s() == 20.0
    rig.session.step()
    assert [(line["t"], line["what"]) for line in rig.lines[n_before:]] == [(20.0, "feet")]
    rig.session.step()
    assert rig.of("stage")[-1]["t"] == 20.0


def test_bytes_are_written_down_then_read_then_estimated() -> None:
    """One payload: the bytes as they came, how they are read, the reading, the feet, the estimate; in this order."""
    rig = Rig()
    rig.session.take_payload(1.0, "rsc", rsc(82))
    assert [line["what"] for line in rig.lines[2:]] == ["payload", "unit", "reading", "feet", "estimate"]
    assert rig.of("payload") == [{"t": 1.0, "what": "payload", "source": "rsc", "hex": rsc(82).hex()}]
    assert rig.of("reading")[0]["cadence_spm"] == 164.0
    assert rig.of("reading")[0]["speed_mps"] == 3.0
    assert rig.session.speed_mps == 3.0


def test_a_reading_whose_unit_is_known_needs_no_vote() -> None:
    """From a file: no payload, no unit line, steps a minute as they are."""
    rig = Rig(vote=Vote())
    rig.session.take_reading(Reading(time_s=1.0, cadence_spm=164.0, hr_bpm=150.0, speed_mps=2.5))
    assert rig.of("payload", "unit") == []
    assert rig.of("estimate")[0]["cadence_spm"] == 164.0
    assert (rig.session.hr_bpm, rig.session.speed_mps, rig.session.unit) == (150.0, 2.5, None)


def test_heart_rate_and_speed_are_kept_until_the_next_ones() -> None:
    """A reading without them takes nothing away."""
    rig = Rig()
    rig.session.take_payload(1.0, "hr", HR_150)
    rig.session.take_reading(Reading(time_s=2.0, cadence_spm=164.0, speed_mps=2.5))
    rig.session.take_reading(Reading(time_s=3.0, cadence_spm=164.0))
    assert (rig.session.hr_bpm, rig.session.speed_mps) == (150.0, 2.5)


@each_row(("source", "payload"), [("rsc", b""), ("rsc", b"\x07\x00"), ("hr", b"\x01\x96"), ("hr", b"")])
def test_bad_bytes_are_counted_written_down_and_survived(source: str, payload: bytes) -> None:
    """The next good ones are read as if nothing had been."""
    rig = Rig()
    rig.session.take_payload(1.0, source, payload)
    rig.session.take_payload(2.0, "rsc", rsc(82))
    assert rig.session.n_bad_payloads == 1
    assert rig.of("payload")[0]["hex"] == payload.hex()
    assert [line["t"] for line in rig.of("reading")] == [2.0]


def test_the_unit_key_reads_the_numbers_the_other_way_and_forgets_the_old_ones() -> None:
    """From 164 to 82: no estimate mixes the two, and the feet are not coached on until there is a new one."""
    rig = Rig().pod(1, 11, 82)
    rig.session.press(10.5, Key.UNIT)
    rig.pod(11, 20, 82)
    assert [line["unit"] for line in rig.of("unit")] == ["strides", "steps"]
    after = [line for line in rig.of("estimate", "feet") if line["t"] > 10.0]
    assert after[0] == {"t": 10.5, "what": "feet", "state": "stale"}
    assert {line["cadence_spm"] for line in after if line["what"] == "estimate"} == {82.0}
    assert rig.session.unit is Unit.STEPS


def test_the_unit_key_does_nothing_where_there_is_no_question() -> None:
    """Nothing was decided: the key is written down, and that is all."""
    rig = Rig(vote=Vote())
    rig.session.press(10.5, Key.UNIT)
    assert rig.of("unit", "feet") == []
    assert [line["key"] for line in rig.of("key")] == ["unit"]


def test_a_stamp_from_the_past_counts_as_now() -> None:
    """A radio that hands over late cannot turn back the session."""
    rig = Rig()
    rig.session.take_reading(Reading(time_s=10.0, cadence_spm=164.0))
    rig.session.take_reading(Reading(time_s=4.0, cadence_spm=164.0))
    rig.session.take_payload(3.0, "rsc", rsc(82))
    rig.session.press(2.0, Key.MUTE)
    rig.session.rate_pain(1.0, 3)
    assert rig.session.now_s == 10.0
    assert {line["t"] for line in rig.of("payload", "key")} == {10.0}
    assert [line["t"] for line in rig.of("reading")] == [10.0] * 3


def test_a_reading_comes_before_what_is_due_at_its_instant() -> None:
    """At 3 s after the last one the feet would be stale; a reading at that very moment keeps them live."""
    rig = Rig()
    for time_s in (1.0, 4.0, 7.0):
        rig.session.take_reading(Reading(time_s=time_s, cadence_spm=164.0))
    assert [line["state"] for line in rig.of("feet")] == ["live"]


def test_time_that_passes_does_what_was_due_each_at_its_own_moment() -> None:
    """One call over the whole session: stale, lost, stages and the end where they belong."""
    rig = Rig()
    rig.session.take_reading(Reading(time_s=1.0, cadence_spm=164.0))
    rig.session.advance(1000.0)
    assert [(line["t"], line["state"]) for line in rig.of("feet")] == [(1.0, "live"), (4.0, "stale"), (6.0, "lost")]
    assert [line["t"] for line in rig.of("stage", "end")] == [0.0, 20.0, 120.0]
    assert rig.session.is_over


def test_what_is_due_at_the_time_reached_waits_for_the_next_call() -> None:
    """An event of that instant may still come; `advance` stops just before it."""
    rig = Rig()
    rig.session.advance(20.0)
    assert [line["index"] for line in rig.of("stage")] == [0]
    rig.session.advance(20.000001)
    assert [line["index"] for line in rig.of("stage")] == [0, 1]


def test_nothing_comes_after_the_end() -> None:
    """Payloads, readings, keys, pain, time and requests to stop: the last line stays the last, and nothing is heard."""
    rig = Rig().pod(1, 30, 82)
    rig.session.press(30.0, Key.STOP)
    n_lines, n_watched = len(rig.lines), len(rig.watched)
    rig.session.take_reading(Reading(time_s=31.0, cadence_spm=164.0))
    rig.pod(31, 40, 82)
    rig.session.press(41.0, Key.NEXT)
    rig.session.rate_pain(42.0, 3)
    rig.session.interrupt(43.0)
    rig.session.advance(1000.0)
    assert (len(rig.lines), len(rig.watched)) == (n_lines, n_watched)
    assert rig.lines[-1] == {"t": 30.0, "what": "end", "reason": "stopped"}


def test_an_interruption_before_the_first_moment_is_an_end_as_well() -> None:
    """No stage has begun: the record still says how it ended."""
    rig = Rig()
    rig.session.interrupt(0.0)
    assert rig.lines[-1] == {"t": 0.0, "what": "end", "reason": "interrupted"}
    assert rig.session.is_over


def test_whoever_watches_is_told_after_it_has_come_about() -> None:
    """Every action and every change of the feet, with the state already new and the line already written."""
    seen: list[tuple[str, bool]] = []
    rig = Rig()

    def watch(thing: Action | FeetChanged) -> None:
        if isinstance(thing, FeetChanged):
            seen.append((rig.lines[-1]["what"], rig.session.state.feet is thing.feet))

    rig.session._watch = watch
    rig.session.take_reading(Reading(time_s=1.0, cadence_spm=164.0))
    assert seen == [("feet", True)]


def test_a_stage_may_call_another_cadence_walking() -> None:
    """`walk_below` of the stage that runs now is what the feet are measured by."""
    slow = replace(AT_170.feedback, walk_below_spm=100.0)
    plan = plan_of(replace(STAGE, duration_s=20.0), replace(STAGE, duration_s=60.0, feedback=slow))
    rig = Rig(plan)
    for second in range(1, 40):
        rig.session.take_reading(Reading(time_s=float(second), cadence_spm=120.0))
    assert next(line["state"] for line in rig.of("feet")) == "walking"
    assert rig.session.tracker.feet is Feet.LIVE


EVENTS = st.lists(
    st.tuples(
        st.floats(-10.0, 200.0),
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from([*Key]),
            st.integers(0, 9),
            st.one_of(st.none(), st.floats(-10.0, 1000.0), st.just(float("nan"))),
        ),
    ),
    max_size=60,
)


@given(EVENTS)
def test_whatever_comes_the_lines_are_in_order_of_time_and_the_end_is_last(events: list[tuple[float, Any]]) -> None:
    """Any bytes, keys, digits and values at any times, late ones too: nothing breaks the record."""
    rig = Rig(vote=Vote())
    for time_s, what in events:
        match what:
            case bytes():
                rig.session.take_payload(time_s, "rsc", what)
            case Key():
                rig.session.press(time_s, what)
            case int():
                rig.session.rate_pain(time_s, what)
            case _:
                rig.session.take_reading(Reading(time_s=time_s, cadence_spm=what))
    rig.session.interrupt(rig.session.now_s)
    times = [line["t"] for line in rig.lines]
    assert times == sorted(times)
    assert [line["what"] for line in rig.lines].index("end") == len(rig.lines) - 1
