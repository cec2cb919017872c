"""A story's text: what it may say, and every mistake with its place."""

from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.desk.practice.reading import read_story
from cadencecoach.desk.practice.stories import open_story, packed_stories
from cadencecoach.desk.practice.story import Act, ClinicianAct
from cadencecoach.errors import PlanError, UsageError
from cadencecoach.record.entries import Flag, Moment, Site


def test_a_dozen_stories_come_with_the_program() -> None:
    """Each sound, with a title and a sentence."""
    stories = [open_story(name) for name in packed_stories()]
    assert len(stories) >= 12
    assert all(story.name and story.about.endswith(".") for story in stories)


def test_days_are_counted_from_both_ends() -> None:
    """A day, some in a row, a week, the last ones, every one; of two that speak of one day both hold."""
    text = """story: Days
days:
  - {day: 3, run: no}
  - {day: 5 to 6, answers: no}
  - {day: week 2, exercises: no}
  - {day: last 2, silent: yes}
  - {day: last, shoes: Red}
  - {day: every, after: {effort: 6}}
"""
    story = read_story(text.encode(), "s")
    days = [story.day(number, 20) for number in range(1, 21)]
    assert [n for n, one in enumerate(days, 1) if not one.runs] == [3]
    assert [n for n, one in enumerate(days, 1) if not one.answers] == [5, 6]
    assert [n for n, one in enumerate(days, 1) if not one.ticks] == list(range(8, 15))
    assert [n for n, one in enumerate(days, 1) if one.is_silent] == [19, 20]
    assert [n for n, one in enumerate(days, 1) if one.shoes] == [20]
    assert all(one.said == {Moment.AFTER: {"effort": 6}} for one in days)


def test_what_is_said_and_done_on_a_day() -> None:
    """Answers by moment, a sign to stop, a run of their own, and what a clinician does."""
    text = """story: All
runner: spm=158
learns: 50 %
programme: clinic8
days:
  - day: 9
    before: {pain: 2, site: knee}
    morning: {flag: night pain, note: woke twice}
    own-run: 25 min
    sensor: Pod
    clinician: [{act: start from 2, because: back, by: KM}, {act: close alerts, because: called}]
"""
    story = read_story(text.encode(), "s")
    day = story.day(9, 42)
    assert (story.runner, story.learns, story.programme) == ("spm=158", 0.5, "clinic8")
    assert day.said[Moment.BEFORE] == {"pain": 2, "site": Site.KNEE}
    assert day.said[Moment.MORNING] == {"flags": frozenset({Flag.NIGHT}), "note": "woke twice"}
    assert (day.own_run_s, day.sensor) == (1500.0, "Pod")
    assert day.acts == (
        ClinicianAct(act=Act.START_FROM, because="back", by="KM", session=2),
        ClinicianAct(act=Act.CLOSE_ALERTS, because="called"),
    )


@each_row(
    ("text", "said"),
    [
        ("", "nothing in the file"),
        ("- 3", "is not a set of keys"),
        ("days: []", "has no title"),
        ("story: x\ndais: []", "2:1: 'dais' is not known; did you mean days?"),
        ("story: x\ndays: 3", "'3' is not a list"),
        ("story: x\ndays:\n  - {run: no}", "has no day"),
        ("story: x\ndays:\n  - {day: 0}", "'0' is not a day"),
        ("story: x\ndays:\n  - {day: 183}", "'183' is not a day of a story, 1 to 182"),
        ("story: x\ndays:\n  - {day: 9 to 3}", "'9 to 3' is not a day"),
        ("story: x\ndays:\n  - {day: week 27}", "'week 27' is not a day"),
        ("story: x\ndays:\n  - {day: 1, after: {pain: 11}}", "3:28: '11' must be a whole number from 0 to 10"),
        ("story: x\ndays:\n  - {day: 1, after: {pain: 2.5}}", "must be a whole number"),
        ("story: x\ndays:\n  - {day: 1, after: {site: ear}}", "'ear' is not known; allowed: shin"),
        ("story: x\ndays:\n  - {day: 1, after: {flag: itch}}", "'itch' is not known"),
        ("story: x\ndays:\n  - {day: 1, run: perhaps}", "allowed: yes, no"),
        ("story: x\ndays:\n  - {day: 1, own-run: 5 h}", "up to 4 h"),
        ("story: x\ndays:\n  - {day: 1, clinician: {act: set again}}", "has no 'because'"),
        ("story: x\ndays:\n  - {day: 1, clinician: {act: sing, because: x}}", "'sing' is not known"),
        ("story: x\nrunner: spm=9", "spm is 9; allowed 100 to 220"),
        ("story: x\nlearns: 101 %", "0 % to 100 %"),
    ],
)
def test_every_mistake_has_its_place(text: str, said: str) -> None:
    """File, line and column, and what is allowed."""
    with pytest.raises(PlanError) as caught:
        read_story(text.encode(), "mine.yaml")
    assert "mine.yaml:" in str(caught.value)
    assert said in str(caught.value)


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody mends one, and is told of the next."""
    with pytest.raises(PlanError) as caught:
        read_story(b"story: x\ndays:\n  - {day: 0}\n  - {day: 1, after: {pain: 99}}\n", "s")
    assert str(caught.value).count("s:") == 2


def test_a_name_that_is_none_lists_the_stories(tmp_path: Path) -> None:
    """And a path that is none says so."""
    with pytest.raises(UsageError, match="one of back-after-a-break"):
        open_story("no-such-story")
    with pytest.raises(UsageError):
        open_story(str(tmp_path / "none.yaml"))
