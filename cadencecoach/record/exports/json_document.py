"""A session as one JSON document: the journal's header, the summary, the stages, what happened, and the seconds."""

import json
from dataclasses import asdict
from typing import Any

from cadencecoach.gait.sources import error_of
from cadencecoach.record.exports.activity import Activity, Lap
from cadencecoach.record.exports.table import COLUMNS, rows_of
from cadencecoach.record.figures import Part
from cadencecoach.record.journal import safe_json

VERSION = 1


def json_bytes(activity: Activity) -> bytes:
    """The file: UTF-8, one object; a number that is missing is null."""
    text = json.dumps(json_document(activity), ensure_ascii=False, indent=1, allow_nan=False, default=str)
    return f"{safe_json(text)}\n".encode()


def json_document(activity: Activity) -> dict[str, Any]:
    """What is in it, as plain values."""
    summary = activity.summary
    return {
        "export": VERSION,
        "id": activity.id,
        "header": dict(activity.header),
        "summary": {
            "end": summary.end_reason.value,
            "baseline_spm": summary.baseline_spm,
            "steps_from": summary.steps_from,
            "steps_error_spm": error_of(summary.steps_from),
            "paused_s": summary.paused_s,
            "dynamics": asdict(summary.dynamics),
            "gaps": [{"t": at_s, "gap_s": gap_s} for at_s, gap_s in summary.gaps],
            "session": _part(summary.session),
            "stages": [_part(part) for part in summary.stages],
        },
        "laps": [_lap(lap) for lap in activity.laps],
        "series": {
            "every_s": 1,
            "columns": [{"name": one.name, "unit": one.unit, "meaning": one.meaning} for one in COLUMNS],
            "rows": [list(row) for row in rows_of(activity)],
        },
    }


def _part(part: Part) -> dict[str, Any]:
    """A part's own numbers, and those that follow from them."""
    return {**asdict(part), "in_band_ratio": part.in_band_ratio, "coverage_ratio": part.coverage_ratio}


def _lap(lap: Lap) -> dict[str, Any]:
    return {"name": lap.part.name, "from_s": lap.from_s, "to_s": lap.to_s}
