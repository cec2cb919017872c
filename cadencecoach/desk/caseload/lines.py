"""Lines of the caseload as JSON: for a program, and for the fold that is kept; and back."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from cadencecoach.clinic.alerts import Alert
from cadencecoach.clinic.caseload import Section, Standing
from cadencecoach.clinic.events import Kind

FORM = 3  # of what is kept; another number, and it is worked out anew
DAYS, TUPLES = ("raised", "last_day"), ("week", "kept_spm", "sessions")


def patient_json(one: Standing) -> dict[str, object]:
    """A line for a program. Of a practice athlete the reason says so, since no field does."""
    reason = f"practice: {one.reason}" if one.is_practice else one.reason
    return {
        "athlete": one.athlete,
        "section": one.section.value,
        "reason": reason,
        "alerts": [alert_json(alert) for alert in one.alerts],
    }


def alert_json(alert: Alert) -> dict[str, object]:
    """An open alert for a program."""
    return {
        "id": alert.id,
        "grade": alert.grade.value,
        "kind": alert.kind.value,
        "what": alert.words,
        "raised": alert.raised.isoformat(),
        "raised_by": alert.raised_by,
        "more": alert.n_more,
        "last": alert.last_day.isoformat(),
        "owner": alert.owner or None,
    }


def text_of_days(days: Mapping[date, Standing]) -> str:
    """Lines by their day, as they are kept."""
    lines = {day.isoformat(): json.dumps(one, default=_plain) for day, one in days.items()}
    return json.dumps(lines)


def _plain(value: date | Standing | Alert) -> object:
    """What JSON has no word for, in its words."""
    return value.isoformat() if isinstance(value, date) else {name: getattr(value, name) for name in value.__slots__}


def line_of_text(text: str, day: date) -> Standing | None:
    """The line of a day again; None where there is none, or it is not what this version writes."""
    try:
        line = json.loads(text).get(day.isoformat())
        return None if line is None else _standing(json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _standing(told: Mapping[str, Any]) -> Standing:
    values = dict(told)
    values |= {name: None if told[name] is None else tuple(told[name]) for name in TUPLES}
    values["section"] = Section(told["section"])
    values["pains"], values["due"] = tuple(told["pains"]), tuple(told["due"])
    values["alerts"] = tuple(map(_alert, told["alerts"]))
    return Standing(**values)


def _alert(told: Mapping[str, Any]) -> Alert:
    days = {name: date.fromisoformat(told[name]) for name in DAYS}
    return Alert(**{**told, **days, "kind": Kind(told["kind"])})
