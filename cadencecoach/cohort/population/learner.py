"""A simulation of a runner who learns: one second at a time, from session to session.

Three changes of the cadence, as parts of the own one, live in a runner here. What the legs *do* follows the beat or the
mind within seconds. What the *mind* holds rises with words and with a beat that was stepped to, and is given up over
minutes. The *habit* is what remains: it grows towards what is practised, more slowly under help (the guidance
hypothesis, `guidance_share`; 0 turns it off), and fades over weeks. A probe hears the mind and the habit, not the beat.

Nothing here knows a plan or a coach. The same seed, traits and calls give the same seconds; every second takes the same
number of random values whatever was heard, so that two policies meet the same wander, stops and lapses.
"""

import math
import random
from dataclasses import dataclass

from cadencecoach.cohort.population.traits import Traits
from cadencecoach.gait.runner import Beat
from cadencecoach.units import SECONDS_PER_MINUTE, STEPS_PER_STRIDE, strides_from_spm

SECONDS_PER_HOUR = 3600.0
NOISE_AS_TONE_S = 10.0


@dataclass(frozen=True, slots=True)
class Lived:
    """One second of a run.

    Attributes:
        cadence_spm: what the legs do; 0 while standing
        shown_spm: what a pod at 1 Hz says of it: with noise, rounded to whole strides a minute
        speed_mps: over ground
        is_with_beat: steps with the beat
    """

    cadence_spm: float
    shown_spm: float
    speed_mps: float
    is_with_beat: bool


@dataclass(frozen=True, slots=True)
class _Beat:
    beat: Beat | None
    delay_s: float


@dataclass(frozen=True, slots=True)
class _Cue:
    correction: int
    weight: float


class Learner:
    """A simulated runner through a course of sessions; changed by what it hears and by each second lived."""

    def __init__(self, traits: Traits, *, seed: str) -> None:
        """Before the first session: no habit yet."""
        self._traits = traits
        self._seed = seed
        self._habit_ratio = 0.0
        self._rates = _Rates(traits)
        self.begin_session(0, after_days=0.0)

    @property
    def habit_ratio(self) -> float:
        """What has been learned: the change of cadence that needs neither help nor thought."""
        return self._habit_ratio

    def begin_session(self, number: int, *, after_days: float) -> None:
        """A new day: its own cadence, a fresh mind, a habit somewhat forgotten. Session time begins at 0."""
        traits = self._traits
        self._body = random.Random(f"{self._seed}/{number}/body")  # noqa: S311  # a simulation, not a secret
        self._head = random.Random(f"{self._seed}/{number}/head")  # noqa: S311
        self._habit_ratio *= math.exp(-after_days / traits.forget_days)
        self._mind_ratio = self._habit_ratio
        self._day_spm = traits.own_spm * (1.0 + traits.day_ratio * self._body.gauss(0.0, 1.0))
        self._legs_spm = self._day_spm * (1.0 + self._habit_ratio)
        self._wander_spm = self._speed_wander_mps = 0.0
        self._stands_until_s = self._guided_until_s = -1.0
        self._freshness = 1.0
        self._is_with_beat = False
        self._beat: Beat | None = None
        self._beat_delay_s = 0.0
        self._pending: list[tuple[float, _Beat | _Cue]] = []
        self._noise_ratio = 0.0

    def hear_noise(self, part: float) -> None:
        """Noise, 0 to 1, that does not say which way: with a beat the beat does, without one it means quicker."""
        self._noise_ratio = part

    def hear_beat(self, time_s: float, beat: Beat | None) -> None:
        """The beat goes on as this one; None: it stops, which is heard at once."""
        delay_s = self._traits.beat_delay_s if beat is not None and self._beat is None else 0.0
        self._pending.append((time_s + delay_s, _Beat(beat, delay_s)))

    def hear_words(self, time_s: float, correction: int) -> None:
        """Spoken: 1 quicker, -1 slower."""
        self._pending.append((time_s + self._traits.cue_delay_s, _Cue(correction, 1.0)))

    def hear_tone(self, time_s: float, correction: int) -> None:
        """A tone that means quicker (1) or slower (-1)."""
        self._pending.append((time_s + self._traits.cue_delay_s, _Cue(correction, self._traits.tones_share)))

    def live(self, time_s: float) -> Lived:
        """The second that ends at `time_s`; called once for every second of a session, in order."""
        if self._pending:
            self._take_up(time_s)
        if self._noise_ratio:
            self._heed_noise(time_s)
        self._wander()
        stands = self._stands(time_s)
        self._follow_beat(time_s)
        self._forget_mind()
        base_spm, speed_mps = self._base()
        wish_spm = self._wish_spm(time_s, base_spm)
        self._legs_spm += self._rates.legs * (wish_spm - self._legs_spm)
        noise_spm = self._traits.noise_ratio * self._traits.own_spm * self._body.gauss(0.0, 1.0)
        if stands:
            return Lived(0.0, 0.0, 0.0, is_with_beat=False)
        self._learn(time_s, base_spm)
        steadier = self._traits.steadier_share if self._is_with_beat else 1.0
        cadence_spm = self._legs_spm + steadier * self._wander_spm
        shown_spm = float(STEPS_PER_STRIDE * round(strides_from_spm(cadence_spm + noise_spm)))
        return Lived(cadence_spm, shown_spm, speed_mps, is_with_beat=self._is_with_beat)

    def _take_up(self, time_s: float) -> None:
        """Answer what was heard long enough ago, in the order of the answers."""
        due = sorted((one for one in self._pending if one[0] <= time_s), key=lambda one: one[0])
        self._pending = [one for one in self._pending if one[0] > time_s]
        for due_s, heard in due:
            if isinstance(heard, _Beat):
                self._beat, self._beat_delay_s = heard.beat, heard.delay_s
            else:
                self._change_mind(due_s, heard)

    def _change_mind(self, time_s: float, cue: _Cue) -> None:
        """A correction moves the mind, the less the more of them came lately."""
        traits = self._traits
        self._guided_until_s = time_s + traits.guided_s
        if not traits.answers.to_words:
            return
        moved = self._mind_ratio + cue.correction * cue.weight * traits.words_ratio * self._freshness
        self._mind_ratio = min(max(moved, -traits.most_ratio), traits.most_ratio)
        self._freshness *= 1.0 - traits.dulls_share

    def _heed_noise(self, time_s: float) -> None:
        """Full noise for `NOISE_AS_TONE_S` is assumed to move and to dull as much as one tone."""
        asked_spm = math.inf if self._beat is None else self._beat.tempo_at(time_s - self._beat_delay_s)
        correction = 1 if asked_spm > self._legs_spm else -1
        share, dulls = self._noise_ratio / NOISE_AS_TONE_S, self._traits.dulls_share
        freshness = self._freshness
        self._change_mind(time_s, _Cue(correction, self._traits.tones_share * share))
        self._freshness = freshness * (1.0 - dulls * share)

    def _wander(self) -> None:
        """Cadence and speed wander with a memory (AR(1)), the same whatever was heard."""
        rates, gauss = self._rates, self._body.gauss
        self._wander_spm = rates.wander_kept * self._wander_spm + rates.wander_kick_spm * gauss(0.0, 1.0)
        kick_mps = rates.speed_kick_mps * gauss(0.0, 1.0)
        self._speed_wander_mps = rates.speed_kept * self._speed_wander_mps + kick_mps
        self._freshness += rates.freshens * (1.0 - self._freshness)

    def _stands(self, time_s: float) -> bool:
        """Whether the runner has to stand in this second; takes the chance of it."""
        if self._body.random() < self._traits.stops_per_hour / SECONDS_PER_HOUR and time_s >= self._stands_until_s:
            self._stands_until_s = time_s + self._traits.stop_s
        return time_s < self._stands_until_s

    def _follow_beat(self, time_s: float) -> None:
        """Find the beat, or lose it: a matter of chance each second, and of having to stand."""
        chance = self._head.random()
        if self._beat is None or not self._traits.answers.to_beat or time_s < self._stands_until_s:
            self._is_with_beat = False
        elif self._is_with_beat:
            self._is_with_beat = chance >= self._rates.lose
        else:
            self._is_with_beat = chance < self._rates.find

    def _forget_mind(self) -> None:
        """Without a beat to step with a change is given up: slowly, and at a lapse at once."""
        lapses = self._head.random() < self._rates.lapse
        if self._is_with_beat:
            return
        given_up = self._traits.lapse_share if lapses else self._rates.hold
        self._mind_ratio += given_up * (self._habit_ratio - self._mind_ratio)

    def _base(self) -> tuple[float, float]:
        """The cadence without any change, at the speed of this second, and that speed."""
        traits = self._traits
        change_ratio = max(self._legs_spm / self._day_spm - 1.0, 0.0)
        speed_mps = (traits.speed_mps + self._speed_wander_mps) * (1.0 - traits.slow_share * change_ratio)
        return self._day_spm + traits.slope_spm_per_mps * (speed_mps - traits.speed_mps), speed_mps

    def _wish_spm(self, time_s: float, base_spm: float) -> float:
        """The cadence the legs go for: with the beat, pulled by it, or what is in mind."""
        traits = self._traits
        made = self._habit_ratio + (1.0 - traits.awkward_share) * (self._mind_ratio - self._habit_ratio)
        alone_spm = base_spm * (1.0 + made)
        if self._beat is None:
            return alone_spm
        beat_spm = self._beat.tempo_at(time_s - self._beat_delay_s)
        if self._is_with_beat:
            most_spm = traits.most_ratio * traits.own_spm
            return min(max(beat_spm, base_spm - most_spm), base_spm + most_spm)
        most_spm = traits.pull_ratio * traits.own_spm
        return alone_spm + min(max(traits.pull_share * (beat_spm - alone_spm), -most_spm), most_spm)

    def _learn(self, time_s: float, base_spm: float) -> None:
        """Mind and habit take up what the legs do; habit less while helped."""
        done_ratio = self._legs_spm / base_spm - 1.0
        if self._is_with_beat:
            self._mind_ratio += self._rates.intake * (done_ratio - self._mind_ratio)
        is_guided = self._beat is not None or time_s < self._guided_until_s
        rate = self._rates.learn * (1.0 - self._traits.guidance_share) if is_guided else self._rates.learn
        self._habit_ratio += rate * (done_ratio - self._habit_ratio)


class _Rates:
    """The times of a runner's traits as parts per second, reckoned once."""

    __slots__ = (
        "find",
        "freshens",
        "hold",
        "intake",
        "lapse",
        "learn",
        "legs",
        "lose",
        "speed_kept",
        "speed_kick_mps",
        "wander_kept",
        "wander_kick_spm",
    )

    def __init__(self, traits: Traits) -> None:
        self.legs = _per_s(traits.settle_s)
        self.find = _per_s(traits.find_s)
        self.lose = _per_s(traits.lose_s)
        self.hold = _per_s(traits.hold_s)
        self.lapse = _per_s(traits.lapse_s)
        self.intake = _per_s(traits.intake_s)
        self.freshens = _per_s(traits.freshens_s)
        self.learn = _per_s(traits.learn_min * SECONDS_PER_MINUTE)
        self.wander_kept, kick = _wander_factors(traits.wander_s)
        self.wander_kick_spm = kick * traits.wander_ratio * traits.own_spm
        self.speed_kept, kick = _wander_factors(traits.speed_wander_s)
        self.speed_kick_mps = kick * traits.speed_wander_mps


def _per_s(time_s: float) -> float:
    """The part of the way that is gone in a second, for a time constant."""
    return 1.0 - math.exp(-1.0 / time_s)


def _wander_factors(time_s: float) -> tuple[float, float]:
    """What is kept of a wander in a second, and the size of the kick that keeps its spread."""
    kept = math.exp(-1.0 / time_s)
    return kept, math.sqrt(1.0 - kept * kept)
