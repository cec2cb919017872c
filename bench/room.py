"""Several runners on one computer: beats on each recording, decisions, load, and what faults cost whom.

    python -m bench.room [LANES] [MINUTES] [FAULTS]      needs dbus-daemon, PulseAudio's programs; eight lanes, 30 min
    python -m bench.room 8 4 7                           each kind of fault once, under 6 min on a machine of its own

Pods on a private bus, a private sound server with a null sink for each lane, the program's own processes. In turn the
supervisor, the owner of the radio, a session, a process that plays and a sink are killed, and the radio and a session
made to stand still, 20 faults in all.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from room_rig import RoomRig, delays_ms, room_rig
from room_trial import FAULTS, Trial, cpu_s, memory_mb
from sound_servers import HAS_PULSE, NO_PULSE


def load() -> float:
    """How many processes want a processor, over a minute."""
    return float(Path("/proc/loadavg").read_text().split()[0])


def tell_load(rig: RoomRig, seconds: float) -> None:
    """Memory and processor of each lane and of the radio over a while in which nothing happens."""
    what = [*map(str, rig.lanes), "radio"]
    before = [cpu_s(rig, one) for one in what]
    time.sleep(seconds)
    cpu = [(cpu_s(rig, one) - was) / seconds * 100 for one, was in zip(what, before, strict=True)]
    memory = [memory_mb(rig, one) for one in what]
    print(f"a runner: {median(memory[:-1]):.0f} MB, {median(cpu[:-1]):.1f} % of a core (most {max(cpu[:-1]):.1f})")
    print(f"the radio: {memory[-1]:.0f} MB, {cpu[-1]:.1f} % of a core")


def tell_beats(trial: Trial) -> None:
    """What was heard outside a lane's own faults."""
    rig = trial.rig
    for lane in rig.lanes:
        n, wrong = trial.n_off(lane)
        n_near = trial.n_off_by_faults(lane)
        print(
            f"lane {lane}: {n} intervals, {wrong} off by over 1 ms ({n_near} while others had faults), "
            f"{trial.n_slips(lane)} losses of the card; broke off {trial.n_gaps(lane)} times"
        )


def tell_delays(rig: RoomRig) -> None:
    """From sending to deciding."""
    found = delays_ms(rig)
    late = sum(one > 20.0 for one in found)
    print(
        f"decisions: {len(found)}, median {median(found):.1f} ms, 99 % {found[int(0.99 * len(found))]:.1f} ms, "
        f"most {found[-1]:.0f} ms; {late} over 20 ms"
    )


def main(lanes: int, minutes: float, n_faults: int) -> None:
    """Run it, and tell."""
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, room_rig(Path(folder), lanes) as rig:
        print(f"{lanes} lanes run after {time.monotonic() - began_s:.0f} s; load {load():.0f}")
        trial, began_s = Trial(rig), time.monotonic()
        tell_load(rig, 10.0)
        for number in range(n_faults):
            kind, lane = FAULTS[number % len(FAULTS)], 1 + number // len(FAULTS) % lanes
            due_s = began_s + 60.0 * minutes * (number + 0.5) / n_faults
            time.sleep(max(0.0, due_s - time.monotonic()))
            trial.cause(kind, lane)
            print(f"  {kind} of lane {lane}: as before after {trial.back_s[kind][-1]:.1f} s", flush=True)
        time.sleep(max(0.0, began_s + 60.0 * minutes - time.monotonic()))
        tell_beats(trial)
        tell_delays(rig)
        print(f"phase of beats that came back: {', '.join(f'{one:.2f}' for one in trial.phase_ms)} ms off")
        print(f"lost of what was acknowledged: {trial.n_lost} bytes; load {load():.0f}")
        rig.end()
        print(rig.output.read_text())


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    lanes, minutes, n_faults = [*given, *(8.0, 30.0, 20.0)[len(given) :]]
    main(int(lanes), minutes, int(n_faults))
