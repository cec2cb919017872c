"""What a session sounds through: the face of every audio output, and the one that is silent."""

from typing import Protocol

from cadencecoach.coach.actions import Action
from cadencecoach.coach.volume import Volume
from cadencecoach.record.lines import MusicLine, SoundLine


class AudioOutput(Protocol):
    """Carries out actions as sound, and follows the session's time."""

    @property
    def destination(self) -> str:
        """Where the sound goes, as a person knows it: a file, a device; empty where it goes nowhere."""

    @property
    def message(self) -> str:
        """What a person should know about the sound; empty while all is well."""

    @property
    def trouble(self) -> str | None:
        """Why what was to be written is not whole; None while it is."""

    @property
    def busy_until_s(self) -> float:
        """When the last words ordered are over, in session time."""

    @property
    def volume(self) -> Volume:
        """How loud beat and words are at the start, and how loud they may become."""

    def perform(self, action: Action) -> float | None:
        """Carry out one action; for a cue the answer is when it begins to sound, None if it does not."""

    @property
    def song(self) -> str:
        """The title of the song that is heard instead of the click; empty where none is."""

    def follow(self, time_s: float) -> SoundLine | MusicLine | None:
        """The session has come this far; a line for the journal when something about the sound has changed."""

    def close(self, time_s: float) -> None:
        """The session ended at this time: let the last sound end, and give everything back."""


class NoAudio:
    """Plays nothing, because no sound is wanted or because there is no device for it."""

    destination = ""
    busy_until_s = 0.0
    trouble = None
    song = ""
    volume = Volume()

    def __init__(self, message: str = "") -> None:
        """Keep the reason."""
        self.message = message

    def perform(self, action: Action) -> float | None:  # noqa: ARG002  # the face
        """Nothing sounds."""
        return None

    def follow(self, time_s: float) -> SoundLine | None:  # noqa: ARG002
        """Nothing changes."""
        return None

    def close(self, time_s: float) -> None:
        """Nothing to give back."""
