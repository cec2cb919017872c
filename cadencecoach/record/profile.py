"""Who an athlete is to this program: a pseudonym and what was chosen. Nothing in here tells whose pseudonym it is.

Baselines and the speed curve are not kept here: they follow from the log, which is the record (decision 65).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cadencecoach.errors import JournalError

PROFILE_VERSION = 1
MOST_NAMES = 200  # of shoes, or of sensors
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What was chosen for an athlete.

    Attributes:
        athlete: pseudonym
        created: the day it was made; None where nobody wrote it down
        language: of the voice, such as `de`; empty is that of the settings
        voice: kind of voice, as in the settings; empty is that of the settings
        words: how much is said: few, usual, many; empty is as in the settings
        shoes: in use when the athlete was made, then those that runs have named, in the order they came
        shoes_before: which of them were in use when the athlete was made; None where nobody wrote that down
        sensors: names of sensors that were heard in this athlete's sessions
    """

    athlete: str
    created: date | None = None
    language: str = ""
    voice: str = ""
    words: str = ""
    shoes: tuple[str, ...] = ()
    shoes_before: tuple[str, ...] | None = None
    sensors: tuple[str, ...] = ()

    def shoes_called(self, name: str) -> str:
        """Shoes as they were called before, whatever the capitals; the name as given where they are new."""
        return next((one for one in self.shoes if one.casefold() == name.casefold()), name)

    def shoes_in_use_before(self, named: Sequence[str]) -> tuple[str, ...]:
        """Shoes that were in use before the first run that named any.

        A profile that does not say so holds them all the same: those that runs brought were added behind them, in the
        order of the runs. What is in this order at its end may be either, and is taken for brought by the runs.

        Args:
            named: by runs, in the order they came first
        """
        if self.shoes_before is not None:
            return self.shoes_before
        n_before, left = len(self.shoes), list(named)
        while n_before and self.shoes[n_before - 1] in left:
            del left[left.index(self.shoes[n_before - 1]) :]
            n_before -= 1
        return self.shoes[:n_before]


def json_of_profile(profile: Profile) -> dict[str, object]:
    """A profile as its file holds it; what nobody wrote down is left out."""
    before = {} if profile.shoes_before is None else {"shoes_before": list(profile.shoes_before)}
    return {
        "profile": PROFILE_VERSION,
        "athlete": profile.athlete,
        "created": None if profile.created is None else profile.created.isoformat(),
        "language": profile.language,
        "voice": profile.voice,
        **({"words": profile.words} if profile.words else {}),
        "shoes": list(profile.shoes),
        **before,
        "sensors": list(profile.sensors),
    }


def profile_of_json(fields: Mapping[str, Any]) -> Profile:
    """The profile in a file's object; keys it does not know are of a later version and are passed over.

    Raises:
        JournalError: it is no profile, of a newer version, or a key holds what it cannot
    """
    version = fields.get("profile")
    if type(version) is not int or not 1 <= version <= PROFILE_VERSION:
        raise JournalError(f"'profile' must be {PROFILE_VERSION}, the version that this program reads")
    return Profile(
        athlete=_word(fields, "athlete"),
        created=_day(fields),
        language=_word(fields, "language"),
        voice=_word(fields, "voice"),
        words=_word(fields, "words"),
        shoes=_words(fields, "shoes"),
        shoes_before=_words(fields, "shoes_before") if "shoes_before" in fields else None,
        sensors=_words(fields, "sensors"),
    )


def _word(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise JournalError(f"'{name}' must be a text of at most {LONGEST_NAME} characters")
    return value


def _words(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name, [])
    is_list = isinstance(value, list) and len(value) <= MOST_NAMES
    if not is_list or not all(isinstance(one, str) and len(one) <= LONGEST_NAME for one in value):
        raise JournalError(f"'{name}' must be a list of at most {MOST_NAMES} texts")
    return tuple(value)


def _day(fields: Mapping[str, Any]) -> date | None:
    value = fields.get("created")
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise JournalError("'created' must be a day like 2026-11-23, or null") from error
