"""A session whose feet are heard through a phone: coached on what is of now, and the same again from its journal."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from coach_rig import STAGE, plan_of
from hand_lines import records
from phone_batches import batch_of, batches, worn

from cadencecoach.coach.actions import Action, CueReason, GiveCue
from cadencecoach.gait.phone import decode_samples
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.steps import Placement
from cadencecoach.live.sensors.phone_intake import PhoneIntake
from cadencecoach.plan.model import Between, Stage
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.record.line_json import json_of_line
from cadencecoach.session.feet import JournalledFeet
from cadencecoach.session.session import Session

pytestmark = pytest.mark.slow

Line = dict[str, Any]
TOO_SLOW = replace(STAGE, target=Between(175.0, 185.0))


def session_with(lines: list[Line], stage: Stage = STAGE, done: list[Action] | None = None) -> Session:
    """A session of one long stage that writes into a list."""
    write = lambda line: lines.append(json_of_line(line))  # noqa: E731
    perform = (lambda _: None) if done is None else done.append
    return Session(plan_of(stage), baseline_spm=160.0, perform=perform, write=write)


def run(session: Session, seconds: float = 15.0, *, gap_s: tuple[float, float] = (1e9, 1e9)) -> None:
    """A run at 162 steps a minute with a phone at the hip, which is not heard between two times."""
    intake = PhoneIntake()
    for time_s, batch in batches(worn(Placement.HIP, [(seconds, 162.0)])):
        if gap_s[0] <= time_s < gap_s[1]:
            continue
        for payload in intake.take(batch, time_s):
            session.take_payload(time_s, "phone", payload, "phone")
    session.advance(seconds + 10.0)


def test_a_phone_feeds_the_coach_and_its_journal_plays_to_the_same_lines() -> None:
    """Live, with its place; and bytes played again give the same readings, states, cues."""
    first: list[Line] = []
    session = session_with(first, TOO_SLOW)
    run(session)
    feet = [line["state"] for line in first if line["what"] == "feet"]
    assert feet == ["live", "still", "stale", "lost"]  # it ends with the runner standing
    assert [line["placement"] for line in first if line["what"] == "placement"] == ["hip or chest"]
    assert session.leader == "phone"
    again: list[Line] = []
    played, replayed = JournalledFeet(records(first)), session_with(again, TOO_SLOW)
    while played.next_s() < 1e6:
        played.deliver(replayed)
    replayed.advance(session.now_s)
    assert again == first


@pytest.mark.parametrize(("seconds", "is_told"), [(10.0, False), (20.0, True)])
def test_of_a_phone_that_counts_no_steps_no_battery_is_changed(seconds: float, *, is_told: bool) -> None:
    """It is told to be worn tighter, once nothing has been counted for a while."""
    session, intake = session_with([]), PhoneIntake()
    session.take_link(0.0, state="connected", source="phone", name="phone")
    for at in np.arange(0.0, seconds, 0.5):
        batch = batch_of(at + np.arange(50) / 100, [(0.0, 0.1, 9.8)] * 50)
        for payload in intake.take(batch, at + 0.5):
            session.take_payload(at + 0.5, "phone", payload, "phone")
    assert session.sensor_message == (ENGLISH_SCREEN.phone_no_steps if is_told else "")


@pytest.mark.parametrize("gap", [2.0, 5.0, 15.0])
def test_nothing_is_corrected_on_what_is_over_three_seconds_old(gap: float) -> None:
    """Around a gap of any length; after it the runner is heard again."""
    done, lines = list[Action](), list[Line]()
    session = session_with(lines, TOO_SLOW, done)
    run(session, 60.0 + gap, gap_s=(30.0, 30.0 + gap))
    corrections_s = [one.time_s for one in done if isinstance(one, GiveCue) and one.reason is CueReason.BELOW]
    payloads = [line for line in lines if line["what"] == "payload"]
    came = np.array([line["t"] for line in payloads])
    of = np.array([decode_samples(bytes.fromhex(line["hex"])).times_ns[-1] / 1e9 for line in payloads])
    assert corrections_s
    for time_s in corrections_s:
        assert time_s - of[came <= time_s].max() <= 3.0
    told = [(line["state"], line["t"]) for line in lines if line["what"] == "feet"]
    around = [state for state, time_s in told if 25.0 < time_s < 45.0 + gap]
    assert (around[0], around[-1]) == ("stale", "live")
    assert session.tracker.feet is Feet.LOST
