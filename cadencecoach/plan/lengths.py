"""Lengths of time as a plan would write them, for everybody who tells one."""

S_PER_MIN, MIN_PER_HOUR = 60, 60


def length_words(seconds: float) -> str:
    """`5 min`, `1 min 30 s`, `1 h`; parts of a second only where there is nothing else."""
    minutes, rest_s = divmod(round(seconds), S_PER_MIN)
    hours, minutes = divmod(minutes, MIN_PER_HOUR)
    named = ((hours, "h"), (minutes, "min"), (rest_s, "s"))
    is_whole = seconds >= 1
    return " ".join(f"{amount} {unit}" for amount, unit in named if amount and is_whole) or f"{seconds:g} s"


def duration_words(duration_s: float | None) -> str:
    """How long a stage lasts, as a plan would write it."""
    return "until key" if duration_s is None else length_words(duration_s)
