"""The settings of one machine: a TOML file over the defaults that come with the program."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cadencecoach.devices.input_file import clean_name, file_bytes, user_path
from cadencecoach.devices.slip import LONGEST_LATENCY_S, USUAL_LATENCY_S
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.plan.syntax.findings import clip, visible
from cadencecoach.sound.commands import Bus
from cadencecoach.store.machine import STORE_VARIABLE, Machine
from cadencecoach.units import Measures, gain_from_db

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_SETTINGS_BYTES = 20_000  # the defaults with their comments have 2 kB; keys of keys cost the square of their number
MAX_FAULTS, MAX_KEY_CHARS = 20, 60  # shown of a file that is not meant for us
MOST_DB = 6.0  # with the keys too; the limiter holds the peaks whatever it is
Level = Annotated[float, Field(ge=-60.0, le=MOST_DB, allow_inf_nan=False)]
_NUMBER, _WHOLE = "must be a number", "must be a whole number"
# What is wrong with a value, by the kind of fault, in the words of the person who wrote it.
_FAULTS: Final[Mapping[str, str]] = {
    "literal_error": "must be {expected}",
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "string_type": 'must be text, in quotes: "..."',
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must be one line, without control characters",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "extra_forbidden": "there is no such setting",
    "model_type": "must be a group of settings, such as [sound]",
}


Line = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SoundSettings(_Table):
    """Where the sound goes, and how loud each kind is."""

    device: Annotated[Line, Field(min_length=1)] = "default"
    click: Line = "click"
    latency_s: Annotated[float, Field(ge=0.005, le=LONGEST_LATENCY_S, allow_inf_nan=False)] = USUAL_LATENCY_S
    lead_in_s: Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False)] = 0.4
    click_db: Level = -6.0
    voice_db: Level = -2.0
    earcon_db: Level = -8.0

    def gains(self) -> dict[Bus, float]:
        """Amplitude factors by bus."""
        levels = {Bus.CLICK: self.click_db, Bus.VOICE: self.voice_db, Bus.EARCON: self.earcon_db}
        return {bus: gain_from_db(level_db) for bus, level_db in levels.items()}


class VoiceTable(_Table):
    """Who speaks, in which language, and what is said."""

    language: Line = "auto"
    engine: Literal["auto", "espeak", "piper", "system", "recorded", "none"] = "auto"
    speaker: Line = ""
    piper: Line = ""
    phrases: Line = ""
    words: Literal["few", "usual", "many"] = "usual"
    rate_wpm: Annotated[int, Field(ge=80, le=450)] = 175


class FeetSettings(_Table):
    """How the sensor is read."""

    unit: Literal["auto", "steps", "strides"] = "auto"


class DisplaySettings(_Table):
    """How numbers are written for people."""

    units: Literal["metric", "imperial"] = "metric"
    speed_as: Literal["speed", "pace"] = "speed"

    def measures(self) -> Measures:
        """The same, as what writes them."""
        return Measures(is_imperial=self.units == "imperial", is_pace=self.speed_as == "pace")


class DeskSettings(_Table):
    """Who writes down what is said, measured and decided."""

    author: Annotated[Line, Field(max_length=40)] = ""


class StoreSettings(_Table):
    """What athletes and sessions are kept in."""

    url: Line = ""
    password_file: Line = ""
    person: Annotated[Line, Field(max_length=40)] = ""


class Settings(_Table):
    """Everything in the file."""

    sound: SoundSettings = SoundSettings()
    voice: VoiceTable = VoiceTable()
    feet: FeetSettings = FeetSettings()
    display: DisplaySettings = DisplaySettings()
    desk: DeskSettings = DeskSettings()
    store: StoreSettings = StoreSettings()


class Origin(Enum):
    """Where the value of a setting comes from."""

    DEFAULT = "default"
    FILE = "file"  # the person's own
    ENVIRONMENT = "environment"
    OPTION = "option"  # a file named with --config


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsInForce:
    """The settings that hold, and why.

    Attributes:
        settings: all values
        origins: by key, such as `sound.device`
    """

    settings: Settings
    origins: Mapping[str, Origin]


def setting_keys() -> tuple[str, ...]:
    """Every key there is, such as `sound.device`, in the order of the file."""
    tables = Settings().model_dump()
    return tuple(f"{table}.{name}" for table, values in tables.items() for name in values)


def value_of(settings: Settings, key: str) -> str | int | float:
    """The value of a key."""
    table, _, name = key.partition(".")
    found: str | int | float = getattr(getattr(settings, table), name)
    return found


def choices_of(key: str) -> tuple[str, ...]:
    """The words that a key takes, of which one is chosen; none where it takes a number or any text."""
    table, _, name = key.partition(".")
    annotation = type(getattr(Settings(), table)).model_fields[name].annotation
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def bounds_of(key: str) -> tuple[float, float] | None:
    """The least and the most that a key takes, both allowed; None where it takes no number."""
    table, _, name = key.partition(".")
    limits = type(getattr(Settings(), table)).model_fields[name].metadata
    found = {type(limit): limit for limit in limits}
    least, most = found.get(Ge), found.get(Le)
    if not (isinstance(least, Ge) and isinstance(most, Le)):
        return None
    return float(str(least.ge)), float(str(most.le))


def variable_of(key: str) -> str:
    """The variable of the environment that sets a key: `CADENCECOACH_SOUND_DEVICE`."""
    if key == "store.url":
        return STORE_VARIABLE
    return f"CADENCECOACH_{key.replace('.', '_').upper()}"


def served_variables(person: str, *, is_author: bool) -> dict[str, str]:
    """The variables by which another process serves a person of a clinic's store; none for nobody.

    Args:
        person: who is served
        is_author: they write the entries themselves
    """
    keys = ("store.person", "desk.author") if is_author else ("store.person",)
    return {variable_of(key): person for key in keys} if person else {}


def load_settings(path: Path) -> Settings:
    """The settings in a file; what it leaves out keeps its default.

    Raises:
        UsageError: unreadable, not TOML, or a key or value that is not allowed; all of them at once
    """
    try:
        raw = file_bytes(path, what="settings file", limit_bytes=MAX_SETTINGS_BYTES + 1)
        if len(raw) > MAX_SETTINGS_BYTES:
            raise UsageError(f"{clean_name(path)}: more than {MAX_SETTINGS_BYTES // 1000} kB; a settings file has less")
        return Settings.model_validate(tomllib.loads(raw.decode("utf-8")))
    except ValidationError as error:
        faults = "; ".join(fault_words(fault["loc"], fault) for fault in error.errors()[:MAX_FAULTS])
        raise UsageError(f"{clean_name(path)}: {faults}; config/defaults.toml shows what is allowed") from error
    except RecursionError as error:
        raise UsageError(f"{clean_name(path)}: not a settings file: nested too deeply") from error
    except ValueError as error:  # of TOML, of UTF-8, and of a whole number with thousands of digits
        why = "a number has more digits than any" if "integer string conversion" in str(error) else visible(str(error))
        raise UsageError(f"{clean_name(path)}: not TOML: {why}") from error


def fault_words(place: Sequence[object], fault: "ErrorDetails") -> str:
    """What is wrong with a key and what is allowed; the key as a terminal cannot obey it, in one line."""
    words = _FAULTS.get(fault["type"], fault["msg"])
    for name, value in fault.get("ctx", {}).items():
        shown = f"{value:g}" if isinstance(value, float) else str(value).replace("'", "")
        words = words.replace(f"{{{name}}}", shown)
    return f"{visible(clip('.'.join(map(str, place)), MAX_KEY_CHARS))}: {words}"


def find_settings(machine: Machine, named: str | None) -> Settings:
    """The settings that hold: see `settings_in_force`."""
    return settings_in_force(machine, named).settings


def settings_in_force(machine: Machine, named: str | None, environ: Mapping[str, str] = os.environ) -> SettingsInForce:
    """The settings that hold: of the file that was named, else the environment, else the person's own file.

    Args:
        machine: whose own file it is
        named: a file, with --config
        environ: variables such as `CADENCECOACH_SOUND_DEVICE`; an empty one says nothing
    Raises:
        UsageError: a file or a variable says what is not allowed
    """
    written = _tables(load_settings(user_path(named)) if named is not None else _users_own(machine))
    in_environment = _tables(_of_environment(environ))
    by_file = dict.fromkeys(written, Origin.FILE if named is None else Origin.OPTION)
    by_environment = dict.fromkeys(in_environment, Origin.ENVIRONMENT)
    if named is None:
        values, origins = {**written, **in_environment}, {**by_file, **by_environment}
    else:
        values, origins = {**in_environment, **written}, {**by_environment, **by_file}
    return SettingsInForce(
        settings=settings_with(Settings(), values),
        origins={key: origins.get(key, Origin.DEFAULT) for key in setting_keys()},
    )


def settings_with(settings: Settings, values: Mapping[str, object]) -> Settings:
    """The settings with other values for some keys.

    Raises:
        ValidationError: a value is not allowed
    """
    tables = settings.model_dump(exclude_unset=True)
    for key, value in values.items():
        table, _, name = key.partition(".")
        tables.setdefault(table, {})[name] = value
    return Settings.model_validate(tables)


def _users_own(machine: Machine) -> Settings:
    try:
        path = machine.settings_file
    except NoHomeError:
        return Settings()
    return load_settings(path) if path.is_file() else Settings()


def _of_environment(environ: Mapping[str, str]) -> Settings:
    values = {key: environ[name] for key in setting_keys() if environ.get(name := variable_of(key))}
    try:
        return settings_with(Settings(), values)
    except ValidationError as error:
        faults = error.errors()[:MAX_FAULTS]
        words = (fault_words((variable_of(".".join(map(str, fault["loc"]))),), fault) for fault in faults)
        raise UsageError(f"{'; '.join(words)}; config/defaults.toml shows what is allowed") from error


def _tables(settings: Settings) -> dict[str, object]:
    """What was said, by key."""
    tables = settings.model_dump(exclude_unset=True)
    return {f"{table}.{name}": value for table, values in tables.items() for name, value in values.items()}
