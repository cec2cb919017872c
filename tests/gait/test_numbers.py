"""Every number of the room by its value: a change of one is meant, and is made here too."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import asdict
from numbers import Real

import pytest

import cadencecoach.gait
from cadencecoach.gait.thresholds import TrackerSettings

ROOM = "cadencecoach.gait."
SIMULATIONS = ("population", "steps.simulated")  # their numbers are settings, with documents of their own
NUMBERS: dict[str, dict[str, object]] = {
    "acceleration": {
        "READS_EVERY_S": 1.0,
        "EARLY_S": 0.1,
        "RATES_HZ": (12.0, 450.0),
        "SAME_RATE": 0.2,
        "NS_PER_S": 1000000000.0,
        "KEPT_S": 4.0,
        "N_STEPS": 16,
    },
    "arrival": {"KEPT_S": 60.0},
    "deltas": {"_N_AXES": 3, "_SAMPLE_BYTES": 6, "_MAX_BITS": 32, "MAX_SAMPLES": 2000},
    "evidence": {
        "MAX_JUMP_SPM": 20.0,
        "MAX_CHANGE_SPM_PER_S": 15.0,
        "CONFIRM_AFTER_S": 0.8,
        "CONFIRM_WITHIN_S": 3.0,
        "RETURN_WITHIN_S": 10.0,
        "SAME_INSTANT_S": 0.05,
        "QUALITY_OVER_S": 10.0,
        "COVERS_S": 1.0,
        "JITTER_S": 0.2,
    },
    "ftms": {
        "N_FLAGS_BYTES": 2,
        "NO_SPEED": 1,
        "HAS_AVERAGE_SPEED": 2,
        "HAS_DISTANCE": 4,
        "HAS_INCLINATION": 8,
        "HAS_GAIN": 16,
        "HAS_PACE": 32,
        "HAS_AVERAGE_PACE": 64,
        "HAS_ENERGY": 128,
        "HAS_HEART_RATE": 256,
        "HAS_MET": 512,
        "HAS_ELAPSED": 1024,
        "HAS_REMAINING": 2048,
        "HAS_FORCE": 4096,
        "HAS_STEPS": 8192,
        "PACES": 96,
        "NARROW_PACE_BYTES": 1,
        "WIDE_PACE_BYTES": 2,
        "_KMH_100": 360.0,
        "_U8_UNKNOWN": 255,
        "_U16_UNKNOWN": 65535,
        "_S16_UNKNOWN": 32767,
        "_N_STEPS_BYTES": 2,
    },
    "gaits": {
        "WALK_RATIO": (0.004, 0.0105),
        "WALK_BELOW_MPS": 2.1,
        "RUN_FROM_SPM": 125.0,
        "RUN_UP_TO_SPM": 240.0,
        "RUN_UP_TO_AT_REST_SPM": 175.0,
        "RUN_UP_TO_PER_MPS": 20.0,
        "RUN_STEP_M": (0.38, 2.7),
    },
    "heart": {
        "IS_WIDE": 1,
        "HAS_CONTACT": 2,
        "KNOWS_CONTACT": 4,
        "HAS_ENERGY": 8,
        "HAS_RR": 16,
        "RR_UNITS_PER_S": 1024,
    },
    "lead": {"YIELDS_AFTER_S": 2.5, "STEADY_S": 5.0},
    "polar": {
        "ACCELERATION": 2,
        "RATE": 0,
        "RESOLUTION": 1,
        "RANGE": 2,
        "RANGE_MILLI": 3,
        "CHANNELS": 4,
        "FACTOR": 5,
        "ANSWER": 240,
        "_COMPRESSED": 128,
        "_MILLI": 1000,
        "G_PER_UNIT": 0.000244140625,
    },
    "rsc": {
        "HAS_STRIDE_LENGTH": 1,
        "HAS_DISTANCE": 2,
        "IS_RUNNING": 4,
        "SPEED_UNITS_PER_MPS": 256,
        "STRIDE_UNITS_PER_M": 100,
        "DISTANCE_UNITS_PER_M": 10,
    },
    "runner": {"SECONDS_PER_HOUR": 3600.0, "TEN_MINUTES_S": 600.0, "MAX_STEP_S": 60.0},
    "sensor_facts": {"MAX_PERCENT": 100, "MAX_TEXT": 80},
    "speed_curve": {
        "PRIOR_SLOPE_SPM_PER_MPS": 6.5,
        "PRIOR_SPREAD_SPM_PER_MPS": 1.5,
        "ENOUGH_SPEEDS": 3,
        "ANOTHER_SPEED_MPS": 0.1,
    },
    "steps.detector": {
        "HOP": 10,
        "N_KEPT": 320,
        "N_FIRST": 120,
        "N_NEWER": 100,
        "N_BACK": 220,
        "BRIDGED_S": 2.0,
        "SPANNED_S": 0.9,
        "BEGINS_AT": 0.5,
        "GOES_ON_AT": 0.4,
        "FAINT_G": 0.2,
        "FAINT_BEGINS_AT": 0.75,
        "BRISK_G": 0.4,
        "MIN_LEVEL_G": 0.1,
        "CLEARER_BY": 0.1,
        "HARDER_BY": 1.15,
        "ALIKE": 0.1,
        "HOLDS_HOPS": 3,
        "LEAVES_AFTER_HOPS": 8,
        "STILL_S": 1.0,
        "STILL_G": 0.04,
    },
    "steps.following": {
        "STRIDE_IF_STRONGER": 2.5,
        "SLOPE_S": 1.0,
        "SLOPE_N": 50,
        "N_TURNS": 150,
        "PUSH_RATIO": 0.45,
        "USUAL_PART": 0.2,
        "CHANGE_RATIO": 0.25,
        "LIVELY_G": 0.06,
        "EARLIEST_STEPS": 0.5,
    },
    "steps.movement": {
        "GRAVITY_MPS2": 9.80665,
        "N_FITTED": 150,
        "HARMONICS": (0.5, 1.0, 1.5, 2.0, 3.0, 4.0),
        "OSCILLATION_ERROR": 0.2,
        "MIN_OSCILLATION_ERROR_M": 0.01,
        "CONTACT_ERROR_S": 0.04,
        "MIN_CONTACT_RATE_HZ": 90.0,
        "CONTACT_S": (0.08, 0.45),
        "N_STRIDES": 3,
        "PEAK_SHARE": 0.25,
    },
    "steps.phase": {"HALF_LENGTH_STEPS": 2.0},
    "steps.placement": {
        "MIN_VOTES": 10,
        "FOOT_QUIET": 0.2,
        "FOOT_HARDER_BY": 3.0,
        "FOOT_LEVEL_G": 2.2,
        "ALIKE_ABOVE": 0.4,
        "SWINGS_BELOW": -0.2,
    },
    "steps.resampled": {"GRID_HZ": 50.0, "GAP_S": 0.3, "CLOCK_WENT_BACK_S": 1.0, "N_COLUMNS": 4},
    "steps.rhythm": {
        "WINDOW_S": 3.2,
        "N_WINDOW": 160,
        "MIN_SPM": 66.0,
        "MAX_SPM": 240.0,
        "_MAX_LAG": 92,
        "STRIDE_WEIGHT": 0.6,
        "STEP_WEIGHT": 0.4,
        "WALK_SPM": 108.0,
        "RUN_SPM": 168.0,
        "SPREAD_OCTAVES": 0.5,
        "WALKS_BELOW_G": 0.3,
        "RUNS_ABOVE_G": 0.65,
        "UNLIKE": 0.2,
        "SOONER": 0.75,
        "SURE": 6,
        "HARDEST_G": 0.43,
        "_QUIET_S": 0.2,
        "_QUIET_SHARE_OF_RANGE": 0.06,
    },
    "tracker": {
        "N_ZEROS_MEANT": 2,
        "ZERO_THEN_SILENT_S": 2.0,
        "ZERO_SPEAKS_FOR_S": 1.0,
        "SAME_INSTANT_S": 0.05,
        "_STILL": 0,
        "_WALKING": 1,
        "_STALE": 2,
        "_LOST": 3,
    },
    "unit": {
        "RUNNING_SPEED_MPS": 2.1,
        "STRIDES_BELOW_RUNNING_PER_MIN": 120.0,
        "MAX_CADENCE_SPM": 240.0,
        "MIN_RUNNING_SPM": 100.0,
        "MIN_WITHOUT_SPEED_SPM": 95.0,
        "VOTES_FROM_PER_MIN": 30.0,
        "WATTS_ABOVE_MPS": 1.5,
    },
    "vote": {
        "N_CLEAR": 3,
        "N_BY_SIZE": 10,
        "N_IMPOSSIBLE": 3,
        "N_CONTRARY": 10,
        "STRIDES_BELOW_PER_MIN": 86.0,
        "SPEED_TELLS_FROM_MPS": 0.5,
        "STEADY_RATIO": 0.15,
        "STEADY_MPS": 0.15,
        "STRIDES_UP_TO_PER_MIN": 120.0,
        "TWICE": 2.0,
        "HALF": 0.5,
        "STRIDE_LENGTH_RATIO": 0.15,
    },
}


def _modules() -> Iterator[str]:
    """The files of the room that decide something."""
    for module in pkgutil.walk_packages(cadencecoach.gait.__path__, ROOM):
        name = module.name.removeprefix(ROOM)
        if not name.startswith(SIMULATIONS) and not module.ispkg:
            yield name


def _is_number(value: object) -> bool:
    """A number, or a tuple of nothing else."""
    if isinstance(value, tuple):
        return bool(value) and all(map(_is_number, value))
    return isinstance(value, Real)


def _numbers_of(name: str) -> dict[str, object]:
    """The constants of a file that are numbers."""
    module = importlib.import_module(ROOM + name)
    nodes = [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    targets = [one for node in nodes for one in (node.targets if isinstance(node, ast.Assign) else [node.target])]
    names = [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
    return {one: getattr(module, one) for one in names if one.isupper() and _is_number(getattr(module, one))}


@pytest.mark.parametrize("name", list(_modules()))
def test_every_number_of_a_file_is_what_was_meant(name: str) -> None:
    """None is missing from the table, and none has another value."""
    assert _numbers_of(name) == NUMBERS.get(name, {})


def test_the_thresholds_of_the_feet_are_what_was_meant() -> None:
    """The defaults, which plans may move."""
    assert asdict(TrackerSettings()) == {
        "window_s": 5.0,
        "walk_below_spm": 140.0,
        "run_above_spm": 161.0,
        "dwell_s": 3.0,
        "near_spm": 6.0,
        "near_dwell_s": 10.0,
        "still_after_s": 3.0,
        "stale_after_s": 3.0,
        "lost_after_s": 5.0,
        "slip_above_mps": 2.1,
        "slip_ratio": (0.45, 0.55),
        "slip_s": 5.0,
    }
