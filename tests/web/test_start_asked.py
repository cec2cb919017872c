from dataclasses import replace
from typing import Any

import pytest
from each_row import each_row

from cadencecoach.live.opening.metronome import MetronomeRequest
from cadencecoach.web.asked import MAX_ID_CHARS, RefusedError
from cadencecoach.web.start_asked import StartAsked, metronome_in, start_in


def test_a_start_has_what_the_lists_name() -> None:
    """What is left out is left to whoever starts it."""
    assert start_in({"id": "a", "plan": "demo"}) == StartAsked(
        id="a", plan="demo", metronome=None, athlete=None, feet=None, sound=None
    )
    told = {"spm": 170, "to": 180, "over_s": 60, "for_s": 90, "click": "wood"}
    more = {"every": "stride", "accent": "left", "pan": 0.5, "on_s": 60, "off_s": 30, "silent_percent": 20}
    asked = start_in({"id": "a", "metronome": told, "feet": "sim", "sound": "none", "athlete": "r7"})
    whole = MetronomeRequest(spm=170, to_spm=180, over="60s", for_text="90s", click="wood")
    assert asked.metronome == whole
    assert metronome_in({**told, **more, "say_every_s": 300}) == replace(
        whole, every="stride", accent="left", pan=0.5, on="60s", off="30s", silent=20, say_every="300s"
    )
    assert (asked.feet, asked.sound, asked.athlete) == ("sim", "none", "r7")


@each_row(
    ("told", "where"),
    [
        ([], ""),
        ("", ""),
        (None, ""),
        ({}, "plan"),
        ({"plan": "demo"}, "id"),
        ({"id": "", "plan": "demo"}, "id"),
        ({"id": "x" * (MAX_ID_CHARS + 1), "plan": "demo"}, "id"),
        ({"id": "a\n", "plan": "demo"}, "id"),
        ({"id": 1, "plan": "demo"}, "id"),
        ({"id": "a", "plan": "demo", "metronome": {"spm": 170}}, "plan"),
        ({"id": "a", "plan": "demo", "resume": "b"}, "plan"),
        ({"id": "a", "resume": "b", "body": []}, "answers"),
        ({"id": "a", "resume": "b", "body": {"pain": 3}}, "answers"),
        ({"id": "a", "resume": 1}, "resume"),
        ({"id": "a", "plan": "demo", "path": "/etc/passwd"}, "path"),
        ({"id": "a", "plan": "demo", "feet": None}, "feet"),
        ({"id": "a", "metronome": {}}, "spm"),
        ({"id": "a", "metronome": {"spm": True}}, "spm"),
        ({"id": "a", "metronome": {"spm": "170"}}, "spm"),
        ({"id": "a", "metronome": {"spm": 1e9}}, "spm"),
        ({"id": "a", "metronome": {"spm": float("nan")}}, "spm"),
        ({"id": "a", "metronome": {"spm": 170, "for_s": 0}}, "for_s"),
        ({"id": "a", "metronome": {"spm": 170, "to": 180}}, "over_s"),
        ({"id": "a", "metronome": {"spm": 170, "on_s": 60}}, "off_s"),
        ({"id": "a", "metronome": {"spm": 170, "off_s": 60}}, "on_s"),
        ({"id": "a", "metronome": {"spm": 170, "on_s": 60, "off_s": 0.9}}, "off_s"),
        ({"id": "a", "metronome": {"spm": 170, "say_every_s": 59}}, "say_every_s"),
        ({"id": "a", "metronome": {"spm": 170, "pan": 1.1}}, "pan"),
        ({"id": "a", "metronome": {"spm": 170, "silent_percent": 101}}, "silent_percent"),
        ({"id": "a", "metronome": {"spm": 170, "every": "beat"}}, "every"),
        ({"id": "a", "metronome": {"spm": 170, "accent": ["left"]}}, "accent"),
        ({"id": "a", "metronome": {"spm": 170, "click": "../x"}}, "click"),
        ({"id": "a", "metronome": {"spm": 170, "--sound": "file:x"}}, "--sound"),
    ],
)
def test_what_is_wrong_with_a_start_names_the_field(told: Any, where: str) -> None:  # noqa: ANN401
    """In one sentence, and nothing is started."""
    with pytest.raises(RefusedError) as caught:
        start_in(told)
    assert (caught.value.status, caught.value.where) == (400, where)
    assert str(caught.value)


def test_a_session_goes_on_with_what_was_said_of_the_body() -> None:
    """By its id; answers are texts, as at a terminal, and the sensor and the sound are those it began with."""
    asked = start_in({"id": "a", "resume": "2026", "body": {"pain": "2", "site": "knee"}})
    assert (asked.resume, dict(asked.body)) == ("2026", {"pain": "2", "site": "knee"})
    assert (asked.plan, asked.feet, asked.sound) == (None, None, None)
