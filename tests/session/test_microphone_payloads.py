from collections.abc import Sequence

from cadencecoach.gait.microphone import HeardSteps, encode_heard
from cadencecoach.gait.vote import Vote
from cadencecoach.record.lines import NoteLine
from cadencecoach.session.sensors import SensorNews, Sensors

TOLD = HeardSteps(cadence_spm=166.0, quality=0.6)
FOUND = HeardSteps(cadence_spm=166.0, quality=0.6, clicks=2, delay_s=0.1214)
SILENT = HeardSteps(cadence_spm=None, unheard=1)


def taken(words: Sequence[HeardSteps]) -> list[SensorNews]:
    """What a session's sensors make of a microphone that says one thing a second."""
    sensors = Sensors(vote=Vote(), votes={})
    payloads = enumerate(map(encode_heard, words))
    return [sensors.take(float(at), source="mic", sensor="Built-in", payload=payload) for at, payload in payloads]


def notes(news: Sequence[SensorNews]) -> list[list[str]]:
    """The notes of each."""
    return [[line.text for line in one.lines if isinstance(line, NoteLine)] for one in news]


def test_a_step_rate_is_a_reading_with_its_error_and_its_unit_needs_no_vote() -> None:
    """Both feet are heard; nothing is corrected that three steps a minute could explain."""
    (news,) = taken([TOLD])
    assert news.reading is not None
    assert (news.reading.cadence_spm, news.reading.error_spm) == (166.0, 3.0)


def test_what_it_cannot_tell_is_no_reading() -> None:
    """Neither zero steps nor an unreadable number."""
    (news,) = taken([SILENT])
    assert news.reading is None


def test_the_beats_delay_is_noted_once_and_again_when_it_was_lost() -> None:
    """In milliseconds; the payload has it to a tenth, and its drift."""
    told = notes(taken([TOLD, FOUND, FOUND, TOLD, FOUND]))
    line = "the microphone hears the beat 121 ms after it is played"
    assert told == [[], [line], [], [], [line]]
