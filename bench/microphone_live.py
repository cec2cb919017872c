"""The scenes of `bench.microphone` by the real way in: a private sound server, a session, its own beat in the room.

The room begins a scene with the session's first beat, and brings the beat to the scene's level over the footfalls, its
delay and its drift. What a message was told by ended one look after that of the message before; when in the scene that
was, is seen from the onsets: those of a runner fit one place only.
Where the two halves of a session fit places that are more than `WARPED_S` apart, or messages took very different times,
a busy server has stretched the scene; it is run once more, and marked if it comes to the same.

How long a sound takes from the room to the session is seen from a witness, who hears the room beside the microphone and
notes when by the clock of the host; the session's clock is known by a mark in its journal.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from microphone_room import MicrophoneRoom
from numpy.typing import NDArray
from treadmill_scenes import FIRST_BEAT_S, Made, Scene, sound_of

from bench.microphone import CHANGE_HEARD, SETTLED_S, Tally, changes_row, chosen, told_after, varied
from cadencecoach.devices.clock import boot_mark
from cadencecoach.gait.hearing.listener import LOOKS_HZ
from cadencecoach.gait.microphone import HeardSteps, decode_heard
from cadencecoach.session.live import LISTEN_EVERY_S

Floats = NDArray[np.float64]
BEAT_SPM = 172.0
SETTLED_LIVE_S = SETTLED_S + 3.0  # its own beat is found first
MARGIN_S = 10.0  # of a scene, after the session
SCENE_GAIN, LOUDEST_RMS = 0.4, 0.15  # nothing is cut off
FIRST_SEED = 7
ROOM_HZ, SCENE_HZ = 48_000, 16_000
WITNESS_BLOCK = 480  # 10 ms
WITNESSED_S = (20.0, 26.0)  # this part of a scene is looked for in what the witness heard
SEARCH_S, FINE_S, STEP_S = 1.0, 0.15, 0.002
NEAR_S = 0.01  # an onset that far off a step is hardly its
WARPED_S = 0.02
UNEVEN_S = 0.4  # from one message to another, on the way: a server that is busy has lost some of the sound
N_TRIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What the session was told.

    Attributes:
        time_s: when it took it, in session time
        ended_s: when what was heard ended, but for a part that is the same for all
        heard: what was told
    """

    time_s: float
    ended_s: float
    heard: HeardSteps


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of a scene.

    Attributes:
        made: the scene
        messages: what the session was told, and when
        wall_place_s: how much later in the scene than in the session one moment is
    """

    made: Made
    messages: list[Message]
    wall_place_s: float


class Witness:
    """Hears a room, and notes when."""

    def __init__(self, room: MicrophoneRoom) -> None:
        """Begin to hear."""
        words = ("parec", "-d", "room.monitor", "--raw", "--format=float32le", "--rate=48000", "--channels=1")
        self._process = subprocess.Popen(
            (*words, "--latency-msec=10"), env=os.environ | room.environment, stdout=subprocess.PIPE
        )
        self._blocks: list[bytes] = []
        self._origin_s = float("inf")
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        with suppress(OSError, ValueError):
            while len(raw := self._process.stdout.read(WITNESS_BLOCK * 4)) == WITNESS_BLOCK * 4:
                self._blocks.append(raw)
                heard_s = len(self._blocks) * WITNESS_BLOCK / ROOM_HZ
                self._origin_s = min(self._origin_s, time.monotonic() - heard_s)

    def scene_began_s(self, samples: Floats) -> float:
        """Stop hearing; when by the host's monotonic clock the first of a scene's samples was heard."""
        self._process.terminate()
        self._process.wait()
        self._hearing.join()
        heard = np.frombuffer(b"".join(self._blocks), np.float32).astype(np.float64)
        heard = heard[: len(heard) // 3 * 3].reshape(-1, ROOM_HZ // SCENE_HZ).mean(axis=1)
        first, last = (round(one * SCENE_HZ) for one in WITNESSED_S)
        part, size = samples[first:last], 1 << (len(heard) + last - first).bit_length()
        alike = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(part, size)), size)
        at = int(np.argmax(alike[: len(heard)]))
        return self._origin_s + (at - first) / SCENE_HZ


def run_scene(scene: Scene, seconds: float, seed: int) -> Ran:
    """A session of so long that hears a scene, and its own beat if the scene has a click."""
    made = sound_of(replace(scene, clicks_spm=None), seconds + MARGIN_S, seed)
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
        room.begin()
        witness = Witness(room)
        lines = listened(room, Path(folder), seconds)
        began_s = witness.scene_began_s(made.samples)
    messages = messages_of(lines)
    marks = [line["boot"]["s"] - line["t"] for line in lines if line["what"] == "plan" and line.get("boot")]
    mark = boot_mark()
    assert mark is not None  # Linux, as all that has a PulseAudio server here
    slept_s = float(str(mark["s"])) - time.monotonic()
    return Ran(made=made, messages=messages, wall_place_s=marks[0] - slept_s - began_s)


def messages_of(lines: list[dict[str, Any]]) -> list[Message]:
    """What the microphone told in a journal's lines."""
    told = [(line["t"], bytes.fromhex(line["hex"])) for line in lines if line["what"] == "payload"]
    begun_s = float(np.median([time_s - number / LOOKS_HZ for number, (time_s, _) in enumerate(told)]))
    return [
        Message(time_s=time_s, ended_s=begun_s + number / LOOKS_HZ, heard=decode_heard(payload))
        for number, (time_s, payload) in enumerate(told)
    ]


def listened(room: MicrophoneRoom, folder: Path, seconds: float) -> list[dict[str, Any]]:
    """The journal's lines of a session of so long in that room."""
    kept = {f"XDG_{name}_HOME": str(folder) for name in ("DATA", "CONFIG", "CACHE")}
    plan, journal = folder / "plan.yaml", folder / "journal.jsonl"
    stage = f"duration: {seconds:.0f}s, feedback: none, target: {BEAT_SPM:.0f} spm"
    plan.write_text(f"plan: Listen\nstages:\n  - {{name: Run, {stage}}}\n", encoding="utf-8")
    words = ("run", str(plan), "--feet", "mic:ccpulse", "--sound", "device:ccpulse", "--journal", str(journal))
    subprocess.run(
        (sys.executable, "-m", "cadencecoach", *words),
        env=os.environ | room.environment | kept | {"XDG_RUNTIME_DIR": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()[1:]]


def place_of(messages: list[Message], steps_s: Floats, places_s: Floats) -> float:
    """How much later in the scene than in the session the onsets of messages fit the true steps best."""
    onsets_s = np.array([one.ended_s - ago_s for one in messages for ago_s, _ in one.heard.onsets])
    if not len(steps_s) or not len(onsets_s):
        return float(places_s[len(places_s) // 2])
    middles_s = (steps_s[1:] + steps_s[:-1]) / 2

    def fit(place_s: float) -> float:
        at_s = onsets_s + place_s
        off_s = at_s - steps_s[np.searchsorted(middles_s, at_s)]
        return float(np.exp(-np.square(off_s / NEAR_S)).sum())

    return float(max(places_s, key=fit))


def placed(messages: list[Message], steps_s: Floats, near_s: float) -> tuple[float, float]:
    """Where in the scene a session's sound was, near where its clock was, and by how much that changed.

    From its first half to its second.
    """
    settled = [one for one in messages if one.ended_s > SETTLED_LIVE_S]
    place_s = place_of(settled, steps_s, near_s + np.arange(-SEARCH_S, SEARCH_S, STEP_S))
    fine_s, half = place_s + np.arange(-FINE_S, FINE_S, STEP_S), len(settled) // 2
    first_s, second_s = (place_of(part, steps_s, fine_s) for part in (settled[:half], settled[half:]))
    return place_s, second_s - first_s


def ways_s(ran: Ran, place_s: float) -> list[float]:
    """How long what was heard took from the room to the session, message by message, at most.

    The journal gives a message the time of the turn before the one that takes it: at most so much earlier.
    """
    by_s = ran.wall_place_s - place_s + LISTEN_EVERY_S
    return [one.time_s - one.ended_s + by_s for one in ran.messages if one.ended_s > SETTLED_LIVE_S]


def row_of(name: str, scene: Scene, seconds: float, seed: int) -> str:
    """One scene, run until its sound came through as it is."""
    for _ in range(N_TRIES):
        ran = run_scene(scene, seconds, seed)
        place_s, warped_s = placed(ran.messages, ran.made.steps_s, ran.wall_place_s)
        ways = ways_s(ran, place_s) if len(ran.made.steps_s) else [0.0]
        marks = [f"stretched by {1000 * warped_s:.0f} ms"] if abs(warped_s) > WARPED_S else []
        marks += ["with gaps"] if min(ways) < 0 or max(ways) - min(ways) > UNEVEN_S else []
        if not marks:
            break
    tally = Tally()
    for one in ran.messages:
        if one.ended_s > SETTLED_LIVE_S:
            tally.take(ran.made, one.ended_s + place_s, one.heard.cadence_spm)
    arrivals = [(one.heard.delay_s, one.heard.drift) for one in ran.messages if one.heard.delay_s is not None]
    arrival = f"{1000 * arrivals[-1][0]:.0f} ms, {1e6 * arrivals[-1][1]:+.0f}" if arrivals else "-"
    mark = f" ({', '.join(marks)})" if marks else ""
    usual_s, longest_s = float(np.median(ways)), max(ways)
    way = f"{1000 * usual_s:.0f} ({1000 * longest_s:.0f}) ms" if len(ran.made.steps_s) else "-"
    after = told_after(scene, ran.made, tally.told)
    after = None if after is None else (after[0] + usual_s, after[1] + usual_s)
    return f"{name}{mark} | {seed} | {tally.row} | {changes_row([after])} | {way} | {arrival}"


def live(seconds: float, n_seeds: int, wanted: list[str]) -> None:
    """Print the table of the scenes."""
    columns = f"looks | speaks % | of those right % | {CHANGE_HEARD} | from room to session (longest) | beat arrives"
    print(f"| who | scene, live | seed | {columns} |")
    print("|---|---|---|---|---|---|---|---|---|")
    for who, name, scene in chosen(wanted):
        for seed in range(FIRST_SEED, FIRST_SEED + n_seeds):
            print(f"| {who} | {row_of(name, varied(scene, seed), seconds, seed)} |", flush=True)
