"""What a request asks for, as values: checked field by field, with the field's name in what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cadencecoach.coach.metronome import HIGH_SPM, LOW_SPM

MAX_ID_CHARS: Final = 64
MAX_MINUTES: Final = 24 * 60
METRONOME_FIELDS: Final = {"spm", "to", "over_s", "for_s", "click"}
START_FIELDS: Final = {"id", "plan", "athlete", "feet", "sound", "metronome"}
KEY_FIELDS: Final = {"id", "key", "value"}
CODE_FIELDS: Final = {"id", "role", "athlete", "network_is_mine"}
PAIR_FIELDS: Final = {"id", "digits"}
LOGIN_FIELDS: Final = {"id", "password"}
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
class MetronomeAsked:
    """A metronome: tempo, and where it goes."""

    spm: float
    to_spm: float | None = None
    over_s: float | None = None
    for_s: float | None = None
    click: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAsked:
    """A session to be started; ids as of the lists."""

    id: str
    plan: str | None
    metronome: MetronomeAsked | None
    athlete: str | None
    feet: str
    sound: str


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


def start_in(told: object) -> StartAsked:
    """The session a request asks for.

    Raises:
        RefusedError: a field is missing, unknown or no such value
    """
    fields = _fields(told, START_FIELDS)
    plan, metronome = fields.get("plan"), fields.get("metronome")
    if (plan is None) == (metronome is None):
        raise RefusedError(400, "name a plan or a metronome, one of the two", "plan")
    return StartAsked(
        id=_text(fields, "id"),
        plan=None if plan is None else _text(fields, "plan"),
        metronome=None if metronome is None else _metronome(metronome),
        athlete=None if fields.get("athlete") is None else _text(fields, "athlete"),
        feet=_text(fields, "feet") if "feet" in fields else "none",
        sound=_text(fields, "sound") if "sound" in fields else "default",
    )


def key_in(told: object) -> KeyAsked:
    """The key a request asks for.

    Raises:
        RefusedError: as `start_in`
    """
    fields = _fields(told, KEY_FIELDS)
    value = fields.get("value")
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise RefusedError(400, "value is a whole number", "value")
    return KeyAsked(id=_text(fields, "id"), key=_text(fields, "key"), value=value)


def code_in(told: object) -> CodeAsked:
    """The digits a request asks for.

    Raises:
        RefusedError: as `start_in`
    """
    fields = _fields(told, CODE_FIELDS)
    is_mine = fields.get("network_is_mine", False)
    if not isinstance(is_mine, bool):
        raise RefusedError(400, "network_is_mine is true or false", "network_is_mine")
    athlete = None if fields.get("athlete") is None else _text(fields, "athlete")
    return CodeAsked(id=_text(fields, "id"), role=_text(fields, "role"), athlete=athlete, is_network_mine=is_mine)


def digits_in(told: object, n_digits: int) -> tuple[str, str]:
    """Id of a request to be let in, and the digits it shows.

    Raises:
        RefusedError: as `start_in`
    """
    fields = _fields(told, PAIR_FIELDS)
    digits = _text(fields, "digits")
    if not (len(digits) == n_digits and digits.isascii() and digits.isdigit()):
        raise RefusedError(400, f"digits are {n_digits} of them", "digits")
    return _text(fields, "id"), digits


def password_in(told: object) -> tuple[str, str]:
    """Id of a request to be let in, and the password it shows.

    Raises:
        RefusedError: as `start_in`
    """
    fields = _fields(told, LOGIN_FIELDS)
    password = fields.get("password")
    if not isinstance(password, str) or not 0 < len(password) <= MAX_PASSWORD_CHARS:
        raise RefusedError(400, f"password is a text of 1 to {MAX_PASSWORD_CHARS} characters", "password")
    return _text(fields, "id"), password


def _metronome(told: object) -> MetronomeAsked:
    fields = _fields(told, METRONOME_FIELDS)
    if "spm" not in fields:
        raise RefusedError(400, "spm is missing", "spm")
    return MetronomeAsked(
        spm=_number(fields, "spm", LOW_SPM, HIGH_SPM) or 0.0,
        to_spm=_number(fields, "to", LOW_SPM, HIGH_SPM),
        over_s=_number(fields, "over_s", 1, MAX_MINUTES * 60),
        for_s=_number(fields, "for_s", 1, MAX_MINUTES * 60),
        click=None if fields.get("click") is None else _text(fields, "click"),
    )


def _fields(told: object, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise RefusedError(400, "send a JSON object")
    unknown = sorted(str(name)[:MAX_ID_CHARS] for name in told.keys() - known)
    if unknown:
        raise RefusedError(400, f"allowed are {', '.join(sorted(known))}", unknown[0])
    return told


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID_CHARS or not value.isprintable():
        raise RefusedError(400, f"{name} is a text of 1 to {MAX_ID_CHARS} characters", name)
    return value


def _number(fields: Mapping[str, Any], name: str, least: float, most: float) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        raise RefusedError(400, f"{name} is a number from {least:g} to {most:g}", name)
    return float(value)
