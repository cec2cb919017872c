"""How long a session of three hours takes to export, a format at a time, against reading its journal.

    python bench/export.py

Prints seconds, size, and the ratio to reading the journal's JSON once, which is the least any exporter could do.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cadencecoach.errors import CadencecoachError
from cadencecoach.record.exports.activity import activity_of
from cadencecoach.record.exports.formats import FORMATS, Format
from cadencecoach.store.loading import Recorded, load_session

SECONDS = 3 * 3600
STAGE_S = 600
N_TRIES = 3


def lines() -> list[dict[str, object]]:
    """A made-up session: a reading and an estimate each second, a stage every ten minutes, a cue every minute."""
    told: list[dict[str, object]] = []
    for second in range(SECONDS):
        t = float(second)
        if second % STAGE_S == 0:
            band = {"target_spm": 170.0, "low_spm": 167.0, "high_spm": 173.0}
            what = {"what": "stage", "index": second // STAGE_S, "name": f"Stage {second // STAGE_S}"}
            told.append({"t": t, **what, **band, "beat": "on", "feedback": "words"})
        if second % 60 == 0:
            words = {"kind": "spoken", "text": "Quicker, lighter steps.", "reason": "below"}
            told.append({"t": t, "what": "cue", **words, "requested_s": t, "actual_s": t})
        spm = 165.0 + second % 11
        told.append({"t": t, "what": "reading", "cadence_spm": spm, "speed_mps": 2.9, "hr_bpm": 150.0})
        told.append({"t": t, "what": "estimate", "cadence_spm": spm, "age_s": 0.0, "quality": 1.0, "n_readings": 5})
    feet: dict[str, object] = {"t": 0.0, "what": "feet", "state": "live"}
    return [told[0], feet, *told[1:], {"t": float(SECONDS), "what": "end", "reason": "finished"}]


def best_s(work: Callable[[], object]) -> float:
    """The least of a few tries."""
    took = []
    for _ in range(N_TRIES):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "three-hours.jsonl"
        header = {
            "journal": 1,
            "app": "cadencecoach 0.1.0",
            "started": "2026-03-01T09:30:00Z",
            "plan": {"name": "Long"},
        }
        path.write_text("\n".join(map(json.dumps, [header, *lines()])) + "\n", encoding="utf-8")
        plain_s = best_s(lambda: [json.loads(line) for line in path.read_bytes().splitlines()])
        recorded = load_session(path)
        read_s = best_s(lambda: load_session(path))
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        print(f"journal  {size}: JSON alone {plain_s:.2f} s, with checks and summary {read_s:.2f} s")
        for name, form in FORMATS.items():
            report(name, plain_s, partial(made, recorded, form))


def made(recorded: Recorded, form: Format) -> bytes:
    """A session that is read already, in one format."""
    activity = activity_of(recorded.journal, recorded.summary, session="three-hours", surface="treadmill")
    return form.make(activity)


def report(name: str, plain_s: float, make: Callable[[], bytes]) -> None:
    """One format's line."""
    try:
        size = len(make())
    except CadencecoachError as error:
        print(f"{name:8} {error}", file=sys.stderr)
        return
    took_s = best_s(make)
    print(f"{name:8} {took_s:5.2f} s  {size / 1e6:5.2f} MB  {took_s / plain_s:4.1f} x reading the JSON")


if __name__ == "__main__":
    main()
