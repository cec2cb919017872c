"""The thresholds of the feet: when they run, walk, stand, or are not heard of; each with its reason."""

from dataclasses import dataclass

from cadencecoach.units import STALE_AFTER_S


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerSettings:
    """The thresholds of the feet, each with its reason; `docs/feet.md` says more.

    Attributes:
        window_s: the estimate is the median over this long; pods average already, more would only make it late
        walk_below_spm: below is walking or too slow to coach: adults change between walk and run at about 140
        run_above_spm: above is running whatever the pod's walk bit says: the highest change reported is 161
        dwell_s: how long the estimate must say so before LIVE and WALKING change places: short bursts are neither
        near_spm: so near to the threshold ...
        near_dwell_s: ... it must say so for this long: who jogs at the threshold is not both by turns
        still_after_s: how long nothing but zeros must come: shorter runs of zeros are drop-outs
        stale_after_s: a pod that misses two notifications is not coached on
        max_silence_s: the usual limit of other programs; shorter ones flicker
        slip_ratio: half the step rate, as sensors tell it that miss every other step, and by how much it may differ: at
            a speed that nobody walks at
        slip_s: for so long, until the sensor counts as lost; a speed from satellites is late after a stop
    """

    window_s: float = 5.0
    walk_below_spm: float = 140.0
    run_above_spm: float = 161.0
    dwell_s: float = 3.0
    near_spm: float = 6.0
    near_dwell_s: float = 10.0
    still_after_s: float = 3.0
    stale_after_s: float = STALE_AFTER_S
    max_silence_s: float = 5.0
    slip_ratio: tuple[float, float] = (0.45, 0.55)
    slip_s: float = 5.0
