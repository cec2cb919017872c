"""What could not be taken, step by step; the same thing of several steps is said once."""

from collections.abc import Iterable

MOST_NUMBERED = 8  # step numbers in one note

Note = tuple[int, str]  # number of the step, from 1, and what is to be said of it


def notes_as_lines(notes: Iterable[Note]) -> tuple[str, ...]:
    """Lines like "steps 3, 5 and 7: ...", in the order in which each thing is met first."""
    steps: dict[str, list[int]] = {}
    for number, words in notes:
        steps.setdefault(words, []).append(number)
    return tuple(f"{_numbers_text(numbers)}: {words}" for words, numbers in steps.items())


def _numbers_text(numbers: list[int]) -> str:
    unique = list(dict.fromkeys(numbers))
    if len(unique) == 1:
        return f"step {unique[0]}"
    if len(unique) > MOST_NUMBERED:
        return f"steps {', '.join(map(str, unique[:MOST_NUMBERED]))} and {len(unique) - MOST_NUMBERED} more"
    return f"steps {', '.join(map(str, unique[:-1]))} and {unique[-1]}"
