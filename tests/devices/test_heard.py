"""The map from frames to the time they are heard: crystals, wandering clocks, late callbacks, pauses."""

import pytest
from each_row import each_row

from cadencecoach.devices.heard import HeardFrames

FS_HZ = 48_000
START_S = 1000.0


def heard(n_looks: int, *, ppm: float = 0.0, wander_s: float = 0.0, strays: range = range(0)) -> HeardFrames:
    """Looks every 0.2 s at a card; some of them a block late."""
    frames = HeardFrames()
    for k in range(n_looks):
        late_s = 256 / FS_HZ if k in strays else 0.0
        at_s = START_S + k * 0.2001 * (1 + ppm * 1e-6)
        frames.note(round(k * 0.2001 * FS_HZ), at_s + (-1) ** k * wander_s + late_s, fs_hz=FS_HZ)
    return frames


@each_row("ppm", [-100.0, 0.0, 300.0])
def test_the_crystal_is_counted_in(ppm: float) -> None:
    """After some seconds the slope is the card's, though its clock wanders by 0.1 ms."""
    assert heard(64, ppm=ppm, wander_s=1e-4).clock_map(fs_hz=FS_HZ).drift_ppm(FS_HZ) == pytest.approx(ppm, abs=10)


def test_a_short_look_takes_the_card_for_perfect() -> None:
    """Three wandering pairs move the map by no more than they wander."""
    early = heard(3, wander_s=1e-4).clock_map(fs_hz=FS_HZ)
    assert early.drift_ppm(FS_HZ) == pytest.approx(0)
    assert early.host_s(10 * FS_HZ) == pytest.approx(START_S + 10.0, abs=1.1e-4)


def test_late_callbacks_do_not_bend_the_map() -> None:
    """Single pairs that are a block off are left out."""
    frames = heard(64, strays=range(10, 64, 7))
    assert frames.clock_map(fs_hz=FS_HZ).drift_ppm(FS_HZ) == pytest.approx(0, abs=1)


def test_a_first_pair_that_was_wrong_is_outgrown() -> None:
    """When all the others disagree with it, they are right."""
    frames = heard(40, strays=range(1))
    assert frames.clock_map(fs_hz=FS_HZ).host_s(0) == pytest.approx(START_S, abs=1e-4)


def test_after_a_pause_of_the_server_the_map_begins_anew() -> None:
    """A second in which nothing was played does not bend the line for a quarter of a minute."""
    frames = heard(64)
    for k in range(64, 80):
        frames.note(round(k * 0.2001 * FS_HZ), START_S + 1.0 + k * 0.2001, fs_hz=FS_HZ)
    clock_map = frames.clock_map(fs_hz=FS_HZ)
    assert clock_map.host_s(round(80 * 0.2001 * FS_HZ)) == pytest.approx(START_S + 1.0 + 80 * 0.2001, abs=1e-4)


def test_nothing_is_known_before_the_first_look() -> None:
    """And one pair is enough."""
    assert not HeardFrames().is_known
    assert heard(1).clock_map(fs_hz=FS_HZ).host_s(FS_HZ) == pytest.approx(START_S + 1.0)
