"""The settings of one machine: a TOML file over the defaults that come with the program."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import file_bytes, shown
from cadencecoach.devices.user_folders import NoHomeError, settings_folder
from cadencecoach.errors import UsageError
from cadencecoach.plan.syntax.findings import clipped, visible
from cadencecoach.sound.commands import Bus
from cadencecoach.units import gain_from_db

MAX_SETTINGS_BYTES = 20_000  # the defaults with their comments have 2 kB; keys of keys cost the square of their number
MAX_FAULTS, MAX_KEY_CHARS = 20, 60  # shown of a file that is not meant for us
Level = Annotated[float, Field(ge=-60.0, le=6.0)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SoundSettings(_Table):
    """Where the sound goes, and how loud each kind is."""

    device: str = "default"
    click: str = "click"
    latency_s: Annotated[float, Field(ge=0.005, le=2.0)] = 0.25
    lead_in_s: Annotated[float, Field(ge=0.0, le=2.0)] = 0.4
    click_db: Level = -6.0
    voice_db: Level = -2.0
    earcon_db: Level = -8.0

    def gains(self) -> dict[Bus, float]:
        """Amplitude factors by bus."""
        levels = {Bus.CLICK: self.click_db, Bus.VOICE: self.voice_db, Bus.EARCON: self.earcon_db}
        return {bus: gain_from_db(level_db) for bus, level_db in levels.items()}


class VoiceTable(_Table):
    """Who speaks, in which language, and what is said."""

    language: str = "auto"
    engine: Literal["auto", "espeak", "piper", "system", "recorded", "none"] = "auto"
    speaker: str = ""
    piper: str = ""
    phrases: str = ""
    words: Literal["few", "usual", "many"] = "usual"
    rate_wpm: Annotated[int, Field(ge=80, le=450)] = 175


class FeetSettings(_Table):
    """How the sensor is read."""

    unit: Literal["auto", "steps", "strides"] = "auto"


class Settings(_Table):
    """Everything in the file."""

    sound: SoundSettings = SoundSettings()
    voice: VoiceTable = VoiceTable()
    feet: FeetSettings = FeetSettings()


def load_settings(path: Path) -> Settings:
    """The settings in a file; what it leaves out keeps its default.

    Raises:
        UsageError: unreadable, not TOML, or a key or value that is not allowed; all of them at once
    """
    try:
        raw = file_bytes(path, what="settings file", limit_bytes=MAX_SETTINGS_BYTES + 1)
        if len(raw) > MAX_SETTINGS_BYTES:
            raise UsageError(f"{shown(path)}: more than {MAX_SETTINGS_BYTES // 1000} kB; a settings file has less")
        return Settings.model_validate(tomllib.loads(raw.decode("utf-8")))
    except ValidationError as error:
        faults = "; ".join(_fault_words(fault["loc"], fault["msg"]) for fault in error.errors()[:MAX_FAULTS])
        raise UsageError(f"{shown(path)}: {faults}; config/defaults.toml shows what is allowed") from error
    except RecursionError as error:
        raise UsageError(f"{shown(path)}: not a settings file: nested too deeply") from error
    except ValueError as error:  # of TOML, of UTF-8, and of a whole number with thousands of digits
        why = "a number has more digits than any" if "integer string conversion" in str(error) else visible(str(error))
        raise UsageError(f"{shown(path)}: not TOML: {why}") from error


def _fault_words(place: Sequence[object], message: str) -> str:
    """What is wrong with a key; the key as a terminal cannot obey it, in one line."""
    return f"{visible(clipped('.'.join(map(str, place)), MAX_KEY_CHARS))}: {message}"


def find_settings(named: str | None) -> Settings:
    """The settings a person named, else those in the user's settings folder, else the program's own."""
    if named is not None:
        return load_settings(Path(named))
    defaults = asset("config", "defaults.toml")
    try:
        users_own = settings_folder() / "settings.toml"
    except NoHomeError:
        return load_settings(defaults)
    return load_settings(users_own if users_own.is_file() else defaults)
