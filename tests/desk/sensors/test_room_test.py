from cadencecoach.desk.sensors.room_test import RoomTest, judge, lines_of, reason_words, result_line
from cadencecoach.gait.hearing.verdict import Unheard
from cadencecoach.gait.microphone import HeardSteps, encode_heard
from cadencecoach.live.sensors.microphone_child import Heard
from cadencecoach.plan.page_texts import ENGLISH_PAGE


def heard(cadence_spm: float | None = None, unheard: int = 0, level_db: float = -30.0) -> Heard:
    """A second's word."""
    payload = encode_heard(HeardSteps(cadence_spm=cadence_spm, unheard=unheard))
    return Heard(host_s=0.0, payload=payload, level_db=level_db, found_spm=cadence_spm, alike=0.6, notes=0.1)


STARTING = [heard(unheard=Unheard.STARTING)] * 7
SILENT = heard(unheard=Unheard.NO_RHYTHM)


def test_a_room_that_hears_half_of_the_time_will_do() -> None:
    """The seconds before it can judge do not count."""
    test = judge("Mic", [*STARTING, *[heard(168.0)] * 5, *[SILENT] * 5])
    assert (test.will_do, test.n_looks, test.n_told, test.cadence_spm) == (True, 10, 5, 168.0)
    assert "This room will do: 168 steps a minute" in lines_of(test, ENGLISH_PAGE)[-1]


def test_a_room_that_hears_less_will_not_and_why_is_said() -> None:
    """The reason that came most often, and what helps."""
    test = judge("Mic", [*STARTING, *[heard(168.0)] * 4, *[heard(unheard=Unheard.NOTES)] * 4, SILENT])
    assert not test.will_do
    assert test.unheard is Unheard.NOTES
    assert "Voices or music" in lines_of(test, ENGLISH_PAGE)[-1]


def test_silence_has_no_level() -> None:
    """And is told as a switch or a permission."""
    test = judge("Mic", [heard(unheard=Unheard.ZEROS, level_db=float("-inf"))] * 5)
    assert test.level_db is None
    assert "Level silence" in lines_of(test, ENGLISH_PAGE)[0]
    assert "privacy settings" in lines_of(test, ENGLISH_PAGE)[-1]


def test_nothing_at_all_is_too_little() -> None:
    """Ended before it could judge."""
    test = judge("Mic", STARTING)
    assert (test.will_do, test.n_looks, test.found_spm) == (False, 0, None)
    assert "Too little" in lines_of(test, ENGLISH_PAGE)[-1]


def test_every_reason_is_one_a_person_can_act_on() -> None:
    """Without a beat of ours, those about it cannot come; each other one has words of its own."""
    possible = set(Unheard) - {Unheard.OWN_CLICK, Unheard.SEEKING_CLICK}
    assert len({reason_words(one, ENGLISH_PAGE) for one in possible}) == len(possible)
    assert isinstance(judge("Mic", []), RoomTest)


def test_the_result_is_one_line_that_names_the_microphone() -> None:
    """Also where nothing was heard."""
    for told in ([heard(168.0)] * 9, [heard(unheard=Unheard.ZEROS)] * 9, []):
        line = result_line(judge("Mic", [*STARTING, *told]), ENGLISH_PAGE)
        assert "Mic" in line
        assert "\n" not in line
        assert "{" not in line
