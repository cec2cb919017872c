"""The plan a metronome stands for, and its memory before the first event."""

import hashlib
from dataclasses import replace

from cadencecoach.coach.metronome.memory import Metronome, MetronomeSettings
from cadencecoach.coach.state import State, begin
from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.model import AthleteBaseline, Beat, CueStyle, Fixed, Plan, Stage
from cadencecoach.plan.phrasebook import Phrasebook


def metronome_plan(settings: MetronomeSettings) -> Plan:
    """The plan a metronome stands for, so that it is shown and written down like any session."""
    stage = Stage(
        name="Metronome",
        duration_s=settings.for_s,
        target=Fixed(settings.to_spm),
        tolerance=TOLERANCE,
        ramp_s=settings.over_s,
        beat=Beat.ON,
        feedback=replace(FULL_FEEDBACK, style=CueStyle.NONE),
        help_ratio=1.0,
        cues=(),
        measures_baseline=False,
        drill=None,
    )
    sha256 = hashlib.sha256(repr(settings).encode()).hexdigest()
    return Plan(name="Metronome", about="", sha256=sha256, baseline=AthleteBaseline(), stages=(stage,))


def begin_metronome(settings: MetronomeSettings, words: Phrasebook) -> State:
    """A metronome before its first event."""
    memory = Metronome(settings=settings, click=settings.click)
    return replace(begin(metronome_plan(settings), words=words), metronome=memory)
