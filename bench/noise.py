"""Noise in place of the ladder, on the same simulated runners: `python -m bench.noise [RUNNERS [SESSIONS]]`.

How a runner answers to noise is assumed and fitted to nothing (`learner.NOISE_AS_TONE_S`): docs/simulation.md.
"""

import sys
from statistics import fmean

from cadencecoach.cohort.population import learner
from cadencecoach.cohort.population.courses import Size, run_job
from cadencecoach.cohort.population.policies import NOISE, NOISE_ALONE, OURS, WORDS
from cadencecoach.cohort.population.tally import Sums

NAMES = (OURS.name, NOISE.name, WORDS.name, NOISE_ALONE.name)


def _work(sums: Sums) -> float:
    return sums.work_in_s / sums.work_s


def _probes(sums: Sums) -> float:
    return (sums.first_in_s + sums.last_in_s) / (sums.first_s + sums.last_s)


def _whole(sums: Sums) -> float:
    in_s = sums.work_in_s + sums.first_in_s + sums.last_in_s
    return in_s / (sums.work_s + sums.first_s + sums.last_s)


def main(n_runners: int, n_sessions: int) -> None:
    """Print the share of time in band, by policy and by how much noise is assumed to do."""
    print("| full noise as much as a tone after | policy | in band, whole | in band, work | in band, probes |")
    print("|---|---|---|---|---|")
    for as_tone_s in (10.0, 5.0, 30.0):
        learner.NOISE_AS_TONE_S = as_tone_s
        for name in NAMES if as_tone_s == 10.0 else NAMES[1::2]:  # the others do not hear any
            jobs = Size(n_runners=n_runners, n_sessions=n_sessions, policies=(name,)).jobs()
            wholes = [run_job(job).whole() for job in jobs]
            shares = [fmean(share(one) for one in wholes) for share in (_whole, _work, _probes)]
            print(f"| {as_tone_s:g} s | {name} | " + " | ".join(f"{share:.1%}" for share in shares) + " |", flush=True)


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["20", "4"][len(sys.argv) - 1 :])))
