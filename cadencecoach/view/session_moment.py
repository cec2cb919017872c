"""From a session to what is shown of it now."""

from cadencecoach.coach.key_table import Mode
from cadencecoach.plan.forms import fill
from cadencecoach.session.sensor_words import unit_words, worn_words
from cadencecoach.session.session import Session
from cadencecoach.view.model import ViewModel
from cadencecoach.view.moment import Surroundings, moment


def model_of(session: Session, time_s: float, message: str, unit_text: str, answer: str = "") -> ViewModel | None:
    """What to show now; None before the first stage."""
    if session.state.stage is None:
        return None
    message = session.sensor_message or message
    around = Surroundings(
        unit=sensor_words(session, unit_text),
        hr_bpm=session.hr_bpm,
        speed_mps=session.speed_mps,
        rates_age_s=session.rates_age_s,
        last_cue=session.last_cue,
        message=message,
        answer=answer or ("" if message else session.tap_hint),
        has_sensor=session.has_sensor,
    )
    return moment(session.state, session.tracker, max(time_s, session.now_s), around)


def mode_of(session: Session) -> Mode:
    """Which keys a session has."""
    return Mode.GUIDED if session.state.metronome is None else Mode.METRONOME


def sensor_words(session: Session, unit_text: str) -> str:
    """How the sensor's numbers are read, and which sensor it is where it has a name."""
    texts = session.state.words.screen
    words = unit_words(session.unit, texts) or unit_text
    if session.placement:
        words = worn_words(session.placement, texts)
    return fill(texts.sensor_named, sensor=session.leader, unit=words) if session.leader else words
