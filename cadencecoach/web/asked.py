"""What a request asks for, as values: checked field by field, with the field's name in what is wrong."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

MAX_ID_CHARS: Final = 64
CHECK_IN_FIELDS: Final = {"id", "athlete", "moment", "correct", "answers"}
MAX_ANSWERS: Final = 16
KEY_FIELDS: Final = {"id", "key", "value"}
CODE_FIELDS: Final = {"id", "role", "athlete", "network_is_mine"}
PAIR_FIELDS: Final = {"id", "digits"}
LOGIN_FIELDS: Final = {"id", "name", "password"}
MAX_PASSWORD_CHARS: Final = 200


class RefusedError(Exception):
    """A request cannot be done.

    Attributes:
        status: of HTTP
        where: the field, or the id of what is in the way; empty where there is none
    """

    def __init__(self, status: int, error: str, where: str = "") -> None:
        super().__init__(error)
        self.status, self.where = status, where


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAsked:
    """A key to be pressed."""

    id: str
    key: str
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked:
    """Six digits to let a device in."""

    id: str
    role: str
    athlete: str | None
    is_network_mine: bool


def key_in(told: object) -> KeyAsked:
    """The key a request asks for.

    Raises:
        RefusedError: as `start_in`
    """
    fields = fields_in(told, KEY_FIELDS)
    value = fields.get("value")
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise RefusedError(400, "value is a whole number", "value")
    return KeyAsked(id=text_in(fields, "id"), key=text_in(fields, "key"), value=value)


def code_in(told: object) -> CodeAsked:
    """The digits a request asks for.

    Raises:
        RefusedError: as `start_in`
    """
    fields = fields_in(told, CODE_FIELDS)
    is_mine = fields.get("network_is_mine", False)
    if not isinstance(is_mine, bool):
        raise RefusedError(400, "network_is_mine is true or false", "network_is_mine")
    athlete = None if fields.get("athlete") is None else text_in(fields, "athlete")
    return CodeAsked(id=text_in(fields, "id"), role=text_in(fields, "role"), athlete=athlete, is_network_mine=is_mine)


def digits_in(told: object, n_digits: int) -> tuple[str, str]:
    """Id of a request to be let in, and the digits it shows.

    Raises:
        RefusedError: as `start_in`
    """
    fields = fields_in(told, PAIR_FIELDS)
    digits = text_in(fields, "digits")
    if not (len(digits) == n_digits and digits.isascii() and digits.isdigit()):
        raise RefusedError(400, f"digits are {n_digits} of them", "digits")
    return text_in(fields, "id"), digits


def password_in(told: object) -> tuple[str, str, str]:
    """Id of a request to be let in, the name it gives, empty where it gives none, and the password it shows.

    Raises:
        RefusedError: as `start_in`
    """
    fields = fields_in(told, LOGIN_FIELDS)
    password = fields.get("password")
    if not isinstance(password, str) or not 0 < len(password) <= MAX_PASSWORD_CHARS:
        raise RefusedError(400, f"password is a text of 1 to {MAX_PASSWORD_CHARS} characters", "password")
    return text_in(fields, "id"), optional_text(fields, "name") or "", password


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInAsked:
    """A check-in to be written down.

    Attributes:
        id: counts once
        athlete: pseudonym; None is the one the device is for
        moment: of the run; None where the log says it
        correct: id of the check-in that it takes the place of; None for a new one
        answers: by the names of their fields, as they are given at a terminal
    """

    id: str
    athlete: str | None
    moment: str | None
    correct: str | None
    answers: Mapping[str, str]


def check_in_in(told: object) -> CheckInAsked:
    """The check-in a request brings.

    Raises:
        RefusedError: as `start_in`
    """
    fields = fields_in(told, CHECK_IN_FIELDS)
    return CheckInAsked(
        id=text_in(fields, "id"),
        athlete=optional_text(fields, "athlete"),
        moment=optional_text(fields, "moment"),
        correct=optional_text(fields, "correct"),
        answers=answers_in(fields.get("answers")),
    )


def answers_in(told: object) -> Mapping[str, str]:
    """Answers to a check-in, still as texts: none, or an object of them.

    Raises:
        RefusedError: they are something else
    """
    if told is None:
        return {}
    if not isinstance(told, dict) or len(told) > MAX_ANSWERS or not all(isinstance(one, str) for one in told.values()):
        raise RefusedError(400, "answers are an object of texts", "answers")
    return {str(name): answer for name, answer in told.items()}


def fields_in(told: object, known: AbstractSet[str]) -> Mapping[str, Any]:
    """The fields of what was sent.

    Raises:
        RefusedError: it is no object, or has a field that is not known
    """
    if not isinstance(told, dict):
        raise RefusedError(400, "send a JSON object")
    unknown = sorted(str(name)[:MAX_ID_CHARS] for name in told.keys() - known)
    if unknown:
        raise RefusedError(400, f"allowed are {', '.join(sorted(known))}", unknown[0])
    return told


def text_in(fields: Mapping[str, Any], name: str) -> str:
    """A short text of one line.

    Raises:
        RefusedError: it is none
    """
    value = fields.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID_CHARS or not value.isprintable():
        raise RefusedError(400, f"{name} is a text of 1 to {MAX_ID_CHARS} characters", name)
    return value


def optional_text(fields: Mapping[str, Any], name: str) -> str | None:
    """A text that may be left out.

    Raises:
        RefusedError: it is no text
    """
    return None if fields.get(name) is None else text_in(fields, name)


def number_in(fields: Mapping[str, Any], name: str, least: float, most: float) -> float | None:
    """A number; None where there is none.

    Raises:
        RefusedError: it is out of range, or no number
    """
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        raise RefusedError(400, f"{name} is a number from {least:g} to {most:g}", name)
    return float(value)


def choice_in(fields: Mapping[str, Any], name: str, allowed: Collection[str]) -> str | None:
    """One of several words; None where there is none.

    Raises:
        RefusedError: it is none of them
    """
    value = fields.get(name)
    if value is not None and value not in list(allowed):
        raise RefusedError(400, f"{name} is one of {', '.join(allowed)}", name)
    return value
