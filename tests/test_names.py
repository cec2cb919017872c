"""What a function's name is: a verb, a conversion (`x_of`) or the value it returns."""

import ast
from collections.abc import Iterator

from source_trees import MODULES, name_of, nodes_of

IRREGULAR = frozenset(
    {
        *("begun", "broken", "brought", "built", "caught", "chosen", "drawn", "foreseen", "forgotten"),
        *("found", "given", "gone"),
        *("heard", "held", "kept", "known", "left", "lost", "made", "meant", "met", "paid", "said", "seen"),
        *("sent", "shown", "sold", "spoken", "taken", "thought", "told", "understood", "worn", "written"),
    }
)
NOT_PAST = frozenset({"embed", "exceed", "feed", "heed", "need", "speed", "spread"})
# With one of these a participle is still no verb: `written_by`. With a noun it is a value: `shown_days`.
SMALL = frozenset(
    {
        *("after", "alone", "anew", "as", "at", "away", "back", "before", "by", "first", "for"),
        *("from", "here", "in", "most", "off", "on", "out", "to", "up", "with"),
    }
)


def is_past_participle(name: str) -> bool:
    """Whether a name says only what was done to something."""
    first, *others = name.strip("_").split("_")
    is_past = first in IRREGULAR or (first.endswith("ed") and len(first) > 3 and first not in NOT_PAST)
    return is_past and (not others or (len(others) == 1 and others[0] in SMALL))


def functions() -> Iterator[tuple[str, str]]:
    """Each function of the package, and its module; a property is read as a value."""
    for path in MODULES:
        for node in nodes_of(path):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                marks = [ast.unparse(one) for one in node.decorator_list]
                if not any("property" in one or one.endswith(".setter") for one in marks):
                    yield name_of(path), node.name


def test_no_functions_name_is_a_past_participle() -> None:
    """`said`, `_kept`, `written_by`: who reads the call does not see what is done."""
    found = {f"{module}: {name}" for module, name in functions() if is_past_participle(name)}
    assert found == {"coach/coaching.py: guided"}  # a name of the public face


def test_participles_are_told_from_verbs_and_values() -> None:
    """The rule itself, on names that are and are not."""
    assert all(map(is_past_participle, ("said", "_kept", "written_by", "_taken_back", "resampled")))
    assert not any(
        map(is_past_participle, ("read", "_feed", "speed_mps", "shown_days", "taken_back_lines", "known_of"))
    )
