"""Every reader, fed with files made wrong by chance; pipes, devices and growing files among them.

    python -m bench.fuzz                       20 000 inputs: some minutes
    python -m bench.fuzz 2000 --seed 7         fewer, others
    python -m bench.fuzz --seed 7 --only 1234  one of them again, with its traceback

A reader reads it, or says in one clear line what is wrong: no traceback, in 5 s, in 500 MB. Needs Linux or macOS.
"""

import argparse
import faulthandler
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from bench.fuzz.deliveries import delivery
from bench.fuzz.reader import ROOT
from bench.fuzz.readers import readers
from bench.fuzz.trial import Trial, input_of, tried

N_INPUTS = 20_000
AT_ONCE = 200  # inputs in one process, which begins with the memory of none before
GIVE_UP_S = 60.0  # of an input that no signal ends
N_SLOWEST = 5


def main(args: list[str] | None = None) -> int:
    """Parse and print; the answer is 1 where a reader failed."""
    parser = argparse.ArgumentParser(description="Feed every reader with files made wrong.")
    parser.add_argument("n", nargs="?", type=int, default=N_INPUTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="INDEX")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--span", type=int, nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args(args)
    if asked.span is not None:
        start, end = asked.span
        tell_span(start, end, asked.seed)
        return 0
    if asked.only is not None:
        return again(asked.seed, asked.only)
    trials = list(trials_of(asked.n, asked.seed, asked.jobs))
    for line in lines(trials, asked.seed):
        print(line)
    return 1 if any(trial.fault for trial in trials) or len(trials) < asked.n else 0


def trials_of(n: int, seed: int, jobs: int) -> Iterator[Trial]:
    """All inputs, some processes side by side; faults are told as they come."""
    spans = [(start, min(start + AT_ONCE, n)) for start in range(0, n, AT_ONCE)]
    with ThreadPoolExecutor(jobs) as pool:
        for some in pool.map(lambda span: _in_a_process(span[0], span[1], seed), spans):
            for trial in some:
                if trial.fault:
                    print(_line(trial, seed), file=sys.stderr, flush=True)
                yield trial


def _in_a_process(start: int, end: int, seed: int) -> list[Trial]:
    """Some inputs in a process of their own; the one in which it died is a fault, and the rest is tried in another."""
    command = [sys.executable, "-m", "bench.fuzz", "--seed", str(seed), "--span", str(start), str(end)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    found = [Trial(**json.loads(line)) for line in told.stdout.splitlines()]
    if start + len(found) == end:
        return found
    died = start + len(found)
    fault = f"the process died ({told.returncode}): {told.stderr[-600:]}"
    lost = Trial(index=died, reader="?", delivery="?", is_refused=False, seconds=0.0, fault=fault)
    return [*found, lost, *(_in_a_process(died + 1, end, seed) if died + 1 < end else [])]


def tell_span(start: int, end: int, seed: int) -> None:
    """Try some inputs, a line of JSON for each as soon as it is done."""
    with tempfile.TemporaryDirectory() as name:
        every = readers(Path(name))
        for index in range(start, end):
            faulthandler.dump_traceback_later(GIVE_UP_S, exit=True)
            print(json.dumps(asdict(tried(every, seed, index, Path(name)))), flush=True)
        faulthandler.cancel_dump_traceback_later()


def again(seed: int, index: int) -> int:
    """One input once more, kept as a file; what goes wrong goes on to the shell."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    reader, data, rng = input_of(readers(folder), seed, index)
    with delivery(rng)(folder / f"input{reader.ending}", data) as path:
        print(f"{reader.name}: {str(path)!a}, {len(data)} bytes")
        reader.read(path)
    return 0


def lines(trials: Iterable[Trial], seed: int) -> Iterator[str]:
    """How many were read, refused and failed, by reader and by the way they came; the slowest; the faults."""
    every = sorted(trials, key=lambda trial: trial.index)
    for names in ("reader", "delivery"):
        counts = Counter(getattr(trial, names) for trial in every)
        yield f"{names:20} inputs  refused  failed  slowest"
        for name, n in sorted(counts.items()):
            own = [trial for trial in every if getattr(trial, names) == name]
            refused, failed = sum(trial.is_refused for trial in own), sum(bool(trial.fault) for trial in own)
            yield f"{name:20} {n:6}  {refused:7}  {failed:6}  {max(trial.seconds for trial in own):5.2f} s"
    for trial in sorted(every, key=lambda trial: -trial.seconds)[:N_SLOWEST]:
        yield f"slow: {_line(trial, seed)}"
    faults = [trial for trial in every if trial.fault]
    yield f"{len(every)} inputs, {len(faults)} failed"
    yield from (_line(trial, seed) for trial in faults)


def _line(trial: Trial, seed: int) -> str:
    again_words = f"--seed {seed} --only {trial.index}"
    return f"{again_words}: {trial.reader}, {trial.delivery}, {trial.seconds:.2f} s: {ascii(trial.fault) or 'read'}"


if __name__ == "__main__":
    sys.exit(main())
