"""The five policies that are compared, each as the text of a plan, so that all five are run by the same coach.

A session lasts 30 minutes. Warm-up and the two silent stages are the same in all of them; only the work differs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Plan

FIRST_PROBE, WORK, LAST_PROBE = "What stayed", "Work", "On your own"
PROBES = (FIRST_PROBE, LAST_PROBE)
TARGET = "+5 %"

SESSION = """\
plan: {name}
baseline: athlete
stages:
  - {{name: Warm-up, duration: 4 min, target: free}}
  - {{name: {first}, duration: 4 min, target: {target}, beat: off, feedback: none}}
  - {{name: {work}, duration: 18 min, target: {target}, ramp: 60 s, say: "Quicker, lighter steps.", {policy}}}
  - {{name: {last}, duration: 4 min, target: {target}, beat: off, feedback: none}}
"""

# Help over the sessions of a course, then held (decision 47): whole for four sessions, as in the studies, then faded.
HELP_PERCENT = (100, 100, 100, 100, 75, 60)


@dataclass(frozen=True, slots=True)
class Policy:
    """A way to help.

    Attributes:
        name: as in the report
        work: the words of the work stage, by the number of the session from 0
    """

    name: str
    work: Callable[[int], str]

    def plan(self, session: int) -> Plan:
        """The plan of a session, read as every plan is."""
        return load_plan(self.text(session).encode(), f"{self.name}, session {session + 1}")

    def text(self, session: int) -> str:
        """The plan as text."""
        return SESSION.format(
            name=f"{self.name.capitalize()}, session {session + 1}",
            first=FIRST_PROBE,
            work=WORK,
            last=LAST_PROBE,
            target=TARGET,
            policy=self.work(session),
        )


def always(words: str) -> Callable[[int], str]:
    """The same in every session."""
    return lambda _: words


def _ours(session: int) -> str:
    help_percent = HELP_PERCENT[min(session, len(HELP_PERCENT) - 1)]
    return f"beat: on, feedback: full, help: {help_percent} %"


BEAT = Policy("beat always on", always("beat: on, feedback: none"))
# A watch knows no back-off and no praise.
ALERT = "style: tones, dwell: 3 s, spacing: 30 s, growth: 1 times, patience: 20 cues, rest: 30 s, back-off: 1 times"
WATCH = Policy("range alert every 30 s", always(f"beat: off, feedback: {{{ALERT}, praise: 1 h}}"))
# As the first ones did, it goes off a dwell after the return.
RESCUE = Policy("rescue beat only", always("beat: rescue, feedback: {style: none, rescue-hold: 4 s}"))
WORDS = Policy("words only", always("beat: off, feedback: full"))
OURS = Policy("ours", _ours)


def _noise(session: int) -> str:
    return _ours(session).replace("feedback: full", "feedback: {style: noise}")


# Compared with ours and words alone by `python -m bench.noise`; no claim is about them.
NOISE = Policy("noise for the ladder", _noise)
NOISE_ALONE = Policy("noise alone", always("beat: off, feedback: {style: noise}"))
NOISY = (NOISE, NOISE_ALONE)
POLICIES = (BEAT, WATCH, RESCUE, WORDS, OURS)
