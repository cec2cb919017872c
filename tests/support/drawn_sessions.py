"""Sessions made line by line, for tests of what is shown of them."""

import math
import random
from functools import cache
from typing import Any

from hand_lines import records

from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.entries import CheckIn
from cadencecoach.record.figures import Summary
from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.fold.tracing import trace_of
from cadencecoach.record.local_time import local_time
from cadencecoach.record.trace import Trace
from cadencecoach.view.report.session.sheet import SessionSheet

Line = dict[str, Any]
OWN_SPM = 162.0


def made_lines(n_minutes: int = 20, *, name: str = "", seed: int = 1) -> list[Line]:
    """A session of five parts over and over: free, helped, alone, walking, helped; a gap and corrections each time.

    Args:
        n_minutes: how long it is
        name: put before the name of each stage
        seed: of the noise
    """
    chance = random.Random(seed)  # noqa: S311  # a runner, no secret
    lines: list[Line] = [{"t": 0.0, "what": "baseline", "cadence_spm": OWN_SPM, "n_readings": 60}]
    for minute in range(n_minutes):
        if minute % 4 == 0:
            lines += _begun(minute, name)
        lines += [line for s in range(60) for line in _second(60.0 * minute + s, minute, s, chance)]
        lines += _happened(60.0 * minute + 59.0, minute)
    return [*lines, {"t": 60.0 * n_minutes, "what": "end", "reason": "finished"}]


def _begun(minute: int, name: str) -> list[Line]:
    part = minute // 4 % 5
    target = {1: 168.0, 2: 170.0, 4: 170.0}.get(part)
    is_alone = part == 2
    stage = {"index": minute // 4, "name": f"{name}{('Free', 'Helped', 'On your own', 'Walk', 'Again')[part]}"}
    band = {"target_spm": target, "low_spm": target and target - 5, "high_spm": target and target + 5, "ramp_s": 30.0}
    how = {"beat": "off" if is_alone else "on", "feedback": "none" if is_alone else "words"}
    time_s = 60.0 * minute
    feet = {"t": time_s, "what": "feet", "state": "walking" if part == 3 else "live"}
    return [{"t": time_s, "what": "stage", **stage, **band, **how}, feet]


def _second(time_s: float, minute: int, second: int, chance: random.Random) -> list[Line]:
    if minute % 20 == 5 and second < 20:  # the pod is silent
        return [{"t": time_s, "what": "feet", "state": "lost" if second else "stale"}] if second < 2 else []
    resumed = [{"t": time_s, "what": "feet", "state": "live"}] if (minute % 20, second) == (5, 20) else []
    part = minute // 4 % 5
    level = {0: OWN_SPM, 1: 167.0, 2: 164.5, 3: 112.0, 4: 169.0}[part]
    spm = level + 1.5 * math.sin(time_s / 40) + chance.gauss(0, 1.2)
    reading = {"t": time_s, "what": "reading", "cadence_spm": spm, "speed_mps": 2.9}
    told = [_dynamics(time_s, spm)] if part != 3 and second % 5 == 0 else []
    return [
        *resumed,
        reading,
        *told,
        {"t": time_s, "what": "estimate", "cadence_spm": spm, "age_s": 0.0, "quality": 1.0},
    ]


def _dynamics(time_s: float, spm: float) -> Line:
    """What a strap at the chest tells beside: less up and down at a quicker step."""
    told: Line = {"oscillation_mm": 90.0 - 2 * (spm - OWN_SPM), "oscillation_error_mm": 13.5, "contact_ms": None}
    stride: Line = {"contact_error_ms": None, "stride_m": 348 / spm, "stride_error_m": 17.4 / spm, "speed_mps": 2.9}
    return {"t": time_s, "what": "dynamics", **told, **stride, "placement": "chest", "told_by": "signal"} | {
        "stride_by": "speed"
    }


def _happened(time_s: float, minute: int) -> list[Line]:
    reason = {4: "stage", 6: "below", 7: "back", 16: "above"}.get(minute % 20)
    if reason is None:
        return []
    return [
        {
            "t": time_s,
            "what": "cue",
            "kind": "spoken",
            "text": "",
            "reason": reason,
            "requested_s": time_s,
            "actual_s": None,
        }
    ]


@cache
def _usual(n_minutes: int, name: str) -> tuple[Summary, Trace]:
    """Of lines that most ask for, once."""
    return _added_up(made_lines(n_minutes, name=name), name)


def _added_up(lines: list[Line], name: str) -> tuple[Summary, Trace]:
    every = records(lines)
    return summarise(every, name=name), trace_of(every)


def made_sheet(
    n_minutes: int = 20,
    *,
    name: str = "Made",
    athlete: str = "",
    origin: str = "",
    lines: list[Line] | None = None,
    check_ins: tuple[CheckIn, ...] = (),
    remarks: tuple[str, ...] = (),
    words: Phrasebook = ENGLISH,
) -> SessionSheet:
    """A sheet of such a session, or of lines that are given."""
    summary, trace = _usual(n_minutes, name) if lines is None else _added_up(lines, name)
    return SessionSheet(
        id=f"{name}.jsonl",
        started=local_time("2026-03-01T09:30:00Z", 3600),
        athlete=athlete,
        feet="ble",
        origin=origin,
        summary=summary,
        trace=trace,
        check_ins=check_ins,
        remarks=remarks,
        words=words,
    )
