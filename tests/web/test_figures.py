"""What a screen on the wall is sent: every field of a message is decided on, and nothing of a person is in it."""

import json
import re
from typing import Any

from each_row import each_row
from source_trees import PACKAGE

from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.web.figures import SENT, WITHHELD, figures_of

MADE_ANEW = {"status", "stage", "next", "is_paused"}
WIRE = (PACKAGE / "view" / "wire.py").read_text(encoding="utf-8")
MOMENT: dict[str, Any] = {
    **dict.fromkeys(SENT),
    **WITHHELD,
    "what": "moment",
    "cadence_spm": 171,
    "status": {"sign": "up", "word": "QUICKER", "tone": "below", "far_spm": 3},
    "stage": {"name": "Anna's knee", "number": 2, "done_s": 4.0, "length_s": 60.0},
    "next": {"name": "Anna's other knee", "target": "175 spm"},
    "is_paused": False,
}


def test_every_field_of_a_moment_is_sent_withheld_or_made_anew() -> None:
    """A field that is added is not sent before somebody has decided that it may be."""
    body = WIRE.partition("def moment_message")[2].partition("\ndef ")[0]
    fields = set(re.findall(r'^        "(\w+)":', body, re.MULTILINE))
    assert fields == {*SENT, *WITHHELD, *MADE_ANEW}
    assert set(figures_of({**MOMENT, "new": "x"}, ENGLISH_PAGE)) == fields


def test_figures_are_sent_as_they_are_and_stages_by_their_number() -> None:
    """Words of a plan may say who runs, and what hurts."""
    sent = figures_of(MOMENT, ENGLISH_PAGE)
    assert sent["cadence_spm"] == 171
    assert sent["status"] == MOMENT["status"]
    assert sent["stage"] == {"name": "Stage 2", "number": 2, "done_s": 4.0, "length_s": 60.0}
    assert sent["next"] == {"name": "Stage 3", "target": "175 spm"}
    assert figures_of({**MOMENT, "next": None}, ENGLISH_PAGE)["next"] is None


@each_row(
    "pain",
    [
        {"pain": "?", "status": {"sign": "ask", "word": "PAIN?", "tone": "calm", "far_spm": None}},
        {
            "pain": "3",
            "can_take_back": True,
            "status": {"sign": "ask", "word": "PAIN 3", "tone": "calm", "far_spm": None},
        },
        {
            "pain": "8",
            "is_stopped": True,
            "stopped_by": "8",
            "last_words": "Stop running.",
            "answer": "pain 8",
            "status": {"sign": "stop", "word": "STOP", "tone": "trouble", "far_spm": None},
        },
        {
            "is_stopped": True,
            "stopped_by": "!",
            "status": {"sign": "stop", "word": "STOP", "tone": "trouble", "far_spm": 0},
        },
    ],
)
def test_pain_is_not_seen_a_stop_looks_as_a_pause(pain: dict[str, Any]) -> None:
    """Not in the sign, not in a word, not in what can be done."""
    sent = figures_of({**MOMENT, **pain}, ENGLISH_PAGE)
    assert {name: sent[name] for name in WITHHELD} == WITHHELD
    assert sent["is_paused"] is bool(pain.get("is_stopped"))
    assert sent["status"]["sign"] in {"pause", "free"}
    text = json.dumps(sent)
    for word in ("PAIN", "STOP", "Stop", "ask", 'trouble"', '"8"', '"3"', "!"):
        assert word not in text.replace('"trouble": ""', "")


def test_of_a_session_only_lengths_and_kinds_of_stages_are_sent() -> None:
    """No name of a plan, no athlete, no device, no keys, and not the code by which a phone joins."""
    told = {
        "what": "session",
        "about": {"athlete": "anna", "plan": "Anna's weeks", "feet": "ble:11:22"},
        "mode": "guided",
        "plan": "Anna's weeks",
        "stages": [{"name": "Anna's knee", "length_s": 60.0, "kind": "helped", "note": "knee"}],
        "keys": ["pain", "stop"],
        "pain_stops_above": 5,
        "trace": [[1.0, 170.0, 168.0, 176.0, False]],
        "joining": {"code": "phyphox://192.168.1.2/secret/x.phyphox", "before": ["Scan"], "after": ["Play"]},
    }
    sent = figures_of(told, ENGLISH_PAGE)
    assert (sent["about"], sent["keys"]) == ({}, [])
    assert sent["stages"] == [{"name": "Stage 1", "length_s": 60.0, "kind": "helped"}]
    assert sent["trace"] == told["trace"]
    assert set(sent) == set(told)
    for word in ("nna", "knee", "ble", "secret"):
        assert word not in json.dumps(sent)


@each_row(
    ("told", "sent"),
    [
        ({"what": "said", "words": "Remember your knee.", "reason": "drill"}, {}),
        ({"what": "answer", "id": "a", "wrong": ""}, {}),
        ({"what": "news"}, {}),
        ({}, {}),
        ({"what": "end", "reason": "stopped", "time_s": 3}, {"what": "end", "reason": "finished"}),
        ({"what": "end", "reason": "gone"}, {"what": "end", "reason": "gone"}),
    ],
)
def test_words_are_not_sent_and_an_end_is_one(told: dict[str, Any], sent: dict[str, Any]) -> None:
    """Why a runner has stopped, may be because of pain."""
    assert figures_of(told, ENGLISH_PAGE) == sent
