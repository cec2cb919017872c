"""The scenes of `bench.microphone` by the real way in: a private sound server, a session, its own beat in the room.

The room begins a scene with the session's first beat, and brings the beat to the scene's level over the footfalls, its
delay and its drift. When in the scene a message was, is seen from its onsets: those of a runner fit one place only.
Where the two halves of a session fit places that are more than `WARPED_S` apart, a busy server has stretched the scene;
it is run once more, and marked if it comes to the same.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from microphone_room import MicrophoneRoom
from numpy.typing import NDArray
from treadmill_scenes import FIRST_BEAT_S, Made, Scene, sound_of

from bench.microphone import SETTLED_S, Tally, changes_row, told_after, varied
from cadencecoach.gait.microphone import HeardSteps, decode_heard

Floats = NDArray[np.float64]
BEAT_SPM = 172.0
SETTLED_LIVE_S = SETTLED_S + 3.0  # its own beat is found first
MARGIN_S = 10.0  # of a scene, after the session
SCENE_GAIN, LOUDEST_RMS = 0.4, 0.15  # nothing is cut off
SEED = 7
SEARCH_S, FINE_S, STEP_S = 1.0, 0.15, 0.002
NEAR_S = 0.01  # an onset that far off a step is hardly its
WARPED_S = 0.02
N_TRIES = 2
Message = tuple[float, HeardSteps]


def run_scene(scene: Scene, seconds: float) -> tuple[Made, list[Message]]:
    """A session of so long that hears a scene, and its own beat if the scene has a click; what it is told, and when."""
    made = sound_of(replace(scene, clicks_spm=None), seconds + MARGIN_S, SEED)
    beat_rms = made.foot_rms * 10 ** (scene.clicks_db / 20) if scene.clicks_spm else None
    gain = min(SCENE_GAIN, LOUDEST_RMS / (beat_rms or made.foot_rms))
    room = MicrophoneRoom(
        made.samples * gain,
        beat_rms=None if beat_rms is None else beat_rms * gain,
        first_beat_s=FIRST_BEAT_S,
        delay_s=scene.delay_s,
        drift=scene.drift,
    )
    with room, tempfile.TemporaryDirectory() as folder:
        kept = {f"XDG_{name}_HOME": folder for name in ("DATA", "CONFIG", "CACHE")} | {"XDG_RUNTIME_DIR": folder}
        plan, journal = Path(folder, "plan.yaml"), Path(folder, "journal.jsonl")
        stage = f"duration: {seconds:.0f}s, feedback: none, target: {BEAT_SPM:.0f} spm"
        plan.write_text(f"plan: Listen\nstages:\n  - {{name: Run, {stage}}}\n", encoding="utf-8")
        words = ("run", str(plan), "--feet", "mic:ccpulse", "--sound", "device:ccpulse", "--journal", str(journal))
        room.begin()
        subprocess.run(
            (sys.executable, "-m", "cadencecoach", *words),
            env=os.environ | room.environment | kept,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        lines: list[dict[str, Any]] = [
            json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()[1:]
        ]
    return made, [(line["t"], decode_heard(bytes.fromhex(line["hex"]))) for line in lines if line["what"] == "payload"]


def place_of(messages: list[Message], steps_s: Floats, places_s: Floats) -> float:
    """How much later in the scene than in the session the onsets of messages fit the true steps best."""
    onsets_s = np.array([time_s - ago_s for time_s, heard in messages for ago_s, _ in heard.onsets])
    if not len(steps_s) or not len(onsets_s):
        return FIRST_BEAT_S
    middles_s = (steps_s[1:] + steps_s[:-1]) / 2

    def fit(place_s: float) -> float:
        at_s = onsets_s + place_s
        off_s = at_s - steps_s[np.searchsorted(middles_s, at_s)]
        return float(np.exp(-np.square(off_s / NEAR_S)).sum())

    return float(max(places_s, key=fit))


def placed(messages: list[Message], steps_s: Floats) -> tuple[float, float]:
    """Where in the scene the session was, and by how much that changed from its first half to its second."""
    settled = [message for message in messages if message[0] > SETTLED_LIVE_S]
    place_s = place_of(settled, steps_s, FIRST_BEAT_S + np.arange(-SEARCH_S, SEARCH_S, STEP_S))
    near_s, half = place_s + np.arange(-FINE_S, FINE_S, STEP_S), len(settled) // 2
    first_s, second_s = (place_of(part, steps_s, near_s) for part in (settled[:half], settled[half:]))
    return place_s, second_s - first_s


def row_of(name: str, scene: Scene, seconds: float) -> str:
    """One scene, run until its sound came through as it is."""
    for _ in range(N_TRIES):
        made, messages = run_scene(scene, seconds)
        place_s, warped_s = placed(messages, made.steps_s)
        if abs(warped_s) <= WARPED_S:
            break
    tally = Tally()
    for time_s, heard in messages:
        if time_s > SETTLED_LIVE_S:
            tally.take(made, time_s + place_s, heard.cadence_spm)
    arrivals = [(heard.delay_s, heard.drift) for _, heard in messages if heard.delay_s is not None]
    arrival = f"{1000 * arrivals[-1][0]:.0f} ms, {1e6 * arrivals[-1][1]:+.0f}" if arrivals else "-"
    mark = f" (stretched by {1000 * warped_s:.0f} ms)" if abs(warped_s) > WARPED_S else ""
    return f"{name}{mark} | {tally.row} | {changes_row([told_after(scene, made, tally.told)])} | {arrival}"


def live(groups: dict[str, dict[str, Scene]], seconds: float, wanted: list[str]) -> None:
    """Print the table of all scenes, or of those whose names have one of some words in them."""
    print("| who | scene, live | looks | speaks % | of those right % | change told after s, to 2 spm | beat arrives |")
    print("|---|---|---|---|---|---|---|")
    for who, scenes in groups.items():
        for name, scene in scenes.items():
            if not wanted or any(word in f"{who} {name}" for word in wanted):
                print(f"| {who} | {row_of(name, varied(scene, SEED), seconds)} |", flush=True)
