"""What a computer keeps for whoever runs the program, beside the athletes: one value, handed to all who need it.

A store has it (`store.machine`), so that whoever is handed a store needs no other way to settings, phrasebooks and the
lists of sensors and sound devices. `user_store` makes the one of this computer; a test makes one of its own.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cadencecoach.errors import NoHomeError
from cadencecoach.store.song_book import SongBook

STORE_VARIABLE: Final = "CADENCECOACH_STORE"  # of the environment: which store it is says all of its address


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The places.

    Attributes:
        settings: the folder of settings, own phrasebooks, and lists of sensors and sound devices; or why there is none
        speech: the folder of sentences spoken before; or why there is none, and each is spoken anew
        plans: the folder of plans that have a name; or why there is none
        work: the folder of results that are made and fetched; or why there is none
        songs: the folder of what was found out about songs; or why there is none
        athletes_folder: of what is kept of athletes, where no file goes that somebody asks for by name; None where
            athletes are not kept in files
        paired_file: the list of devices that the page has let in; None where no page is served
    """

    settings: Path | NoHomeError
    speech: Path | NoHomeError
    plans: Path | NoHomeError
    work: Path | NoHomeError
    songs: Path | NoHomeError
    athletes_folder: Path | None = None
    paired_file: Path | None = None

    @property
    def settings_folder(self) -> Path:
        """The folder of settings; raises NoHomeError where there is none."""
        if isinstance(self.settings, NoHomeError):
            raise self.settings.again()
        return self.settings

    @property
    def settings_file(self) -> Path:
        """The person's own settings, whether they are there or not; raises NoHomeError."""
        return self.settings_folder / "settings.toml"

    @property
    def sounds_file(self) -> Path:
        """What is remembered about sound devices; raises NoHomeError."""
        return self.settings_folder / "sound.json"

    @property
    def sensors_file(self) -> Path | NoHomeError:
        """The remembered sensors; or why nothing is remembered, which only a session that remembers needs to know."""
        return self.settings if isinstance(self.settings, NoHomeError) else self.settings / "sensors.json"

    @property
    def work_folder(self) -> Path:
        """The folder of results; raises NoHomeError where there is none."""
        if isinstance(self.work, NoHomeError):
            raise self.work.again()
        return self.work

    @property
    def song_book(self) -> SongBook:
        """What was found out about songs; without a home nothing is known, and nothing can be kept."""
        return SongBook(self.songs)

    @property
    def speech_folder(self) -> Path | None:
        """The folder of sentences spoken before; None where each is spoken anew."""
        return None if isinstance(self.speech, NoHomeError) else self.speech


NO_MACHINE = Machine(
    settings=NoHomeError("settings and sensors", "XDG_CONFIG_HOME"),
    speech=NoHomeError("spoken sentences", "XDG_CACHE_HOME"),
    plans=NoHomeError("plans", "XDG_DATA_HOME"),
    work=NoHomeError("what is made for you", "XDG_CACHE_HOME"),
    songs=NoHomeError("beats of songs", "XDG_CACHE_HOME"),
)
