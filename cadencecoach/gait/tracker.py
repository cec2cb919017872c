"""From readings to an estimate, and to what the feet are known to do. Every change of state stands in this file.

    UNKNOWN --first step rate--> LIVE or WALKING
    LIVE <--the estimate says so for 3 s, near the threshold for 10 s--> WALKING
    LIVE, WALKING, STALE, LOST, UNKNOWN --3 s of nothing but zeros--> STILL
    LIVE, WALKING, STALE --a zero, and then 2 s of silence--> STILL
    LIVE, WALKING, STILL --3 s without news--> STALE --5 s after the last news, and without a word--> LOST
    STALE, LOST, STILL --a step rate, confirmed if the window is empty--> LIVE or WALKING

News is a step rate that counts, or, while standing, one more zero. Missing is not zero and not news. Half the step
rate, or none, at the speed of a run is a slip of the sensor: for some seconds it is as if it were missing. Time passes
by two doors: `observe` brings a reading, `pass_time` says that there was none until a time. Whoever plays readings of
the same instant as `due_s` brings the reading first: then a pod that speaks every three seconds is never stale.
"""

import math
from dataclasses import dataclass, field

from cadencecoach.frozen import with_changes
from cadencecoach.gait.evidence import Evidence
from cadencecoach.gait.reading import Estimate, Feet, Reading
from cadencecoach.gait.thresholds import TrackerSettings
from cadencecoach.units import FASTEST_WALK_MPS, MAX_CADENCE_SPM

GAITS = (Feet.LIVE, Feet.WALKING)
FRESH = (Feet.LIVE, Feet.WALKING, Feet.STILL)
N_ZEROS_MEANT = 2  # a lone zero is a drop-out of the pod; real pods send them in the middle of a run
ZERO_THEN_SILENT_S = 2.0  # but a zero and then silence is a wearer who stands: pods fall silent then
ZERO_SPEAKS_FOR_S = 1.0  # pods notify at about 1 Hz: the first zero is about the second before it
SAME_INSTANT_S = 0.05  # see evidence: one notification can arrive twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Zeros:
    """A run of zeros with no step rate between them.

    Attributes:
        from_s: since when they have been all there was to hear
        newest_s: when the newest came
        n: how many came
    """

    from_s: float
    newest_s: float
    n: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracker:
    """What is known of the feet at `clock_s`.

    Attributes:
        feet: what they do
        clock_s: the newest time heard of; earlier times are taken as this one
        evidence: the readings that count
        heard_s: when there was news last; None while there was none
        zeros: the run of zeros that is going on
        doubt_since_s: since when the estimate has spoken against `feet`, which is then LIVE or WALKING
        has_run_bit: whether the pod has ever set its running bit; if not, a walking bit means nothing
        spoke_s: when the sensor last spoke in values that could not be used; None while they can
        spoke_since_s: since when it has, without news and without falling silent
    """

    settings: TrackerSettings = field(default_factory=TrackerSettings)
    feet: Feet = Feet.UNKNOWN
    clock_s: float = -math.inf
    evidence: Evidence = field(default_factory=lambda: Evidence(window_s=TrackerSettings().window_s))
    heard_s: float | None = None
    zeros: Zeros | None = None
    doubt_since_s: float | None = None
    has_run_bit: bool = False
    spoke_s: float | None = None
    spoke_since_s: float | None = None

    @classmethod
    def with_settings(cls, settings: TrackerSettings) -> "Tracker":
        """A tracker that has heard nothing yet."""
        return cls(settings=settings, evidence=Evidence(window_s=settings.window_s))

    @classmethod
    def silent_since(cls, time_s: float, settings: TrackerSettings) -> "Tracker":
        """A tracker that has forgotten what it heard: stale from now on, until it hears or has lost its sensor."""
        fresh = cls.with_settings(settings)
        return with_changes(fresh, feet=Feet.STALE, clock_s=time_s, heard_s=time_s)

    def resettle(self, settings: TrackerSettings) -> "Tracker":
        """With other thresholds; a doubt about the old ones is none about these."""
        return self if settings == self.settings else with_changes(self, settings=settings, doubt_since_s=None)

    @property
    def n_rejected(self) -> int:
        """How many readings were dropped as impossible or as lone outliers."""
        return self.evidence.n_rejected

    @property
    def senseless_s(self) -> float:
        """For how long the sensor has spoken in values that cannot be used, as far as it has spoken; else 0."""
        return 0.0 if self.spoke_s is None or self.spoke_since_s is None else self.spoke_s - self.spoke_since_s

    @property
    def due_s(self) -> float | None:
        """The next moment `feet` changes if no reading comes; None if it does not."""
        coming = _coming(self)
        return min(coming)[0] if coming else None

    def estimate_at(self, time_s: float) -> Estimate | None:
        """The estimate at a time not before the newest reading; None while standing, lost, or before the first."""
        evidence = self.evidence
        newest_s = evidence.newest_s
        if evidence.cadence_spm is None or newest_s is None:
            return None
        return Estimate(
            time_s=time_s,
            cadence_spm=evidence.cadence_spm,
            age_s=max(time_s - newest_s, 0.0),
            quality=evidence.quality_at(time_s),
            n_readings=len(evidence.window),
        )


def observe(tracker: Tracker, reading: Reading) -> Tracker:
    """The tracker after a reading; what was due before it has happened, what is due with it happens after it."""
    time_s = max(reading.time_s, tracker.clock_s)
    tracker = _until(tracker, math.nextafter(time_s, -math.inf))
    after = _take_cadence(tracker, reading, time_s)
    if after.clock_s != time_s:
        after = with_changes(after, clock_s=time_s)
    return _until(_with_word(tracker, after, reading), time_s)


def pass_time(tracker: Tracker, time_s: float) -> Tracker:
    """The tracker after time without a reading, up to and with `time_s`."""
    if time_s <= tracker.clock_s:
        return tracker
    return with_changes(_until(tracker, time_s), clock_s=time_s)


def _take_cadence(tracker: Tracker, reading: Reading, time_s: float) -> Tracker:
    """The tracker after the value of a reading."""
    cadence_spm = reading.cadence_spm
    if cadence_spm is None:
        return tracker
    if not 0 <= cadence_spm <= MAX_CADENCE_SPM:  # also not a number
        return with_changes(tracker, evidence=tracker.evidence.with_rejected())
    if _is_slip(tracker, reading, time_s):
        return tracker
    if cadence_spm == 0:
        return _with_zero(tracker, time_s)
    evidence = tracker.evidence.with_mark(time_s, cadence_spm)
    if evidence.n_used == tracker.evidence.n_used:  # under suspicion, but no zero: only who stands already still stands
        return with_changes(tracker, evidence=evidence, zeros=tracker.zeros if tracker.feet is Feet.STILL else None)
    return _with_gait(tracker, evidence, reading, time_s)


def _with_word(before: Tracker, after: Tracker, reading: Reading) -> Tracker:
    """The tracker after a reading was heard, and whether it was news, a word without sense, or nothing."""
    time_s = after.clock_s
    is_word = reading.is_unread or reading.cadence_spm is not None
    is_zero = after.zeros is not None and after.zeros is not before.zeros
    is_news = is_zero or after.evidence.n_used != before.evidence.n_used
    if is_news or not is_word:
        return with_changes(after, spoke_s=None, spoke_since_s=None) if is_news and after.spoke_s is not None else after
    is_silent = after.spoke_s is not None and time_s - after.spoke_s > after.settings.max_silence_s
    since_s = time_s if is_silent or after.spoke_since_s is None else after.spoke_since_s
    return with_changes(after, spoke_s=time_s, spoke_since_s=since_s)


def _is_slip(tracker: Tracker, reading: Reading, time_s: float) -> bool:
    """Whether a runner at the speed of a run is told to make half the steps, or none."""
    settings, usual_spm = tracker.settings, tracker.evidence.cadence_spm
    is_known = tracker.feet in (Feet.LIVE, Feet.STALE) and tracker.heard_s is not None and usual_spm is not None
    if not is_known or reading.speed_mps is None:
        return False
    if reading.speed_mps < FASTEST_WALK_MPS or time_s - (tracker.heard_s or 0.0) > settings.slip_s:
        return False
    low, high = settings.slip_ratio
    return reading.cadence_spm == 0 or low <= (reading.cadence_spm or 0.0) / (usual_spm or 1.0) <= high


def _with_zero(tracker: Tracker, time_s: float) -> Tracker:
    """The tracker after the sensor said: no steps."""
    run = tracker.zeros
    heard_s = time_s if tracker.feet is Feet.STILL else tracker.heard_s
    if run is None:
        known_s = tracker.heard_s if tracker.feet in GAITS else None
        from_s = time_s - ZERO_SPEAKS_FOR_S if known_s is None else known_s
        return with_changes(tracker, zeros=Zeros(from_s=from_s, newest_s=time_s), heard_s=heard_s)
    if time_s - run.newest_s < SAME_INSTANT_S:
        return tracker
    return with_changes(tracker, zeros=with_changes(run, newest_s=time_s, n=run.n + 1), heard_s=heard_s)


def _with_gait(tracker: Tracker, evidence: Evidence, reading: Reading, time_s: float) -> Tracker:
    """The tracker, its clock too, after a step rate that counts: walking or running, at once or after the dwell."""
    is_running = reading.is_running
    has_run_bit = tracker.has_run_bit or bool(is_running)
    walk_bit = has_run_bit and is_running is False
    gait = _gait(evidence.cadence_spm or 0.0, tracker.settings, walk_bit=walk_bit)
    feet, doubt_since_s = tracker.feet, tracker.doubt_since_s
    if feet not in GAITS or feet is gait:
        feet, doubt_since_s = gait, None
    elif doubt_since_s is None:
        doubt_since_s = time_s
    elif time_s - doubt_since_s >= _dwell_s(evidence, tracker.settings):
        feet, doubt_since_s = gait, None
    return with_changes(
        tracker,
        clock_s=time_s,
        evidence=evidence,
        feet=feet,
        doubt_since_s=doubt_since_s,
        heard_s=time_s - reading.lag_s,  # what was late on its way is stale the sooner
        zeros=None,
        has_run_bit=has_run_bit,
    )


def _gait(cadence_spm: float, settings: TrackerSettings, *, walk_bit: bool) -> Feet:
    """Walking or running by the estimate; between the two thresholds the pod's bit decides, if it has one."""
    limit_spm = settings.run_above_spm if walk_bit else settings.walk_below_spm
    return Feet.WALKING if cadence_spm < limit_spm else Feet.LIVE


def _dwell_s(evidence: Evidence, settings: TrackerSettings) -> float:
    """How long the estimate must speak for another gait."""
    off_spm = abs((evidence.cadence_spm or 0.0) - settings.walk_below_spm)
    return settings.near_dwell_s if off_spm < settings.near_spm else settings.dwell_s


_BY_RANK = (Feet.STILL, Feet.WALKING, Feet.STALE, Feet.LOST)  # what comes first when two are due at once
_STILL, _WALKING, _STALE, _LOST = range(len(_BY_RANK))


def _coming(tracker: Tracker) -> list[tuple[float, int]]:
    """What would happen without another reading: when, and what by its rank."""
    settings, feet, zeros, heard_s = tracker.settings, tracker.feet, tracker.zeros, tracker.heard_s
    coming = []
    if zeros is not None and zeros.n >= N_ZEROS_MEANT and feet is not Feet.STILL:
        coming.append((max(zeros.from_s + settings.still_after_s, zeros.newest_s), _STILL))
    if feet is Feet.LIVE and tracker.doubt_since_s is not None:
        coming.append((tracker.doubt_since_s + _dwell_s(tracker.evidence, settings), _WALKING))
    if heard_s is not None and zeros is not None and feet in (*GAITS, Feet.STALE):
        coming.append((max(heard_s + settings.stale_after_s, zeros.newest_s + ZERO_THEN_SILENT_S), _STILL))
    if heard_s is not None and feet in FRESH:
        coming.append((heard_s + settings.stale_after_s, _STALE))
    if heard_s is not None and feet is Feet.STALE:
        coming.append((max(heard_s, tracker.spoke_s or heard_s) + settings.max_silence_s, _LOST))
    return coming


def _until(tracker: Tracker, time_s: float) -> Tracker:
    """The tracker after all that is due up to and with a time."""
    while coming := _coming(tracker):
        due_s, rank = min(coming)
        if due_s > time_s:
            break
        tracker = _change(tracker, _BY_RANK[rank])
    return tracker


def _change(tracker: Tracker, feet: Feet) -> Tracker:
    """The tracker after a change that needed no reading."""
    if feet is Feet.STILL and tracker.zeros is not None:
        evidence = tracker.evidence.empty()
        return with_changes(tracker, feet=feet, evidence=evidence, heard_s=tracker.zeros.newest_s, doubt_since_s=None)
    if feet is Feet.LOST:
        return with_changes(tracker, feet=feet, evidence=tracker.evidence.empty(), zeros=None, doubt_since_s=None)
    zeros = None if tracker.feet is Feet.STILL else tracker.zeros  # zeros that have stopped are no news any more
    return with_changes(tracker, feet=feet, zeros=zeros, doubt_since_s=None)
