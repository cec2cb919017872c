"""One phone's samples in order: late, doubled, lost, begun anew, in another unit, at any rate."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from each_row import each_row
from phone_batches import Sent, batch_of, batches, worn

from cadencecoach.gait.phone import decode_samples
from cadencecoach.gait.phone_order import STANDARD_G, PhoneOrder, Signal, signal_of
from cadencecoach.gait.steps import Placement

STILL = (0.0, 0.0, STANDARD_G)


def sent(
    first: int, last: int, *, at_s: float | None = None, session: str = "", value: Sequence[float] = STILL
) -> Sent:
    """Samples of a 100 Hz phone by number, arrived with the last of them where nothing else is said."""
    times_s = [number / 100 for number in range(first, last)]
    return times_s[-1] if at_s is None else at_s, batch_of(times_s, [value] * len(times_s), session=session)


def out_of(order: PhoneOrder, came: Iterable[Sent]) -> list[tuple[int, int]]:
    """Epoch and number of each sample that came out."""
    decoded = [decode_samples(payload) for arrival_s, batch in came for payload in order.take(batch, arrival_s)]
    return [(one.epoch, round(time_ns / 1e7)) for one in decoded for time_ns in one.times_ns]


def numbers(first: int, last: int, epoch: int = 0) -> list[tuple[int, int]]:
    """Epoch and number of samples in order."""
    return [(epoch, number) for number in range(first, last)]


def test_samples_in_order_go_straight_through() -> None:
    """Nothing waits where nothing comes late."""
    order = PhoneOrder()
    assert out_of(order, [sent(0, 20)]) == numbers(0, 20)
    assert out_of(order, [sent(20, 40)]) == numbers(20, 40)
    assert (order.n_samples, order.n_late, order.n_doubled, order.n_missing) == (40, 0, 0, 0)


def test_one_packet_that_overtakes_another_waits_for_it() -> None:
    """0.2 s of a hole are waited for from the beginning."""
    order = PhoneOrder()
    out_of(order, [sent(0, 20)])
    assert out_of(order, [sent(40, 60, at_s=0.6)]) == []
    assert out_of(order, [sent(20, 40, at_s=0.7)]) == numbers(20, 60)
    assert order.n_late == 0


def test_a_hole_is_given_up_when_nothing_has_been_that_late() -> None:
    """After more than 0.3 s of the phone's clock; what comes after all is late, counted, and left."""
    order = PhoneOrder()
    out_of(order, [sent(0, 20)])
    assert out_of(order, [sent(40, 71)]) == []
    assert out_of(order, [sent(71, 72)]) == numbers(40, 72)
    assert order.n_missing == 20
    assert order.longest_gap_s == pytest.approx(0.21)
    assert out_of(order, [sent(20, 40, at_s=0.8)]) == []
    assert order.n_late == 20


def test_what_was_late_is_waited_for_from_then_on() -> None:
    """As long as it was late: here 0.4 s; half a minute later no longer."""
    order = PhoneOrder()
    out_of(order, [sent(0, 20), sent(40, 80), sent(20, 40, at_s=0.9)])
    assert out_of(order, [sent(100, 141)]) == []
    assert out_of(order, [sent(80, 100, at_s=1.4)]) == numbers(80, 141)
    out_of(order, [sent(first, first + 20) for first in range(141, 4001, 20)])
    out_of(order, [sent(4021, 4041), sent(4001, 4021, at_s=40.5)])
    assert out_of(order, [sent(4061, 4093)]) == numbers(4061, 4093)


def test_two_seconds_are_the_longest_wait() -> None:
    """What is overtaken by more is older than that, and left."""
    order = PhoneOrder()
    out_of(order, [sent(0, 20), sent(40, 239), sent(20, 40, at_s=2.4)])
    assert out_of(order, [sent(300, 500)]) == []
    assert out_of(order, [sent(500, 501)]) == numbers(300, 501)
    assert order.n_late == 20


def test_doubles_are_counted_and_left() -> None:
    """Packets that come twice, and pushes that hold what was sent before."""
    order = PhoneOrder()
    assert out_of(order, [sent(0, 20), sent(0, 20, at_s=0.3), sent(5, 30)]) == numbers(0, 30)
    assert (order.n_doubled, order.n_late) == (35, 0)


def test_pushes_that_overlap_lose_nothing_when_one_is_lost() -> None:
    """As our experiment pushes: what one loses the next one brings."""
    order = PhoneOrder()
    assert out_of(order, [sent(0, 100), sent(0, 150), sent(40, 240)]) == numbers(0, 240)
    assert order.n_missing == 0


def test_a_clock_that_began_anew_is_taken_after_a_second() -> None:
    """Only samples of another time for a second: they are the new clock's, all of them."""
    order = PhoneOrder()
    out_of(order, [sent(first, first + 20) for first in range(0, 1000, 20)])
    anew = [sent(first, first + 20, at_s=12.0 + first / 100) for first in range(0, 120, 20)]
    assert out_of(order, anew[:-1]) == []
    assert out_of(order, anew[-1:]) == numbers(0, 120, epoch=1)
    assert order.n_late == 0


def test_a_burst_of_old_packets_is_no_clock_that_began_anew() -> None:
    """After a gap the newest packet came first; the old ones are late, and the clock goes on."""
    order = PhoneOrder()
    out_of(order, [sent(first, first + 20) for first in range(0, 400, 20)])
    out_of(order, [sent(1000, 1020, at_s=10.2)])
    out_of(order, [sent(first, first + 20, at_s=10.3) for first in range(400, 700, 20)])
    assert out_of(order, [sent(1020, 1040, at_s=10.5)]) == numbers(1020, 1040)
    assert order.n_late == 300


def test_another_session_of_the_app_is_another_clock_at_once() -> None:
    """Where the app says which one it is."""
    order = PhoneOrder()
    out_of(order, [sent(0, 20, session="a")])
    assert out_of(order, [sent(0, 10, at_s=0.5, session="b")]) == numbers(0, 10, epoch=1)


def test_epochs_begin_again_after_255() -> None:
    """They fill one byte."""
    order = PhoneOrder(255)
    out_of(order, [sent(0, 20, session="a")])
    assert out_of(order, [sent(0, 10, at_s=0.5, session="b")]) == numbers(0, 10, epoch=0)


def test_a_gap_that_nothing_fills_is_a_gap() -> None:
    """Five seconds without the phone: what comes next is told at once."""
    order = PhoneOrder()
    out_of(order, [sent(0, 100)])
    assert out_of(order, [sent(600, 620)]) == numbers(600, 620)
    assert order.n_missing == 500


@each_row(
    ("mean", "mean_length", "signal"),
    [
        (9.8, 9.8, Signal.MPS2),
        (5.0, 12.0, Signal.MPS2),
        (4.9, 12.0, Signal.WITHOUT_GRAVITY),
        (17.0, 17.0, Signal.MPS2),
        (17.1, 17.1, Signal.SENSELESS),
        (1.0, 1.0, Signal.G),
        (0.6, 4.0, Signal.G),
        (0.59, 1.0, Signal.WITHOUT_GRAVITY),
        (1.7, 2.0, Signal.G),
        (1.71, 2.0, Signal.WITHOUT_GRAVITY),
        (1.0, 4.1, Signal.WITHOUT_GRAVITY),
        (0.0, 0.0, Signal.WITHOUT_GRAVITY),
    ],
)
def test_gravity_tells_the_unit(mean: float, mean_length: float, signal: Signal) -> None:
    """By how large it is in the mean; a mean of about 1 in a movement of many is chance."""
    assert signal_of(mean, mean_length) is signal


@each_row(("unit_g", "signal"), [(1.0, Signal.G), (STANDARD_G, Signal.MPS2), (1000.0, Signal.SENSELESS)])
def test_a_run_in_any_unit_comes_out_in_g(unit_g: float, signal: Signal) -> None:
    """What no unit explains does not come out at all."""
    order, motion = PhoneOrder(), worn(Placement.HIP, [(4.0, 165.0)])
    decoded = [
        decode_samples(payload)
        for time_s, batch in batches(motion, unit_g=unit_g)
        for payload in order.take(batch, time_s)
    ]
    assert order.signal is signal
    values = [value for one in decoded for value in one.samples_g]
    assert len(values) == (0 if signal is Signal.SENSELESS else order.n_samples)
    if values:
        assert np.allclose(values, motion.accel_g[: len(values)], atol=0.001)


def test_without_gravity_the_unit_is_that_of_all_apps_and_is_asked_again() -> None:
    """m/s2; when gravity comes into it, it is known."""
    order, signals = PhoneOrder(), list[Signal | None]()
    for first in range(0, 640, 20):
        out_of(order, [sent(first, first + 20, value=(0.0, 0.3, 0.0) if first < 220 else STILL)])
        signals.append(order.signal)
    assert signals[10] is Signal.WITHOUT_GRAVITY
    assert signals[-1] is Signal.MPS2


@each_row(("rate_hz", "n"), [(20.0, 20), (100.0, 100), (120.0, 120), (200.0, 100), (400.0, 100)])
def test_a_second_holds_at_most_about_a_hundred_samples(rate_hz: float, n: int) -> None:
    """Quicker phones are averaged; slower ones are as they are."""
    order, rate = PhoneOrder(), int(rate_hz)
    count = 0
    for first in range(0, rate, rate // 5):
        times_s = [number / rate_hz for number in range(first, first + rate // 5)]
        payloads = order.take(batch_of(times_s, [STILL] * len(times_s)), times_s[-1])
        count += sum(len(decode_samples(payload).times_ns) for payload in payloads)
    assert count == n
    assert order.rate_hz == pytest.approx(rate_hz, rel=0.01)


def test_a_value_no_phone_measures_leaves_its_sample_out() -> None:
    """2000 m/s2 are the last that could be."""
    order = PhoneOrder()
    values = [(2000.0, 0.0, 0.0), (2000.1, 0.0, 0.0), STILL, STILL]
    order.take(batch_of([0.0, 0.01, 0.02, 0.03], values), 0.1)
    assert order.n_samples == 3
