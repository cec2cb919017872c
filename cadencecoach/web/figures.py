"""What a screen on the wall is sent of a session: its figures, and nothing of a person.

Everybody in the room sees it. No name, no pain, no words of coach or plan go there: a plan may be called after a
patient, and a stage after what hurts. What is not named here is not sent.
"""

from collections.abc import Mapping
from typing import Any, Final

from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts

SENT: Final = (
    "what",
    "sent_s",
    "time_s",
    "left_s",
    "cadence_spm",
    "age_s",
    "target_spm",
    "low_spm",
    "high_spm",
    "tempo_spm",
    "band",
    "feet",
    "hr_bpm",
    "speed",
    "rates_age_s",
    "is_muted",
    "is_over",
)
WITHHELD: Final = {
    "sensor": "",
    "last_words": "",
    "song": "",
    "trouble": "",
    "answer": "",
    "click": "",
    "pain": "",
    "is_stopped": False,
    "stopped_by": "",
    "can_take_back": False,
    "is_joining": False,
}


def figures_of(message: Mapping[str, Any], texts: PageTexts) -> dict[str, Any]:
    """A message of a session as a screen is sent it; empty where there is nothing for it in it."""
    match message.get("what"):
        case "moment":
            return _moment(message, texts)
        case "session":
            stages = [
                {"name": _stage(number, texts), "length_s": stage["length_s"], "kind": stage["kind"]}
                for number, stage in enumerate(message["stages"], 1)
            ]
            kept = {name: message[name] for name in ("what", "mode", "trace", "pain_stops_above")}
            return {**kept, "about": {}, "plan": texts.session, "stages": stages, "keys": [], "joining": None}
        case "end":
            # Which of the others it was, may be because of pain.
            return {"what": "end", "reason": "gone" if message.get("reason") == "gone" else "finished"}
        case _:
            return {}


def _moment(message: Mapping[str, Any], texts: PageTexts) -> dict[str, Any]:
    """A beat that has stopped for pain looks as one that is paused."""
    stage, coming = message["stage"], message["next"]
    is_stopped, is_asked = message["is_stopped"], message["pain"] != ""
    status = message["status"]
    if is_stopped:
        status = {"sign": "pause", "word": texts.paused, "tone": "calm", "far_spm": None}
    elif is_asked:
        status = {"sign": "free", "word": "", "tone": "calm", "far_spm": None}
    return {
        **{name: message[name] for name in SENT},
        **WITHHELD,
        "status": status,
        "stage": {
            "name": _stage(stage["number"], texts),
            **{name: stage[name] for name in ("number", "done_s", "length_s")},
        },
        "next": None if coming is None else {"name": _stage(stage["number"] + 1, texts), "target": coming["target"]},
        "is_paused": message["is_paused"] or is_stopped,
    }


def _stage(number: Any, texts: PageTexts) -> str:  # noqa: ANN401  # as it came
    return fill(texts.stage_number, number=number)
