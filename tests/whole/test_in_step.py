"""A strap's bytes in, beats on footfalls out; a simulation of steps, straps and radio, and nothing else."""

import random
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np
import pytest
from coach_rig import AT_170, STAGE, plan_of
from hand_lines import records
from journal_beats import beat_times_s
from own_feedback import FEEDBACK
from simulated_bodies import RUN, Motion, moving, step_times
from strap_frames import frames

from cadencecoach.gait.steps import Placement
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.feedback import CueStyle, Start
from cadencecoach.plan.model import Plan
from cadencecoach.record.line_json import json_of_line
from cadencecoach.record.lines import SoundLine
from cadencecoach.session.feet import JournalledFeet
from cadencecoach.session.session import Session

pytestmark = pytest.mark.slow

Line = dict[str, Any]
FREE_S = (8.3, 6.1, 5.7)  # before each of three beats


def plan(start: Start = Start.IN_STEP) -> Plan:
    """Three times a free stretch, then a beat."""
    feedback = replace(FEEDBACK, start=start)
    pairs = [(replace(STAGE, duration_s=s), replace(AT_170, duration_s=4.0, feedback=feedback)) for s in FREE_S]
    return plan_of(*(stage for pair in pairs for stage in pair))


def held_plan(hold_ratio: float) -> Plan:
    """A free stretch, then a beat of a minute and a half that may give way by so much."""
    feedback = replace(FEEDBACK, style=CueStyle.NONE, hold_phase_ratio=hold_ratio)
    return plan_of(replace(STAGE, duration_s=8.3), replace(AT_170, duration_s=90.0, feedback=feedback))


def run_at(cadence_spm: float, seed: int, placement: Placement = Placement.CHEST, for_s: float = 32.0) -> Motion:
    """Somebody who runs for half a minute."""
    steps_s = step_times([(for_s, cadence_spm)], jitter=RUN.jitter, seed=seed)
    return moving(placement, steps_s, RUN, rate_hz=100.0, seed=seed)


def heard(motion: Motion, seed: int, of: Plan | None = None, delay_s: float = 0.0) -> list[Line]:
    """The journal of a session with that strap; its radio is late by chance and loses a frame now and then."""
    lines: list[Line] = []
    session = session_of(lines, of)
    radio, arrived_s = random.Random(seed), 0.0  # noqa: S311  # a radio, no secret
    if delay_s:
        session.take_sound(0.0, delay_s)
        lines.append(json_of_line(SoundLine(0.0, state="playing", slip_frames=0, latency_s=delay_s)))
    for time_s, payload in frames(motion):
        if radio.random() >= 0.02:
            arrived_s = max(arrived_s, time_s + radio.expovariate(10.0))
            session.take_payload(arrived_s, "accel", payload, "strap")
    return lines


def session_of(lines: list[Line], of: Plan | None = None) -> Session:
    """A session that writes into a list."""
    return Session(
        of or plan(),
        baseline_spm=160.0,
        vote=Vote(unit=Unit.STRIDES),
        perform=lambda _: None,
        write=lambda line: lines.append(json_of_line(line)),
    )


def beginnings(lines: list[Line]) -> list[float]:
    """When a beat began out of silence."""
    began, is_silent = [], True
    for line in lines:
        if line["what"] == "tempo":
            if is_silent and line["spm"] is not None:
                began.append(line["t"])
            is_silent = line["spm"] is None
    return began


def off_s(began_s: list[float], motion: Motion) -> list[float]:
    """How far each is from the nearest true footfall."""
    nearest = [motion.steps_s[np.argmin(np.abs(motion.steps_s - time_s))] for time_s in began_s]
    return [time_s - float(step_s) for time_s, step_s in zip(began_s, nearest, strict=True)]


def test_the_first_beat_falls_near_a_footfall() -> None:
    """Of nine first beats at three cadences the median is within 15 ms of the true footfall, each within 60 ms."""
    errors = []
    for seed, cadence_spm in enumerate((152.0, 165.0, 178.0)):
        motion = run_at(cadence_spm, seed)
        errors += off_s(beginnings(heard(motion, seed)), motion)
    assert len(errors) == 9
    assert abs(median(errors)) <= 0.015
    assert max(map(abs, errors)) <= 0.06


def test_it_comes_less_than_a_step_late_and_every_start_is_noted() -> None:
    """Begun at the stage's start or within 0.4 s of it, with one note each; `at once` begins at it, without a note."""
    motion = run_at(165.0, 1)
    lines = heard(motion, 1)
    starts_s = [line["t"] for line in lines if line["what"] == "stage" and line["target_spm"] is not None]
    waits_s = [began - start for began, start in zip(beginnings(lines), starts_s, strict=True)]
    assert all(0.0 <= wait_s < 0.4 for wait_s in waits_s)
    notes = [line for line in lines if line["what"] == "note"]
    assert [note["about"] for note in notes] == ["start"] * 3
    assert all(note["text"].startswith("first beat in step: asynchrony ") for note in notes)
    at_once = heard(motion, 1, plan(Start.AT_ONCE))
    assert beginnings(at_once) == starts_s
    assert not [line for line in at_once if line["what"] == "note"]


@pytest.mark.parametrize("placement", [Placement.WRIST, Placement.FOOT])
def test_an_arm_and_a_foot_tell_no_footfall(placement: Placement) -> None:
    """Their swing has a phase of its own: the beat begins at once and nothing is claimed."""
    lines = heard(run_at(165.0, 1, placement), 1)
    assert beginnings(lines) == pytest.approx([8.3, 18.4, 28.1])
    assert not [line for line in lines if line["what"] == "note"]


def played_again(lines: list[Line], of: Plan | None = None) -> list[Line]:
    """What the same plan makes of the payloads of a journal."""
    again: list[Line] = []
    feet, session = JournalledFeet(records(lines)), session_of(again, of)
    while feet.next_s() < 1e6:
        feet.deliver(session)
    session.advance(lines[-1]["t"] + 1.0)
    return again


def asynchronies_s(lines: list[Line], motion: Motion, from_s: float) -> list[float]:
    """Of the true footfalls from a time on: footfall minus the nearest beat."""
    beats_s = np.array(list(beat_times_s(records(lines))))
    steps_s = motion.steps_s[(motion.steps_s > from_s) & (motion.steps_s < beats_s[-1])]
    return [float(step_s - beats_s[np.argmin(np.abs(beats_s - step_s))]) for step_s in steps_s]


def test_the_journal_leads_to_the_same_beats_the_card_s_delay_included() -> None:
    """Played again from payloads and the line of the sound card: every line that was decided is the same."""
    first = heard(run_at(165.0, 2), 2, delay_s=0.13)
    assert len(beginnings(first)) == 3
    assert played_again(first) == [line for line in first if line["what"] != "sound"]
    assert beginnings(first) != beginnings(heard(run_at(165.0, 2), 2))


@pytest.mark.parametrize(("hold_ratio", "sd_s"), [(0.0, (0.06, 0.15)), (0.01, (0.0, 0.035))])
def test_a_beat_that_gives_way_is_met_where_the_plans_tempo_drifts_through_the_steps(
    hold_ratio: float, sd_s: tuple[float, float]
) -> None:
    """A runner 0.5 % above the target: footfalls wander through the plan's beats, and stay by those that are held."""
    motion = run_at(170.85, 3, for_s=100.0)
    lines = heard(motion, 3, held_plan(hold_ratio))
    off_s = asynchronies_s(lines, motion, from_s=25.0)
    assert sd_s[0] <= np.std(off_s) <= sd_s[1]
    assert not hold_ratio or abs(float(np.median(off_s))) <= 0.025
    tempos = [line["spm"] for line in lines if line["what"] == "tempo" and line["spm"] is not None]
    assert all(abs(spm / 170.0 - 1) <= hold_ratio + 1e-9 for spm in tempos)


def test_a_held_beat_can_be_played_again_and_says_how_it_was_met() -> None:
    """The journal leads to the very same tempos; its note agrees with the true footfalls within 15 ms."""
    motion = run_at(170.85, 4, for_s=100.0)
    first = heard(motion, 4, held_plan(0.01))
    assert played_again(first, held_plan(0.01)) == first
    (note,) = [line["text"] for line in first if line["what"] == "note" and line["about"] == "hold"]
    told_s = int(note.split()[6]) / 1000
    assert told_s == pytest.approx(float(np.mean(asynchronies_s(first, motion, from_s=12.0))), abs=0.015)
