"""Headphones that fall asleep: what wakes them, and what has to wait."""

from each_row import each_row

from cadencecoach.live.audio.waking import QUIET_S, Waking


def test_the_first_words_wait_for_the_lead_in() -> None:
    """Nothing was heard before them."""
    waking = Waking(0.4)
    assert waking.needs_lead_in(10.0)
    assert waking.ready_s(10.0) == 10.4


@each_row(("silence_s", "waits_s"), [(QUIET_S - 0.1, 0.0), (QUIET_S, 0.0), (QUIET_S + 0.1, 0.4)])
def test_only_a_long_silence_puts_to_sleep(silence_s: float, waits_s: float) -> None:
    """After words, and after a beat."""
    after_words, after_beat = Waking(0.4), Waking(0.4)
    after_words.note_cue(100.0)
    after_beat.note_beat(50.0, is_heard=True)
    after_beat.note_beat(100.0, is_heard=False)
    for waking in (after_words, after_beat):
        assert waking.needs_lead_in(100.0 + silence_s) is (waits_s > 0)
        assert waking.ready_s(100.0 + silence_s) == 100.0 + silence_s + waits_s


def test_a_beat_that_has_just_begun_wakes_by_itself() -> None:
    """Words wait for it, without noise; later ones do not wait."""
    waking = Waking(0.4)
    waking.note_beat(10.0, is_heard=True)
    assert not waking.needs_lead_in(10.0)
    assert waking.ready_s(10.1) == 10.4
    assert waking.ready_s(60.0) == 60.0
    waking.note_beat(61.0, is_heard=True)
    assert waking.ready_s(61.0) == 61.0


def test_a_beat_after_a_short_silence_makes_nothing_wait() -> None:
    """The headphones are awake."""
    waking = Waking(0.4)
    waking.note_cue(9.0)
    waking.note_beat(10.0, is_heard=True)
    assert waking.ready_s(10.0) == 10.0


def test_without_a_lead_in_nothing_waits() -> None:
    """The setting is 0."""
    waking = Waking(0.0)
    assert not waking.needs_lead_in(10.0)
    assert waking.ready_s(10.0) == 10.0
