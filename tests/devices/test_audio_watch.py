"""A process that does not play: asked, waited for, given up."""

from cadencecoach.devices.audio_watch import HUNG_AFTER_S, LOOK_AFTER_S, StallWatch


def looks(watch: StallWatch, *, from_s: float, to_s: float, called_s: float, every_s: float = 0.05) -> list[bool]:
    """What the watch answers while no callback comes."""
    n_looks = round((to_s - from_s) / every_s)
    return [watch.look(now_s=from_s + n * every_s, called_s=called_s) for n in range(1, n_looks + 1)]


def test_a_process_that_plays_is_left_alone() -> None:
    """A callback with each look: never asked."""
    watch = StallWatch()
    assert not any(watch.look(now_s=n / 20, called_s=n / 20) for n in range(200))
    assert watch.stalled_s == 0.0


def test_a_stall_is_asked_about_once_and_given_up_late() -> None:
    """After half a second once; just before three seconds it is still waited for, then no longer."""
    watch = StallWatch()
    assert not any(looks(watch, from_s=10.0, to_s=10.0 + LOOK_AFTER_S - 0.05, called_s=10.0))
    assert sum(looks(watch, from_s=10.0 + LOOK_AFTER_S - 0.05, to_s=10.0 + HUNG_AFTER_S - 0.1, called_s=10.0)) == 1
    assert not watch.is_hung
    looks(watch, from_s=10.0 + HUNG_AFTER_S - 0.1, to_s=10.0 + HUNG_AFTER_S + 0.05, called_s=10.0)
    assert watch.is_hung


def test_a_callback_ends_the_stall() -> None:
    """The next one is counted, and asked about, from its own beginning."""
    watch = StallWatch()
    looks(watch, from_s=10.0, to_s=12.5, called_s=10.0)
    watch.look(now_s=12.6, called_s=12.59)
    assert not watch.is_hung
    assert watch.stalled_s < 0.1
    assert sum(looks(watch, from_s=12.6, to_s=13.6, called_s=12.59)) == 1


def test_a_watch_that_slept_itself_blames_nobody() -> None:
    """A computer that was shut for an hour, or a parent without any processor: one look counts little."""
    watch = StallWatch()
    watch.look(now_s=10.0, called_s=10.0)
    watch.look(now_s=3610.0, called_s=10.0)
    assert watch.stalled_s <= 0.25
    assert not watch.is_hung
