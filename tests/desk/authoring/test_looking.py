"""A plan's text as it is looked at while it is written: mistakes at their places, else what would be run."""

from cadencecoach.desk.authoring.looking import NO_PLAN, look_at
from cadencecoach.plan.syntax.findings import Severity

TEXT = """plan: Mine
baseline: 164 spm
stages:
  - {name: Warm-up, duration: 5 min, target: free}
  - {name: Rung, duration: 10 min, target: +5 %, ramp: 60 s}
"""


def test_a_text_without_mistakes_is_told_and_drawn() -> None:
    """Stage by stage, with the minute each begins at."""
    looked = look_at(TEXT.encode(), "a.yaml")
    assert looked.seen is not None
    assert (looked.seen.name, looked.seen.length) == ("Mine", "15 min")
    assert [(one.start, one.name, one.length) for one in looked.seen.minutes] == [
        ("0:00", "Warm-up", "5 min"),
        ("5:00", "Rung", "10 min"),
    ]
    assert "172" in looked.seen.minutes[1].text
    assert looked.seen.picture.count("<svg") == 1


def test_mistakes_stand_at_their_lines_and_nothing_is_drawn() -> None:
    """All at once, in the order of the text."""
    wrong = TEXT.replace("164 spm", "164").replace("ramp", "rampp").replace("5 min,", "5,")
    looked = look_at(wrong.encode(), "a.yaml")
    assert looked.seen is None
    errors = [one.line for one in looked.findings if one.severity is Severity.ERROR]
    assert errors == [2, 4, 5]


def test_a_programme_is_no_plan() -> None:
    """It is told in one finding what it is."""
    looked = look_at(b"programme: Weeks\nweeks: []\n", "a.yaml")
    assert (looked.seen, [one.message for one in looked.findings]) == (None, [NO_PLAN])
