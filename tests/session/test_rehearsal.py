"""A session in virtual time that nothing from outside interrupts: it goes by in short steps all the same."""

from itertools import pairwise

from each_row import each_row

from cadencecoach.coach.coaching import metronome_alone
from cadencecoach.coach.metronome import MetronomeSettings, metronome_plan
from cadencecoach.gait.reading import Reading
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.record.lines import Line, SoundLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import NoFeet, RecordedFeet, SensorFeed
from cadencecoach.session.rehearsal import STEP_S, rehearse
from cadencecoach.session.session import Session

FORTY_MIN = MetronomeSettings(from_spm=170.0, to_spm=170.0, for_s=2400.0)


class Followed(NoAudio):
    """Keeps the times up to which sound would be written."""

    def __init__(self) -> None:
        """None yet."""
        super().__init__()
        self.times_s = [0.0]

    def follow(self, time_s: float) -> SoundLine | None:
        """Once more."""
        self.times_s.append(time_s)
        return None


def metronome(lines: list[Line]) -> Session:
    """Forty minutes of beat, written down."""
    output = NoAudio()
    coaching = metronome_alone(FORTY_MIN, ENGLISH)
    return Session(metronome_plan(FORTY_MIN), perform=output.perform, write=lines.append, coaching=coaching)


GAP = RecordedFeet([Reading(time_s=1.0, cadence_spm=170.0), Reading(time_s=2000.0, cadence_spm=170.0)])


@each_row("feet", [NoFeet(), GAP], ids=["no sensor", "a gap of half an hour"])
def test_sound_is_written_and_progress_told_in_steps(feet: SensorFeed) -> None:
    """Never more than ten seconds at once, to the exact end."""
    output, told_s, lines = Followed(), list[float](), list[Line]()
    session = metronome(lines)
    rehearse(session, feet, output=output, progress=told_s.append)
    assert max(after - before for before, after in pairwise(output.times_s)) <= STEP_S
    assert told_s == output.times_s[1:]
    assert session.now_s == output.times_s[-1] == 2400.0


def test_a_stop_is_obeyed_at_the_next_step() -> None:
    """The session ends where it has come to, and its journal says so."""
    told_s, lines = list[float](), list[Line]()
    session = metronome(lines)
    rehearse(session, NoFeet(), output=NoAudio(), progress=told_s.append, should_stop=lambda: len(told_s) >= 5)
    assert session.is_over
    assert session.now_s == told_s[4] <= 5 * STEP_S
    assert lines[-1].t == session.now_s
