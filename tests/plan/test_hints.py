import re

from each_row import each_row

from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.hints import HINTS


@each_row(("key", "word"), HINTS)
def test_what_a_hint_says_to_write_can_be_written(key: str, word: str) -> None:
    """The word itself is refused, and what stands in its place is taken."""
    found = re.search(r"write '(.+?)'", HINTS[key, word])
    assert found is not None
    assert not is_sound(f"{key}: {word}")
    assert is_sound(found[1])


def is_sound(text: str) -> bool:
    """Whether a stage with a target takes these words."""
    where = {"style": "feedback: {%s}", "recall": "help: 0 %%, %s"}  # recall is for a stage without help
    entries = where.get(text.partition(":")[0], "%s") % text
    line = f"  - {{name: A, duration: 5 min, target: +5 %, {entries}}}\n"
    return check_plan(f"plan: P\nbaseline: athlete\nstages:\n{line}".encode(), "plan.yaml").plan is not None
