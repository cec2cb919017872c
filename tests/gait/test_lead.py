from each_row import each_row

from cadencecoach.gait.lead import STEADY_S, YIELDS_AFTER_S, Lead

POD, BELT = 0, 2


def after(*spoken: tuple[float, str, int]) -> Lead:
    """The lead after some sensors spoke: time, name, rank."""
    lead = Lead()
    for time_s, name, rank in spoken:
        lead = lead.with_steps(name, rank=rank, time_s=time_s)
    return lead


def test_the_first_that_speaks_leads() -> None:
    """Nobody leads before; then the first, and it stays in the lead while it speaks."""
    assert Lead().leader is None
    assert after((0.0, "a", POD), (0.5, "b", POD), (1.0, "a", POD), (1.5, "b", POD)).leader == "a"


@each_row(("silence_s", "leader"), [(YIELDS_AFTER_S, "a"), (YIELDS_AFTER_S + 0.01, "b")])
def test_a_silent_leader_yields(silence_s: float, leader: str) -> None:
    """At the limit it still leads; just beyond it, whoever speaks takes over."""
    assert after((0.0, "b", POD), (0.0, "a", POD)).leader == "b"
    assert after((0.0, "a", POD), (silence_s, "b", POD)).leader == leader


def test_it_yields_before_the_feet_are_stale() -> None:
    """Two sensors, one of which dies: the other, twice a second, takes over before three seconds have passed."""
    spoken = [(0.0, "a", POD), *((t / 2 + 0.1, "b", POD) for t in range(8))]
    times = [time_s for n, (time_s, _, _) in enumerate(spoken) if after(*spoken[: n + 1]).leader == "b"]
    assert times[0] < 3.0


def test_a_better_sensor_takes_the_lead_when_it_is_steady() -> None:
    """A pod that joins a treadmill leads after five seconds without a gap, not before."""
    both = [(float(t), name, rank) for t in range(12) for name, rank in (("belt", BELT), ("pod", POD)) if t or rank]
    leaders = [(time_s, after(*both[: n + 1]).leader) for n, (time_s, _, _) in enumerate(both)]
    first_s = next(time_s for time_s, leader in leaders if leader == "pod")
    assert first_s == 1.0 + STEADY_S


def test_a_worse_sensor_never_takes_the_lead_from_one_that_speaks() -> None:
    """However long it has been there."""
    both = [(float(t), name, rank) for t in range(30) for name, rank in (("pod", POD), ("belt", BELT))]
    assert after(*both).leader == "pod"
