"""A session of each source, rehearsed from its journal: every line is the same. A new source needs a row."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from coach_rig import AT_170, plan_of
from own_feedback import FEEDBACK
from phone_batches import payloads, worn
from simulated_bodies import RUN, moving, step_times
from strap_frames import frames

from cadencecoach.coach.events import Key
from cadencecoach.gait.microphone import HeardSteps, encode_heard
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.sources import SOURCES
from cadencecoach.gait.steps import Placement
from cadencecoach.record.line_json import json_of_line, line_of_json
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import JournalledFeet
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session

SPM, RUN_S, LATER_S = 150.0, 20.0, 45.0  # too slow for the target, then nothing is heard any more
SOON = replace(FEEDBACK, settle_s=6.0, dwell_s=3.0)  # corrects after half of it
PLAN = plan_of(replace(AT_170, duration_s=LATER_S, feedback=SOON))
Json = Mapping[str, Any]
Send = Callable[[Session], None]


def every_second(source: str, payload: bytes, from_s: int = 1, to_s: int = int(RUN_S)) -> Send:
    """The same message once a second."""

    def send(session: Session) -> None:
        for second in range(from_s, to_s):
            session.take_payload(float(second), source, payload, "sensor")

    return send


def of_phone(placement: Placement) -> Send:
    """A phone that is worn somewhere."""

    def send(session: Session) -> None:
        for time_s, payload in payloads(worn(placement, [(RUN_S, SPM)])):
            session.take_payload(time_s, "phone", payload, "phone")

    return send


def of_strap(session: Session) -> None:
    """A strap at the chest."""
    steps = step_times([(RUN_S, SPM)], jitter=RUN.jitter, seed=3)
    session.take_payload(0.0, "accel", bytes.fromhex("f002020000"), "strap")
    for time_s, payload in frames(moving(Placement.CHEST, steps, RUN, rate_hz=100.0, seed=3)):
        session.take_payload(time_s, "accel", payload, "strap")


def by_hand(session: Session, from_s: float = 1.0, to_s: float = RUN_S) -> None:
    """The key, at each step."""
    for tap in range(int((to_s - from_s) * SPM / 60)):
        session.press(from_s + tap * 60 / SPM, Key.TAP)


def of_microphone(session: Session) -> None:
    """It finds the beat first, then hears steps, and is silent now and then."""
    for second in range(1, int(RUN_S)):
        unheard = 7 if second < 6 else 3 if second % 9 == 0 else 0
        told = HeardSteps(cadence_spm=None if unheard else SPM, unheard=unheard, quality=0.6, clicks=2, delay_s=0.12)
        session.take_payload(float(second), "mic", encode_heard(told), "Built-in")


POD = encode_rsc(RscMeasurement(speed_mps=3.0, raw_per_min=round(SPM / 2), is_running=True))


def of_pod_then_hand(session: Session) -> None:
    """As `auto` goes on: a pod that falls silent, and taps after it."""
    every_second("rsc", POD, 1, 13)(session)
    by_hand(session, 17.0, LATER_S - 5.0)


# By source, and further ways to use one.
SENT: Mapping[str, Send] = {
    "rsc": every_second("rsc", POD),
    "hr": every_second("hr", bytes.fromhex("008c")),
    "treadmill": every_second("treadmill", bytes.fromhex("0001 3804 8c")),
    "accel": of_strap,
    "phone": of_phone(Placement.HIP),
    "phone at the wrist": of_phone(Placement.WRIST),
    "mic": of_microphone,
    "taps": by_hand,
    "auto": of_pod_then_hand,
}
TELLS_NO_STEPS = {"hr", "treadmill"}


def begun(lines: list[Json]) -> Session:
    """A session that writes these lines, with its own baseline."""
    return Session(
        PLAN,
        baseline_spm=160.0,
        perform=lambda _: None,
        write=lambda line: lines.append(json_of_line(line)),
        takes_taps=True,
    )


def test_each_source_has_a_session() -> None:
    """One that is missing here would be replayed unseen."""
    assert set(SOURCES) <= set(SENT)


@pytest.mark.parametrize("name", SENT)
def test_a_journal_rehearsed_twice_decides_the_same(name: str) -> None:
    """What was decided live is decided again from its journal, in the same letters: so is what follows from those."""
    live: list[Json] = []
    session = begun(live)
    SENT[name](session)
    session.advance(LATER_S + 1.0)
    written = [json.dumps(line) for line in live]
    again: list[Json] = []
    rehearse(begun(again), JournalledFeet([line_of_json(json.loads(line)) for line in written]), output=NoAudio())
    assert [json.dumps(line) for line in again] == written
    is_corrected = any(line["what"] == "cue" and line["reason"] == "below" for line in live)
    assert is_corrected is (name not in TELLS_NO_STEPS)
