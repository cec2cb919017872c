"""From a phone's samples to readings: the step rate, where it is worn, and never what is of long ago."""

from collections.abc import Iterable

import numpy as np
import pytest
from phone_batches import Sent, batches, payloads, worn

from cadencecoach.errors import PayloadError
from cadencecoach.gait.phone import encode_samples
from cadencecoach.gait.phone_order import PhoneOrder
from cadencecoach.gait.phone_source import TOLD_WITHIN_S, PhoneSource
from cadencecoach.gait.reading import Feet, Reading
from cadencecoach.gait.steps import Placement
from cadencecoach.gait.tracker import Tracker, observe, pass_time


def readings(source: PhoneSource, came: Iterable[tuple[float, bytes]]) -> list[Reading]:
    """What a source makes of payloads."""
    told = (source.take(time_s, payload) for time_s, payload in came)
    return [one for one in told if one is not None]


def ordered(came: Iterable[Sent], order: PhoneOrder) -> list[tuple[float, bytes]]:
    """Payloads of batches."""
    return [(time_s, payload) for time_s, batch in came for payload in order.take(batch, time_s)]


def test_a_run_is_told_once_a_second_with_its_place() -> None:
    """The cadence within a step or two, the trunk as the place, no footfalls: how late an app sends is not known."""
    source = PhoneSource()
    told = readings(source, payloads(worn(Placement.HIP, [(7.0, 168.0)])))
    assert np.median([one.cadence_spm for one in told if one.cadence_spm]) == pytest.approx(168.0, abs=2.0)
    assert np.diff([one.time_s for one in told]).min() >= 0.9
    assert source.place == "hip or chest"
    assert source.footfalls_s == ()


def test_a_phone_at_the_trunk_tells_oscillation_as_a_strap_does() -> None:
    """Within its error, once the place is known; no contact time, which only a foot feels."""
    told = readings(PhoneSource(), payloads(worn(Placement.HIP, [(8.0, 165.0)])))
    running = [one.dynamics for one in told if 6.0 < one.time_s < 8.0]
    assert running
    for one in running:
        assert one is not None
        assert one.oscillation_mm is not None
        assert abs(one.oscillation_mm.value - 79) <= one.oscillation_mm.error  # as in test_movement
        assert one.contact_ms is None
        assert (one.placement, one.told_by) == ("hip or chest", "signal")


@pytest.mark.slow
@pytest.mark.parametrize("rate_hz", [20.0, 50.0, 104.0, 200.0, 400.0])
def test_any_rate_of_a_phone_will_do(rate_hz: float) -> None:
    """From 20 to 400 samples a second."""
    told = readings(PhoneSource(), payloads(worn(Placement.HIP, [(15.0, 168.0)], rate_hz=rate_hz)))
    assert np.median([one.cadence_spm for one in told if one.cadence_spm]) == pytest.approx(168.0, abs=3.0)


@pytest.mark.slow
def test_what_was_long_on_its_way_is_told_with_its_lag_or_not_at_all() -> None:
    """Packets that come later and later: a lag below three seconds is told, from there on nothing is."""
    came = list(payloads(worn(Placement.HIP, [(14.0, 168.0)])))
    stretched = [(time_s + max(0.0, time_s - 6.0), payload) for time_s, payload in came]
    told = readings(PhoneSource(), stretched)
    assert all(one.lag_s < TOLD_WITHIN_S for one in told)
    assert max(one.lag_s for one in told) > 2.0
    assert max(one.time_s for one in told) < 6.0 + 2 * TOLD_WITHIN_S + 1.0
    assert all(one.lag_s == pytest.approx(0.0, abs=0.05) for one in told if one.time_s < 6.0)


def test_a_reading_that_lags_is_stale_by_its_own_age() -> None:
    """Three seconds after the feet did it, not after it came."""
    lagging = observe(Tracker(), Reading(time_s=10.0, cadence_spm=168.0, lag_s=2.0))
    assert lagging.feet is Feet.LIVE
    assert pass_time(lagging, 10.9).feet is Feet.LIVE
    assert pass_time(lagging, 11.0).feet is Feet.STALE


@pytest.mark.slow
def test_a_clock_that_began_anew_is_followed() -> None:
    """The phone's app was closed and opened again: steps go on being told, with the place that was known."""
    source, order, motion = PhoneSource(), PhoneOrder(), worn(Placement.HIP, [(10.0, 168.0)])
    first = readings(source, ordered(batches(motion, begins_s=500.0, session="a"), order))
    again = [(time_s + 30.0, batch) for time_s, batch in batches(motion, session="b")]
    second = readings(source, ordered(again, order))
    assert [one.cadence_spm for one in first if one.cadence_spm]
    assert np.median([one.cadence_spm for one in second if one.cadence_spm]) == pytest.approx(168.0, abs=2.0)
    assert all(one.lag_s < 0.3 for one in second)
    assert source.place == "hip or chest"


def test_who_stands_is_told_as_no_steps() -> None:
    """Zero, which is not nothing."""
    still = encode_samples(0, [number * 10_000_000 for number in range(400)], [(0.0, 0.0, 1.0)] * 400)
    told = readings(PhoneSource(), [(4.0, payload) for payload in still])
    assert [one.cadence_spm for one in told] == [0.0]


def test_bytes_that_mean_nothing_are_an_error() -> None:
    """As of any source."""
    with pytest.raises(PayloadError):
        PhoneSource().take(1.0, b"\x01")
