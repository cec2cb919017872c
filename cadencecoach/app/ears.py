"""What hears a rehearsal: nothing, or a sound file with the same engine, voice and placing as live."""

from pathlib import Path
from typing import Protocol

from cadencecoach.app.rehearsal import NoRecorder, Recorder
from cadencecoach.app.settings import Settings
from cadencecoach.coach.actions import Action
from cadencecoach.errors import UsageError


class Ear(Recorder, Protocol):
    """Carries out actions and follows the time."""

    def perform(self, action: Action) -> float | None:
        """Carry out one action; see `Performer.perform`."""

    def finish(self, time_s: float) -> str | None:
        """The session is over; answers with what a person should know, if anything."""


class DeafEar(NoRecorder):
    """No sound is made."""

    def perform(self, action: Action) -> float | None:  # noqa: ARG002  # the face of an ear
        """Nothing sounds."""
        return None

    def finish(self, time_s: float) -> str | None:  # noqa: ARG002
        """Nothing to say."""
        return None


def open_ear(sound_text: str, settings: Settings) -> Ear:
    """What `--sound` names for a rehearsal.

    Raises:
        UsageError: neither a file nor none, or a file that cannot be written
    """
    kind, _, rest = sound_text.partition(":")
    if kind == "none" and not rest:
        return DeafEar()
    if kind != "file" or not rest:
        raise UsageError(f"--sound {sound_text}: a rehearsal writes file:PATH (.wav or .flac) or none")
    return open_file_ear(Path(rest), settings)


def open_file_ear(path: Path, settings: Settings) -> Ear:
    """A sound file that hears a session.

    Raises:
        UsageError: it cannot be written
    """
    # The sound room needs numpy, which a rehearsal without sound goes without.
    from cadencecoach.app.file_ear import FileEar  # noqa: PLC0415

    return FileEar(path, settings)
