"""What a session leaves behind: its summary, where the journal is, what a person should know."""

from dataclasses import dataclass
from pathlib import Path

from cadencecoach.coach.actions import EndReason
from cadencecoach.devices.journal.file import JournalWriter
from cadencecoach.live.opening.setup import Prepared
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.figures import Summary
from cadencecoach.record.fold.beats import Beats
from cadencecoach.session.audio_output import AudioOutput
from cadencecoach.session.recorder import SessionRecorder
from cadencecoach.session.sensor_words import unit_words
from cadencecoach.session.session import Session

EXIT_NOT_WRITTEN, EXIT_INTERRUPTED = 2, 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A session that is over.

    Attributes:
        plan: what was prescribed
        summary: what came of it
        unit_text: how the sensor's numbers were read; empty where that was no question
        journal: where it is written down; None when nowhere
        notes: one line each for a person to read
        beats: how many there were, and their tempo; None where nothing beat
        destination: where the sound went: a file, a device; empty where it went nowhere
        has_slept: it was broken off because the computer slept, or the program stood still
        is_whole: everything that was asked for was written; False when a disk was full
        messages_heard: ids of the messages that were spoken
        words: of the runner's language, and how distances and speeds are written in it
    """

    plan: Plan
    summary: Summary
    unit_text: str
    journal: Path | None
    notes: tuple[str, ...]
    beats: Beats | None = None
    destination: str = ""
    is_whole: bool = True
    words: Phrasebook = ENGLISH
    has_slept: bool = False
    messages_heard: frozenset[str] = frozenset()

    @property
    def exit_status(self) -> int:
        """0 when it ended as planned or by the runner's key, 130 when interrupted, 2 when not all could be written."""
        if self.summary.end_reason is EndReason.INTERRUPTED:
            return EXIT_INTERRUPTED
        return 0 if self.is_whole else EXIT_NOT_WRITTEN


def outcome_of(
    prepared: Prepared,
    session: Session,
    recorder: SessionRecorder,
    journal: JournalWriter | None,
    output: AudioOutput,
    *,
    notes: tuple[str, ...] = (),
) -> Outcome:
    """What a session that is over leaves behind, its journal closed; `notes` are what else a person should know."""
    words = session.state.words
    texts = words.screen
    bad = fill(texts.messages_unread, number=session.n_bad_payloads) if session.n_bad_payloads else ""
    trouble = journal.trouble or "" if journal is not None else ""
    return Outcome(
        plan=prepared.plan,
        summary=recorder.summary(),
        unit_text=unit_words(session.unit or prepared.opened.unit, texts),
        journal=journal.path if journal is not None and journal.path.exists() else None,
        beats=recorder.beats(),
        destination=output.destination,
        notes=tuple(filter(None, (output.message, *notes, bad, trouble))),
        is_whole=not trouble and output.trouble is None,
        words=words,
        messages_heard=frozenset(recorder.messages_heard),
    )
