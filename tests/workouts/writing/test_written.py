"""Plans written for other programs: two readers of FIT find the same numbers, and what is lost is said."""

import io
from pathlib import Path

import fitdecode
import pytest
from each_row import each_row

from cadencecoach.errors import WorkoutError
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Plan
from cadencecoach.workouts.model import ForTime, Repeat, WorkoutStep
from cadencecoach.workouts.reading.door import read_workout
from cadencecoach.workouts.writing.fit import fit_workout
from cadencecoach.workouts.writing.intervals import intervals_text
from cadencecoach.workouts.writing.steps import Units, outline_of

SESSIONS = sorted((Path(__file__).parents[3] / "sessions").glob("*.yaml"))
NOW_FIT_S = 1_100_000_000
FIELDS = ("message_index", "wkt_step_name", "duration_type", "duration_time", "duration_step", "target_type",
          "repeat_steps", "custom_target_cadence_low", "custom_target_cadence_high", "intensity", "notes")  # fmt: skip
PLAN = b"""plan: "4x Run: 5m, -90 %"
baseline: 164 spm
stages:
  - {name: Warm-up, until: key}
  - repeat: 3
    stages:
      - {name: "Quick 1m 90rpm", duration: 90.5 s, target: +5 %, ramp: 30 s, help: 50 %, say: "Light."}
      - {name: Walk, duration: 1 min, target: walk}
  - {name: Alone, duration: 2 min, target: +5 %, beat: off, feedback: none}
  - {name: Fixed, duration: 2 min, target: 171-173 spm, beat: rescue, cues: [{at: 30 s, say: "Now."}]}
"""


def plan_at(path: Path) -> Plan:
    """A plan that comes with the program."""
    return load_plan(path.read_bytes(), path.name)


def by_fitdecode(data: bytes) -> list[dict[str, object]]:
    """The steps as fitdecode reads them, strictly."""
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(io.BytesIO(data), **strict) as frames:
        steps = [one for one in frames if one.frame_type == fitdecode.FIT_FRAME_DATA and one.name == "workout_step"]
    return [{name: step.get_value(name, fallback=None) for name in FIELDS} for step in steps]


def by_garmin(data: bytes) -> list[dict[str, object]]:
    """The steps as Garmin's own reader has them; it must find no error."""
    sdk = pytest.importorskip("garmin_fit_sdk")
    decoder = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(data)))
    assert decoder.check_integrity()
    messages, errors = sdk.Decoder(sdk.Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    assert messages["file_id_mesgs"][0]["type"] == "workout"
    assert messages["workout_mesgs"][0]["num_valid_steps"] == len(messages["workout_step_mesgs"])
    return [{name: step.get(name) for name in FIELDS} for step in messages["workout_step_mesgs"]]


@each_row("path", SESSIONS, ids=lambda path: path.stem)
def test_two_readers_find_the_same_steps_and_they_are_those_of_the_plan(path: Path) -> None:
    """Every plan that comes with the program, for a runner of 164 spm."""
    plan = plan_at(path)
    written = fit_workout(plan, baseline_spm=164, units=Units.STRIDES, made_fit_s=NOW_FIT_S)
    first, second = by_fitdecode(written.data), by_garmin(written.data)
    assert first == second
    blocks = outline_of(plan, 164, Units.STRIDES).blocks
    wanted = [step for block in blocks for step in block.steps]
    found = [step for step in first if step["duration_type"] != "repeat_until_steps_cmplt"]
    for step, want in zip(found, wanted, strict=True):
        assert (step["wkt_step_name"], step["duration_time"]) == (want.name, want.duration_s)
        low, high = step["custom_target_cadence_low"], step["custom_target_cadence_high"]
        assert (low, high) == (want.low_per_min, want.high_per_min)
    done = sum(block.times * len(block.steps) for block in blocks)
    assert done == len(plan.stages)


def test_the_wire_holds_the_plan() -> None:
    """Times to the millisecond, strides inside the band, a probe without a target, repeats as a step of their own."""
    written = fit_workout(load_plan(PLAN, "p"), baseline_spm=None, units=Units.STRIDES, made_fit_s=NOW_FIT_S)
    warm, quick, walk, again, alone, fixed = by_garmin(written.data)
    assert (warm["duration_type"], warm["intensity"]) == ("open", "warmup")
    assert (quick["duration_time"], quick["notes"], quick["target_type"]) == (90.5, "Light.", "cadence")
    assert (quick["custom_target_cadence_low"], quick["custom_target_cadence_high"]) == (84, 88)
    assert (walk["target_type"], walk["intensity"]) == ("open", "rest")
    assert (again["duration_type"], again["duration_step"], again["repeat_steps"]) == ("repeat_until_steps_cmplt", 1, 3)
    assert alone["target_type"] == "open"
    assert (fixed["custom_target_cadence_low"], fixed["custom_target_cadence_high"]) == (86, 86)


def test_whatever_is_lost_is_said_once_for_each_stage() -> None:
    """Ramp, help, probe, rescue, later words, the walk; and what the numbers count."""
    notes = "\n".join(outline_of(load_plan(PLAN, "p"), None, Units.STRIDES).notes)
    for said in ("strides a minute", "the ramp of 30 s", "help of 50 %", "'Alone': the stage is without help",
                 "rescue beat is lost", 'the words at 30 s are lost: "Now."', "'Walk': only its name",
                 "+5 % is written as 84-88 (168-176 spm; the plan has 167.0-177.4)"):  # fmt: skip
        assert notes.count(said) == 1, said


@each_row("units", Units)
def test_the_band_is_never_wider_than_the_plan(units: Units) -> None:
    """A wider one might take in the baseline, and doing nothing would be right."""
    plan = load_plan(b"plan: a\nbaseline: 164 spm\nstages:\n  - {name: b, duration: 1 min, target: +2.5 %}\n", "p")
    (block,) = outline_of(plan, None, units).blocks
    low, per = block.steps[0].low_per_min, 2 if units is Units.STRIDES else 1
    assert low is not None
    assert low * per > 164


def test_a_target_in_percent_needs_a_baseline() -> None:
    """The line says which stage, and what to give."""
    with pytest.raises(WorkoutError, match=r"'First rung' asks for \+2.5 %.*--baseline 164"):
        outline_of(plan_at(next(path for path in SESSIONS if path.stem == "plus-5-percent")), None, Units.STRIDES)


def test_text_for_intervals_icu_is_read_back_as_the_same_steps() -> None:
    """Words that would be lengths or targets there are left out, and that is said."""
    written = intervals_text(load_plan(PLAN, "p"), baseline_spm=None, units=Units.STRIDES)
    assert written.data.decode().splitlines() == [
        "Run: 5m, -90 %",
        "",
        "- Warm-up Press lap 10m freeride",
        "",
        "3x",
        "- Quick Light 1m30s freeride 84-88rpm",
        "- Walk 1m freeride",
        "",
        "- Alone 2m freeride",
        "- Fixed 2m freeride 86-86rpm",
    ]
    notes = "\n".join(written.notes)
    assert 'left out of "Quick 1m 90rpm. Light"' in notes
    assert "10 min is written" in notes
    assert "0.5 s" in notes


@each_row("path", SESSIONS, ids=lambda path: path.stem)
def test_our_own_reader_reads_both(path: Path) -> None:
    """The same lengths and repeats come back from FIT and from text."""
    plan = plan_at(path)
    wire = read_workout(fit_workout(plan, baseline_spm=164, units=Units.STRIDES, made_fit_s=NOW_FIT_S).data)
    text = read_workout(intervals_text(plan, baseline_spm=164, units=Units.STRIDES).data)
    assert _lengths(wire.parts) == [stage.duration_s for stage in plan.stages]
    assert _lengths(text.parts) == [stage.duration_s for stage in plan.stages]


def _lengths(parts: tuple[WorkoutStep | Repeat, ...]) -> list[float | None]:
    found: list[float | None] = []
    for part in parts:
        if isinstance(part, Repeat):
            found.extend(_lengths(part.parts) * part.times)
        else:
            found.append(part.length.seconds if isinstance(part.length, ForTime) else None)
    return found
