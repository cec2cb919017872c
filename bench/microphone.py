"""Footfalls heard by a microphone: how often it speaks and how often that is right, scene by scene.

`python -m bench.microphone [SECONDS] [SEEDS] [WORD...]` makes the sound of each scene (those with WORD in their names)
and listens to it as fast as it can.
`python -m bench.microphone --live [SECONDS] [SEEDS] [WORD...]` runs `cadencecoach run --feet mic` on a private
PulseAudio server, scene by scene, with the session's own beat in the room (`microphone_live`); needs a PulseAudio
server's programs. All sound is simulated.

A change of pace is heard when the step rate that is told has come to within the source's error of the pace run since.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import numpy as np
from sound_servers import HAS_PULSE, NO_PULSE
from treadmill_scenes import Made, Scene, cadence_at, sound_of

from cadencecoach.gait.hearing.listener import Listener
from cadencecoach.gait.sources import MICROPHONE

RIGHT_SPM = 2.0
SETTLED_S = 9.0
FEWEST_SINCE, HALF_OF_IT = 4, 0.5
PACES_SPM = (150.0, 158.0, 165.0, 172.0, 181.0, 190.0)
BELTS_MPS = (2.2, 2.5, 2.8, 3.1, 3.4, 3.6)
TUNES_BPM = (160.0, 128.0, 172.0, 150.0, 140.0, 165.0)
LATER_S = 0.37  # from seed to seed a change of pace is so much later in a second: looks do not wait for it
CLICKED = Scene(spm=165, clicks_spm=172, delay_s=0.12, drift=60e-6)
NOBODY = Scene(spm=None)
BLOCK = 1600
CHANGE_HEARD = "change heard after s: to 3 spm, to 2"

RUNS = {
    "motor 0 dB": Scene(),
    "motor +6 dB": Scene(noise_db=6),
    "motor +12 dB": Scene(noise_db=12),
    "soft ground": Scene(is_soft=True),
    "second runner": Scene(second_spm=177),
    "162 to 174": Scene(spm=162, to_spm=174, at_s=30.0),
    "174 to 162": Scene(spm=174, to_spm=162, at_s=30.0),
    "gain control, high-pass": Scene(is_levelled=True, high_pass_hz=150),
    "click +10 dB": CLICKED,
    "click +20 dB, late": replace(CLICKED, clicks_db=20, delay_s=0.3, drift=100e-6),
    "click +10 dB, early": replace(CLICKED, delay_s=0.02, drift=-100e-6),
    "locked to the click": replace(CLICKED, locked_spm=172),
    "music -6 dB": Scene(radio="music", radio_db=-6),
    "steps within 1 %": Scene(jitter=0.01),
}
NOBODY_RUNS = {
    "belt": NOBODY,
    "belt, seam x4": replace(NOBODY, slap=3.0),
    "click +10 dB": replace(CLICKED, spm=None),
    "click +30 dB": replace(CLICKED, spm=None, clicks_db=30),
    "speech 0 dB": replace(NOBODY, radio="speech"),
    "speech +10 dB, belt off": replace(NOBODY, radio="speech", radio_db=10, noise_db=None),
    "music -12 dB": replace(NOBODY, radio="music", radio_db=-12),
    "music 0 dB": replace(NOBODY, radio="music"),
    "music +10 dB, belt off": replace(NOBODY, radio="music", radio_db=10, noise_db=None),
    "drum machine 0 dB": replace(NOBODY, radio="drums"),
    "silence": replace(NOBODY, noise_db=None),
}


@dataclass
class Tally:
    """Looks of one scene, and what they told, by their time in it."""

    n: int = 0
    n_told: int = 0
    n_right: int = 0
    told: list[tuple[float, float]] = field(default_factory=list)

    def take(self, made: Made, at_s: float, cadence_spm: float | None) -> None:
        """Count a look."""
        self.n += 1
        if cadence_spm is not None:
            true_spm = cadence_at(made.steps_s, at_s)
            self.n_told += 1
            self.told.append((at_s, cadence_spm))
            self.n_right += true_spm is not None and abs(true_spm - cadence_spm) <= RIGHT_SPM

    @property
    def row(self) -> str:
        """How often it speaks, and how often that is right."""
        told = 100 * self.n_told / max(1, self.n)
        right = f"{100 * self.n_right / self.n_told:.1f}" if self.n_told else "-"
        return f"{self.n} | {told:.1f} | {right}"


def told_after(scene: Scene, made: Made, told: list[tuple[float, float]]) -> tuple[float, float] | None:
    """After how long a change of pace was heard: the pace run since it to the source's error, and to `RIGHT_SPM`.

    What is run since is not what was meant: a runner of 174 has 171 for five seconds as well.
    Infinite where it was not heard.
    """
    if not (scene.to_spm and scene.spm):
        return None
    after = [np.inf, np.inf]
    for at_s, spm in told:
        since = made.steps_s[(made.steps_s >= scene.at_s) & (made.steps_s <= at_s)]
        if len(since) < FEWEST_SINCE or (spm - scene.spm) / (scene.to_spm - scene.spm) < HALF_OF_IT:
            continue
        off_spm = abs(spm - 60.0 * (len(since) - 1) / float(since[-1] - since[0]))
        for place, near_spm in enumerate((MICROPHONE.error_spm, RIGHT_SPM)):
            if off_spm <= near_spm:
                after[place] = min(after[place], at_s - scene.at_s)
    return float(after[0]), float(after[1])


def changes_row(after: list[tuple[float, float] | None]) -> str:
    """The mean and the longest of both."""
    known = [one for one in after if one is not None]
    return ", ".join(f"{np.mean(ones):.1f} (at most {max(ones):.1f})" for ones in zip(*known, strict=True)) or "-"


def looks(made: Made) -> Iterator[tuple[float, float | None]]:
    """When it looks, and what it tells."""
    listener = Listener()
    listener.play(list(map(float, made.clicks_s)))
    for at in range(0, len(made.samples) - BLOCK + 1, BLOCK):
        for look in listener.feed(made.samples[at : at + BLOCK]):
            if look.time_s > SETTLED_S:
                yield look.time_s, look.cadence_spm


def varied(scene: Scene, seed: int) -> Scene:
    """The same scene at another pace, on another belt, to another tune; a change at another part of a second."""
    pace = scene.spm if scene.to_spm or scene.clicks_spm or scene.spm is None else PACES_SPM[seed % 6]
    at_s = scene.at_s + LATER_S * seed % 1.0
    return replace(scene, spm=pace, at_s=at_s, speed_mps=BELTS_MPS[seed % 6], radio_bpm=TUNES_BPM[seed % 6])


def chosen(wanted: list[str]) -> Iterator[tuple[str, str, Scene]]:
    """Who runs, name and sound of all scenes, or of those whose names have one of some words in them."""
    for who, scenes in (("runner", RUNS), ("nobody", NOBODY_RUNS)):
        for name, scene in scenes.items():
            if not wanted or any(word in f"{who} {name}" for word in wanted):
                yield who, name, scene


def offline(seconds: float, n_seeds: int, wanted: list[str]) -> None:
    """Print the table of the scenes, and what listening costs."""
    cpu_s = heard_s = 0.0
    print(f"| who | scene | looks | speaks % | of those right % | {CHANGE_HEARD} |")
    print("|---|---|---|---|---|---|")
    for who, name, scene in chosen(wanted):
        tally, after = Tally(), list[tuple[float, float] | None]()
        for seed in range(100, 100 + n_seeds):
            made = sound_of(varied(scene, seed), seconds, seed)
            began_s = time.process_time()
            for at_s, cadence_spm in looks(made):
                tally.take(made, at_s, cadence_spm)
            after.append(told_after(varied(scene, seed), made, tally.told))
            tally.told.clear()
            cpu_s, heard_s = cpu_s + time.process_time() - began_s, heard_s + seconds
        print(f"| {who} | {name} | {tally.row} | {changes_row(after)} |", flush=True)
    print(f"listening takes {100 * cpu_s / heard_s:.1f} % of a core")


def main() -> None:
    """One table or the other."""
    words = sys.argv[1:]
    is_live = words[:1] == ["--live"]
    words = words[is_live:]
    seconds = float(words[0]) if words else 60.0
    n_seeds = int(words[1]) if words[1:] else (1 if is_live else 6)
    if not is_live:
        offline(seconds, n_seeds, words[2:])
        return
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    from bench.microphone_live import live  # noqa: PLC0415  # which imports this one

    live(seconds, n_seeds, words[2:])


if __name__ == "__main__":
    main()
