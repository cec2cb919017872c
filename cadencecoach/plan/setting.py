"""What is known of one key of `feedback:` beside its value. `plan.feedback` is the table of them."""

from dataclasses import Field, dataclass
from typing import Any

UNITS = ("cues", "steps", "times", "readings", "ratio", "spm", "mps", "s")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the table says of a key beside its name and default.

    Attributes:
        meaning: what it does, without a full stop
        source: where the default comes from; "design" is our own choice
        limits: lowest and highest value allowed, in the unit of the field; None where it is set by words
        unit: how a plan writes it, where that is not the unit at the end of the field's name
        allowed: which words are allowed, where that is not a choice of a few
        unset: what an empty default stands for
        heading: begins a group of keys on the docs page
    """

    meaning: str
    source: str
    limits: tuple[float, float] | None = None
    unit: str = ""
    allowed: str = ""
    unset: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the table.

    Attributes:
        field: its name in `Feedback`, which ends in the unit
        key: its name in a plan, without the unit: there the value carries it
        unit: one of `UNITS`, or "ms"; empty where it is set by words
        default: the value where a plan says nothing
        about: meaning, limits, source
    """

    field: str
    key: str
    unit: str
    default: object
    about: About


def limits(
    low: float, high: float, meaning: str, *, source: str, unit: str = "", heading: str = ""
) -> dict[str, About]:
    """What the table says of a number, as the metadata of its field."""
    return {"about": About(meaning=meaning, source=source, limits=(low, high), unit=unit, heading=heading)}


def in_words(meaning: str, *, source: str, allowed: str = "", unset: str = "", heading: str = "") -> dict[str, About]:
    """What the table says of a setting that is written in words."""
    return {"about": About(meaning=meaning, source=source, allowed=allowed, unset=unset, heading=heading)}


def setting_of(field: "Field[Any]") -> Setting:
    """The row of a field that was given `limits` or `words` as its metadata."""
    about: About = field.metadata["about"]
    suffix = next((unit for unit in UNITS if field.name.endswith(f"_{unit}")), "")
    key = field.name.removesuffix(f"_{suffix}").replace("_", "-")
    return Setting(field=field.name, key=key, unit=about.unit or suffix, default=field.default, about=about)
