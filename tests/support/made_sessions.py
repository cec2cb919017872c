"""Sessions made up by hand, as the lines of a journal, and what the exporters make of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from hand_lines import records

from cadencecoach.record.exports.activity import Activity, activity_of
from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.journal import Journal

Line = dict[str, Any]

HEADER: Line = {
    "journal": 1,
    "app": "cadencecoach 0.1.0",
    "started": "2026-03-01T23:59:50Z",
    "plan": {"name": "Plus 5 <&>", "sha256": "9f2c"},
    "utc_offset_s": 3600,
}


def stage(t: float, index: int, name: str, target_spm: float | None = None) -> Line:
    """A stage begins; the band is 2 spm to both sides."""
    low, high = (None, None) if target_spm is None else (target_spm - 2, target_spm + 2)
    edges = {"target_spm": target_spm, "low_spm": low, "high_spm": high}
    return {"t": t, "what": "stage", "index": index, "name": name, **edges, "beat": "on", "feedback": "words"}


def reading(t: float, cadence_spm: float | None, speed_mps: float | None = None, hr_bpm: float | None = None) -> Line:
    """A sensor's word; what is None is left out, but for the cadence."""
    more = {"speed_mps": speed_mps, "hr_bpm": hr_bpm}
    known = {name: value for name, value in more.items() if value is not None}
    return {"t": t, "what": "reading", "cadence_spm": cadence_spm, **known}


def running(from_s: int, to_s: int, cadence_spm: float, speed_mps: float = 3.0) -> list[Line]:
    """Steady running, a reading and an estimate each second."""
    lines: list[Line] = [{"t": float(from_s), "what": "feet", "state": "live"}]
    for second in range(from_s, to_s):
        t = float(second)
        lines.append(reading(t, cadence_spm, speed_mps, 140.0))
        lines.append({"t": t, "what": "estimate", "cadence_spm": cadence_spm, "age_s": 0.0, "quality": 1.0})
    return lines


def cue(t: float, reason: str, text: str) -> Line:
    """Something said."""
    return {"t": t, "what": "cue", "kind": "spoken", "text": text, "reason": reason, "requested_s": t, "actual_s": t}


def only(t: float, what: str) -> Line:
    """A line that says no more."""
    return {"t": t, "what": what}


def end(t: float) -> Line:
    """The end."""
    return {"t": t, "what": "end", "reason": "finished"}


# Two stages, a pause of 10 s in the second: 20 s at 165, 20 s at 172 in two halves, 5 s of silence
_UNSORTED = [
    stage(0.0, 0, "Warm-up"),
    *running(0, 20, 165.0),
    stage(20.0, 1, "+5 %", 172.0),
    cue(20.0, "stage", "Go."),
    *running(20, 30, 172.0),
    cue(20.4, "below", "Quicker \N{WHITE HEAVY CHECK MARK}"),
    only(30.0, "pause"),
    only(40.0, "resume"),
    *running(40, 50, 172.0),
    end(55.0),
]
A_SESSION = sorted(_UNSORTED, key=lambda line: line["t"])


def activity(lines: Iterable[Line], header: Mapping[str, Any] = HEADER, surface: str = "treadmill") -> Activity:
    """The activity of some lines."""
    whole = tuple(records(lines))
    plan = header.get("plan") or {}
    journal = Journal(header=dict(header), lines=whole, notes=())
    summary = summarise(whole, name=str(plan.get("name", "")))
    return activity_of(journal, summary, session="a session", surface=surface)
