"""Taps as hands make them, and as they should not be: a cadence within its error, or the reason why there is none."""

import random

import pytest
from each_row import each_row

from cadencecoach.errors import PayloadError
from cadencecoach.gait.taps import ERROR_SPM, TAP, TapFault, TappedCadence, TapReader, cadence_of_taps, decode_tap


def tapped(rate: float, *, seconds: float = 20.0, spread_s: float = 0.0, seed: int = 1) -> list[float]:
    """Taps at so many a minute, each off by chance."""
    chance = random.Random(seed)  # noqa: S311
    return [k * 60.0 / rate + chance.gauss(0.0, spread_s) for k in range(int(seconds * rate / 60.0) + 1)]


def fault_of(times_s: list[float]) -> TapFault | None:
    """Why there is no cadence."""
    found = cadence_of_taps(times_s)
    return found if isinstance(found, TapFault) else None


@each_row("cadence_spm", range(130, 221, 10))
@each_row("each", [1, 2])
def test_even_taps_tell_the_cadence(cadence_spm: int, each: int) -> None:
    """From the slowest to the quickest run, by every step and by every second one."""
    found = cadence_of_taps(tapped(cadence_spm / each, seconds=21.0))
    assert isinstance(found, TappedCadence)
    assert found.cadence_spm == pytest.approx(cadence_spm, abs=0.1)
    assert found.each == each


@each_row("seed", range(20))
def test_a_human_hand_stays_within_the_error(seed: int) -> None:
    """With 25 ms from tap to tap the arithmetic adds well under the 3 steps a minute of the method."""
    for each in (1, 2):
        found = cadence_of_taps(tapped(166.0 / each, spread_s=0.025, seed=seed))
        assert isinstance(found, TappedCadence)
        assert abs(found.cadence_spm - 166.0) < ERROR_SPM
        assert (found.each, found.error_spm) == (each, ERROR_SPM)


@each_row("seed", range(5))
def test_a_tap_left_out_or_doubled_now_and_then_does_no_harm(seed: int) -> None:
    """Every ninth is missing, and every seventh bounces."""
    times_s = [t for k, t in enumerate(tapped(170.0, spread_s=0.015, seed=seed)) if k % 9 != 4]
    bounced = sorted([*times_s, *(t + 0.05 for t in times_s[::7])])
    found = cadence_of_taps(bounced)
    assert isinstance(found, TappedCadence)
    assert abs(found.cadence_spm - 170.0) < 1.5


@each_row(
    ("times_s", "fault"),
    [
        ([], TapFault.TOO_FEW),
        ([1.0], TapFault.TOO_FEW),
        (tapped(170.0, seconds=11.5), TapFault.TOO_FEW),
        ([0.0, 0.3, 1.9, 2.1, 3.0, 4.4, 4.9, 5.9, 6.2, 7.9, 8.2, 8.5, 10.1, 11.9, 12.2], TapFault.IRREGULAR),
        (tapped(170.0)[:11], TapFault.TOO_FEW),
        ([0.0, *(0.5 + k * 0.033 for k in range(600))], TapFault.HELD),
        ([0.0, *(0.25 + k * 0.092 for k in range(200))], TapFault.HELD),
        ([*tapped(170.0, seconds=9.0), *(t + 14.0 for t in tapped(170.0, seconds=9.0))], TapFault.GAPS),
        ([t for k, t in enumerate(tapped(170.0)) if k % 3], TapFault.GAPS),
        ([t for k, t in enumerate(tapped(170.0)) if k % 4 > 0], TapFault.GAPS),
        ([*tapped(170.0, seconds=10.0), *(t + 10.3 for t in tapped(85.0, seconds=10.0))], TapFault.GAPS),
        ([*tapped(150.0, seconds=10.0), *(t + 10.4 for t in tapped(170.0, seconds=10.0))], TapFault.CHANGED),
        (tapped(340.0), TapFault.TOO_QUICK),
        (tapped(120.0), TapFault.NO_RUN),
        (tapped(50.0, seconds=30.0), TapFault.NO_RUN),
    ],
)
def test_what_is_no_rhythm_of_a_run_is_refused_with_its_reason(times_s: list[float], fault: TapFault) -> None:
    """Too few, a held key, a gap, taps left out, a change on the way, double the steps, a walk."""
    assert fault_of(times_s) is fault


@each_row("seed", range(10))
def test_taps_by_chance_are_no_cadence(seed: int) -> None:
    """Whatever comes of them, it is a reason."""
    chance = random.Random(seed)  # noqa: S311
    assert fault_of(sorted(chance.uniform(0.0, 20.0) for _ in range(50))) is not None


@each_row(("n_taps", "is_told"), [(30, False), (31, True), (32, True)])
def test_twelve_seconds_are_enough(n_taps: int, *, is_told: bool) -> None:
    """At 150 a minute the thirty-first tap makes them."""
    assert isinstance(cadence_of_taps([k / 2.5 for k in range(n_taps)]), TappedCadence) is is_told


@each_row(("rate", "cadence_spm"), [(64.9, None), (65.0, 130.0), (110.0, 220.0), (110.1, None)])
def test_where_every_second_step_begins_and_ends(rate: float, cadence_spm: float | None) -> None:
    """Half of the cadences of a run."""
    found = cadence_of_taps([k * 60.0 / rate for k in range(40)])
    assert (found.cadence_spm if isinstance(found, TappedCadence) else None) == cadence_spm


@each_row(("rate", "cadence_spm"), [(129.9, None), (130.0, 130.0), (220.0, 220.0), (220.1, None)])
def test_where_every_step_begins_and_ends(rate: float, cadence_spm: float | None) -> None:
    """The cadences of a run."""
    found = cadence_of_taps([k * 60.0 / rate for k in range(80)])
    assert (found.cadence_spm if isinstance(found, TappedCadence) else None) == cadence_spm


def heard(times_s: list[float]) -> list[tuple[float, float]]:
    """When a run is read from taps as they come, and its cadence."""
    reader = TapReader()
    read = (reader.take(time_s, TAP) for time_s in times_s)
    return [(one.time_s, one.cadence_spm) for one in read if one is not None and one.cadence_spm is not None]


@each_row(
    ("rate", "cadence_spm"),
    [
        *[(139.0, None), (140.0, 140.0), (165.0, 165.0), (220.0, 220.0), (221.5, None)],
        *[(69.0, None), (70.0, 140.0), (82.5, 165.0), (100.0, 200.0), (101.5, None), (120.0, None)],
    ],
)
def test_taps_in_a_run_tell_a_run_and_no_walk(rate: float, cadence_spm: float | None) -> None:
    """Every step or every second one, at the edges; the steps of a walk are no second steps of a run."""
    values = [spm for _, spm in heard(tapped(rate))]
    assert bool(values) is (cadence_spm is not None)
    assert all(spm == pytest.approx(cadence_spm, abs=0.01) for spm in values)


def test_the_eighth_tap_tells_a_cadence() -> None:
    """Seven do not; after a gap it takes eight again, and one of just 2.5 s is none."""
    taps = tapped(165.0, seconds=4.0)
    assert heard(taps[:7]) == []
    assert [time_s for time_s, _ in heard(taps[:8])] == [taps[7]]
    later = [taps[7] + 2.6 + one for one in taps[:8]]
    assert [time_s for time_s, _ in heard(taps[:8] + later)] == [taps[7], later[7]]


@each_row("seed", range(10))
@each_row("each", [1, 2])
def test_a_human_hand_in_a_run_stays_within_the_error(seed: int, each: int) -> None:
    """Nineteen readings of twenty, each by itself; the coach goes by the median of five seconds of them."""
    values = [spm for _, spm in heard(tapped(166.0 / each, seconds=60.0, spread_s=0.02, seed=seed))]
    assert sum(abs(spm - 166.0) <= ERROR_SPM for spm in values) >= 0.95 * len(values) > 0


def test_a_change_is_followed_within_some_seconds() -> None:
    """From 160 to 172: after five seconds nothing of the slower taps is left."""
    slow, quick = tapped(160.0, seconds=10.0), tapped(172.0, seconds=10.0)
    times_s = slow + [slow[-1] + one for one in quick[1:]]
    late = [spm for time_s, spm in heard(times_s) if time_s > slow[-1] + 5.0]
    assert late
    assert all(spm == pytest.approx(172.0, abs=0.5) for spm in late)


def test_a_key_that_bounces_counts_once_and_an_uneven_hand_is_not_read() -> None:
    """0.05 s after a tap is no tap; long and short by turns is no rhythm."""
    even = tapped(165.0)
    bouncing = sorted([*even, *(one + 0.05 for one in even)])
    assert [spm for _, spm in heard(bouncing)] == pytest.approx([spm for _, spm in heard(even)])
    limping = [one + (0.15 if index % 2 else 0.0) for index, one in enumerate(even)]
    assert heard(limping) == []


def test_a_payload_that_is_no_tap_is_refused() -> None:
    """By the decoder and by the reader alike."""
    for take in (decode_tap, lambda payload: TapReader().take(0.0, payload)):
        with pytest.raises(PayloadError, match="a tap is the byte 01"):
            take(b"\x02")
