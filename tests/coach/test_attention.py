from each_row import each_row

from cadencecoach.coach.attention import JUDGING, OUT, TABLE, Act, Attention, Row, Signal, after


@each_row("attention", Attention)
def test_a_signal_without_a_row_changes_nothing(attention: Attention) -> None:
    """What is not in the table leaves the attention as it is and asks for nothing."""
    for signal in Signal:
        if (attention, signal) not in TABLE:
            assert after(attention, signal) == Row(attention)


def test_corrections_come_only_from_being_due_while_out_of_the_band() -> None:
    """No other signal and no other attention leads to a correction."""
    rows = {key for key, row in TABLE.items() if Act.CORRECT in row.acts}
    assert rows == {(attention, Signal.DUE) for attention in OUT}


def test_praise_comes_only_after_a_correction_and_a_return_that_lasted() -> None:
    """The word for a runner who is back needs the state RETURNING, which only one who was told comes to."""
    assert [key for key, row in TABLE.items() if Act.CONFIRM in row.acts] == [(Attention.RETURNING, Signal.DUE)]
    assert [key for key, row in TABLE.items() if row.then is Attention.RETURNING] == [
        (Attention.CORRECTED, Signal.INSIDE),
        (Attention.RESTING, Signal.INSIDE),
    ]


def test_the_rescue_beat_comes_only_after_something_was_heard() -> None:
    """The beat is a rung above the first: only who was told can be found not to have heeded it."""
    rows = {key for key, row in TABLE.items() if Act.RESCUE in row.acts}
    assert rows == {(Attention.CORRECTED, Signal.UNHEEDED), (Attention.RESTING, Signal.UNHEEDED)}


READ_ALOUD = """
idle: a target is set -> settling
settling: a target is set -> settling; no target -> idle; SETTLED -> watching; GONE -> away
watching: a target is set -> settling; no target -> idle; OUTSIDE -> drifting; GONE -> away
drifting: a target is set -> settling; no target -> idle; INSIDE -> watching; OUTSIDE -> drifting
drifting: DUE -> corrected, CORRECT; GONE -> away
corrected: a target is set -> settling; no target -> idle; INSIDE -> returning; OUTSIDE -> drifting
corrected: DUE -> corrected, CORRECT; UNHEEDED -> corrected, RESCUE; SPENT -> resting; GONE -> away
resting: a target is set -> settling; no target -> idle; INSIDE -> returning; OUTSIDE -> drifting
resting: DUE -> corrected, CORRECT; UNHEEDED -> resting, RESCUE; GONE -> away
returning: a target is set -> settling; no target -> idle; OUTSIDE -> drifting; DUE -> watching, CONFIRM; GONE -> away
away: a target is set -> away; no target -> idle; ARRIVED -> settling
"""


def rows_read_aloud() -> list[tuple[Attention, Signal, Row]]:
    """The rows as a person wrote them down, one test each."""
    rows = []
    for line in READ_ALOUD.strip().splitlines():
        attention, _, rest = line.partition(": ")
        for cell in rest.split("; "):
            signal, _, then = cell.partition(" -> ")
            after_it, _, act = then.partition(", ")
            named = Signal[signal] if signal in Signal.__members__ else Signal(signal)
            rows.append((Attention(attention), named, Row(Attention(after_it), (Act[act],) if act else ())))
    return rows


@each_row(("attention", "signal", "row"), rows_read_aloud(), ids=lambda value: getattr(value, "name", ""))
def test_each_row_says_what_a_person_wrote_down(attention: Attention, signal: Signal, row: Row) -> None:
    """One test a row: this attention and this signal lead there, and to this act."""
    assert after(attention, signal) == row


def test_no_row_is_missing_among_those_written_down() -> None:
    """The list above is the whole table."""
    assert {(attention, signal) for attention, signal, _ in rows_read_aloud()} == TABLE.keys()


@each_row("attention", [a for a in Attention if a not in (Attention.IDLE, Attention.AWAY)])
def test_a_runner_who_is_gone_is_left_alone(attention: Attention) -> None:
    """Walking, standing, stale and lost end all judging, with no word."""
    assert after(attention, Signal.GONE) == Row(Attention.AWAY)
    assert Attention.AWAY not in JUDGING


@each_row("attention", Attention)
def test_without_a_target_there_is_nothing_to_watch(attention: Attention) -> None:
    """Whatever it was, with no target the coach is idle."""
    assert after(attention, Signal.NO_TARGET).then is Attention.IDLE


@each_row("attention", [a for a in Attention if a is not Attention.IDLE])
def test_every_attention_can_be_reached(attention: Attention) -> None:
    """No row is dead: there is a way into each."""
    assert any(row.then is attention and key[0] is not attention for key, row in TABLE.items())
