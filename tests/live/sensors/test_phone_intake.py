"""Of several phones the first one counts as long as it sends."""

from dataclasses import replace

from phone_batches import batch_of

from cadencecoach.gait.phone import decode_samples
from cadencecoach.gait.phone_messages import PhoneBatch
from cadencecoach.live.sensors.phone_intake import SILENT_AFTER_S, PhoneIntake

STILL = (0.0, 0.0, 9.8)


def sent(begin_s: float, sender: str = "1") -> PhoneBatch:
    """Two tenths of a second."""
    return batch_of([begin_s + number / 100 for number in range(20)], [STILL] * 20, sender=sender)


def test_the_first_phone_is_taken_and_a_second_is_told() -> None:
    """Its samples are nobody's; it is told of for ten seconds."""
    intake = PhoneIntake()
    assert len(intake.take(sent(0.0), 10.0)) == 1
    assert not intake.has_second(10.0)
    assert intake.take(sent(500.0, "2"), 10.1) == []
    assert intake.has_second(20.0)
    assert not intake.has_second(20.1)
    assert len(intake.take(sent(0.2), 10.2)) == 1


def test_a_phone_that_fell_silent_makes_room() -> None:
    """After five seconds, with another epoch: the experiment was loaded again, or another phone is meant."""
    intake = PhoneIntake()
    (first,) = intake.take(sent(0.0), 10.0)
    assert intake.take(sent(7.0, "2"), 10.0 + SILENT_AFTER_S - 0.01) == []
    (second,) = intake.take(sent(7.0, "2"), 10.0 + SILENT_AFTER_S)
    assert (decode_samples(first).epoch, decode_samples(second).epoch) == (0, 1)


def test_a_phone_that_only_repeats_itself_is_silent() -> None:
    """A paused experiment pushes the same again and again: nothing new is nothing."""
    intake = PhoneIntake()
    intake.take(sent(0.0), 10.0)
    for tenth in range(60):
        assert intake.take(sent(0.0), 10.1 + tenth / 10) == []
    assert intake.is_silent(15.0)
    assert not intake.is_silent(14.9)


def test_an_empty_batch_is_nobody() -> None:
    """A phone that has loaded the experiment and not tapped play does not keep another one out."""
    intake = PhoneIntake()
    assert intake.take(batch_of([], [], sender="1"), 9.0) == []
    assert len(intake.take(sent(0.0, "2"), 9.1)) == 1


def test_an_app_that_pauses_says_so() -> None:
    """Until it measures again."""
    intake = PhoneIntake()
    intake.take(sent(0.0), 10.0)
    intake.take(replace(batch_of([], []), is_measuring=False), 10.2)
    assert intake.is_paused
    intake.take(sent(0.2), 10.4)
    assert not intake.is_paused
