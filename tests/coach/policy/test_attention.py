import pytest

from cadencecoach.coach.policy.attention import JUDGING, TABLE, Act, Attention, Row, Signal, after


@pytest.mark.parametrize("attention", Attention)
def test_a_signal_without_a_row_changes_nothing(attention: Attention) -> None:
    """What is not in the table leaves the attention as it is and asks for nothing."""
    for signal in Signal:
        if (attention, signal) not in TABLE:
            assert after(attention, signal) == Row(attention)


def test_corrections_come_only_from_being_due_while_out_of_the_band() -> None:
    """No other signal and no other attention leads to a correction."""
    rows = {key for key, row in TABLE.items() if Act.CORRECT in row.acts}
    assert rows == {(Attention.DRIFTING, Signal.DUE), (Attention.CORRECTED, Signal.DUE)}


def test_praise_comes_only_after_a_correction_and_a_return_that_lasted() -> None:
    """The word for a runner who is back needs the state RETURNING, which only CORRECTED leads to."""
    assert [key for key, row in TABLE.items() if Act.CONFIRM in row.acts] == [(Attention.RETURNING, Signal.DUE)]
    assert [key for key, row in TABLE.items() if row.then is Attention.RETURNING] == [
        (Attention.CORRECTED, Signal.INSIDE)
    ]


@pytest.mark.parametrize("attention", [a for a in Attention if a not in (Attention.IDLE, Attention.AWAY)])
def test_a_runner_who_is_gone_is_left_alone(attention: Attention) -> None:
    """Walking, standing, stale and lost end all judging, with no word."""
    assert after(attention, Signal.GONE) == Row(Attention.AWAY)
    assert Attention.AWAY not in JUDGING


@pytest.mark.parametrize("attention", Attention)
def test_without_a_target_there_is_nothing_to_watch(attention: Attention) -> None:
    """Whatever it was, with no target the coach is idle."""
    assert after(attention, Signal.NO_TARGET).then is Attention.IDLE


@pytest.mark.parametrize("attention", [a for a in Attention if a is not Attention.IDLE])
def test_every_attention_can_be_reached(attention: Attention) -> None:
    """No row is dead: there is a way into each."""
    assert any(row.then is attention and key[0] is not attention for key, row in TABLE.items())
