"""What a look at the machine comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at.

    Attributes:
        about: what
        is_well: nothing need be done
        text: what was seen
        todo: what to do; empty when all is well
    """

    about: str
    is_well: bool
    text: str
    todo: str = ""
