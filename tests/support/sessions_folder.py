"""A folder of journals, made by hand."""

import json
from pathlib import Path
from typing import Any

Line = dict[str, Any]

END = {"t": 60.0, "what": "end", "reason": "finished"}


def journal_text(*lines: Line, started: str, **header: object) -> str:
    """A journal's text; without lines it is a minute of running at 165 towards 165."""
    first: Line = {"journal": 1, "started": started, "plan": {"name": "Plus 5"}, "feet": "ble", "athlete": None}
    band = {"target_spm": 165.0, "low_spm": 160.0, "high_spm": 170.0, "beat": "on", "feedback": "words"}
    run: list[Line] = [
        {"t": 0.0, "what": "stage", "index": 0, "name": "Run", **band},
        {"t": 0.0, "what": "feet", "state": "live"},
        *({"t": t / 1, "what": "reading", "cadence_spm": 165.0} for t in range(60)),
        *({"t": t / 1, "what": "estimate", "cadence_spm": 165.0, "age_s": 0.0, "quality": 1.0} for t in range(60)),
        END,
    ]
    whole = [{**first, **header}, *sorted(lines or run, key=lambda line: line["t"])]
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in whole)


def keep_journal(folder: Path, day: str, *lines: Line, **header: object) -> Path:
    """A journal in a folder, named by its start at eight o'clock."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day}T080000Z.jsonl"
    path.write_text(journal_text(*lines, started=f"{day}T08:00:00Z", **header), encoding="utf-8")
    return path
