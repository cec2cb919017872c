"""A run that another device recorded, as a session without a plan: what the feet did, nothing that was asked."""

from pathlib import Path

from cadencecoach.devices.input_file import check_file
from cadencecoach.devices.recordings import Recording, read_recording
from cadencecoach.gait.replayed import readings_of
from cadencecoach.gait.unit import Unit, unit_of_file
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.defaults import FULL_FEEDBACK
from cadencecoach.plan.model import AthleteBaseline, Beat, Free, Plan, RatioTolerance, Stage
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.record.journal import VERSION, Journal
from cadencecoach.record.lines import CueLine, Line, UnitLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import RecordedFeet
from cadencecoach.session.recorder import APP
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.sensor_words import unit_words
from cadencecoach.session.session import Session
from cadencecoach.store.loading import Recorded, summarise_journal


def load_recording(path: Path) -> Recorded:
    """A recorded run, followed by the tracker as a live one is.

    Raises:
        UsageError: there is no such file
        RecordingError: it cannot be read
    """
    check_file(path, what="recorded run")
    recording = read_recording(path)
    unit = unit_of_file(recording.rows, Unit[recording.counts.upper()])
    lines: list[Line] = [UnitLine(0.0, unit_words(unit, ENGLISH_SCREEN))]
    _follow(recording, unit, lines)
    header = {
        "journal": VERSION,
        "app": APP,
        "plan": {"name": path.name},
        "feet": f"replay:{path.name}",
        "recording": True,
    }
    began = {"started": recording.started} if recording.started else {}
    journal = Journal(header=header | began, lines=tuple(lines), notes=recording.notes)
    return Recorded(path=path, journal=journal, summary=summarise_journal(journal))


def _follow(recording: Recording, unit: Unit, lines: list[Line]) -> None:
    """The lines a session without a target would have written."""

    def write(line: Line) -> None:
        if not isinstance(line, CueLine):  # nobody coached this run, so nothing was said in it
            lines.append(line)

    output = NoAudio()
    plan = _free_plan(recording.rows[-1].time_s)
    session = Session(plan, baseline_spm=None, vote=Vote(), perform=output.perform, write=write)
    rehearse(session, RecordedFeet(readings_of(recording.rows, unit)), output=output)


def _free_plan(duration_s: float) -> Plan:
    stage = Stage(
        name="Recorded run",
        duration_s=max(duration_s, 1.0),
        target=Free(),
        tolerance=RatioTolerance(0.03),
        ramp_s=0.0,
        beat=Beat.OFF,
        feedback=FULL_FEEDBACK,
        help_ratio=1.0,
        cues=(),
        measures_baseline=False,
        drill=None,
    )
    return Plan(name="Recorded run", about="", sha256="", baseline=AthleteBaseline(), stages=(stage,))
