"""Weeks written out: a programme whose targets, minutes and help go one at a time, with comments."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cadencecoach.plan.model import MeasuredBaseline
from cadencecoach.programme.drafting.answers import Answers, WithHelp
from cadencecoach.programme.drafting.lines import allow_line, baseline_words, percent, rungs

RUNS_A_WEEK = 3
REST_DAYS = (1, 1, 2)  # after the first, second and third run of a week
FADE_PERCENT = (75, 50, 25, 10)
MOST_MINUTES, MORE_MINUTES = 30, 3
# 150 min at a target are the least that lasted (177 to 196 in the studies); a single week cannot have them.
FIRST_MINUTES = {1: 30, 2: 26}
USUAL_FIRST_MINUTES = 20
MOST_RUNGS = {1: 1, 2: 2, 3: 2}
USUAL_MOST_RUNGS = 3
AROUND_MINUTES = 10  # warm-up, cool-down and a little to spare, for the limit

_HEAD = """\
# {first_line}
# A programme for cadencecoach: sessions over weeks. Every session is a plan with the day's values put into it. Change
# what you like, then `cadencecoach programme check {file}` lists every mistake; docs/programme-file.md has all of it.
# From run to run rules decide whether to go on, wait or step back (docs/programme-rules.md); no diagnosis.
programme: {title}
about: {about}
# The one fault it works on; its words, "Quicker, lighter steps.", are spoken where a stage takes a cue.
works-on: cadence
# Limits that nothing overrides: not this text, not the runner's keys, not a flag.
limits: {{target: {aim}, minutes: {longest}, sessions-a-week: {a_week}}}
"""
_ALLOW_SHORT = 'dose: "a single week was asked for, a beginning and not a whole course"'
_ABOUT = {
    WithHelp.FADED: "{n} runs up to {aim}, help that fades, and a run that shows what stayed.",
    WithHelp.FULL: "{n} runs up to {aim} with beat and words, and a run that shows what stayed.",
    WithHelp.RESCUE: "{n} runs up to {aim}, the beat when it is needed, and a run that shows what stayed.",
    WithHelp.NONE: "{n} runs up to {aim} without a beat, and a run that shows what stayed.",
}
_RUN_HELP = {
    WithHelp.FADED: "",
    WithHelp.FULL: "",
    WithHelp.RESCUE: "        # The beat sounds when the step rate has left the band for a while, until the return.\n"
    "        beat: rescue\n",
    WithHelp.NONE: "        beat: off\n        feedback: none\n",
}
_PLANS = """\
plans:
  run:
    plan: Run
{baseline}
    stages:
      - {{name: Warm-up, duration: 5 min, target: free, say: "Run easily, as you like."}}
      # `takes` says what a day may put in; minutes are shared with the stage below, four parts to one.
      - name: Run
        duration: 16 min
        target: {aim}
        ramp: 2 min
        takes: {takes}
{helping}\
      # Measured and not helped: what stays. The rules raise a target when it went well here twice.
      - name: On your own
        duration: 4 min
        target: {aim}
        beat: off
        feedback: none
        takes: [minutes, target]
        say: "On your own now. Keep the rhythm."
      - {{name: Cool-down, duration: 3 min, target: free}}
"""
_BASELINE_PLAN = """\
  own-cadence:
    plan: Own cadence
    about: As you run, without a target. Two of them make a baseline.
    stages:
      - {name: Warm-up, duration: 5 min, target: free, say: "Run easily, as you like."}
      - {name: As you run, duration: 12 min, measure: baseline, say: "Keep this pace."}
      - {name: Cool-down, duration: 3 min, target: free}
"""
_STAYED_PLAN = """\
  what-stayed:
    plan: What stayed
    baseline: {own}
    stages:
      - {{name: Warm-up, duration: 5 min, target: free, say: "Run easily, as you like."}}
      - name: As you run now
        duration: 12 min
        target: {aim}
        beat: off
        feedback: none
        say: "Run as at the end of the programme."
      - {{name: Cool-down, duration: 3 min, target: free}}
"""
_BASELINE_DAYS = """\
  # The runner's own cadence: two runs of 12 min make a baseline (Craib 1994, 10.1055/s-2007-1021024).
  - {reassessment: Own cadence 1, plan: own-cadence}
  - rest: 1 day
  - {reassessment: Own cadence 2, plan: own-cadence}
  - rest: 1 day
"""
_LAST_DAYS = """\
  # Two days later: what is there without a beat and without a word, beside the baseline.
  - {reassessment: What stayed, plan: what-stayed}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the weeks.

    Attributes:
        week, number: which week and which run of it, from 1
        target_ratio: above the baseline
        minutes: at the target
        help_percent: part of the time help is on offer
    """

    week: int
    number: int
    target_ratio: float
    minutes: int
    help_percent: int


def course(answers: Answers) -> tuple[Run, ...]:
    """The runs: targets go up by the week, minutes only in weeks in which no target does, help fades at the end."""
    targets = _targets(answers)
    minutes = _minutes(targets)
    n_last = RUNS_A_WEEK * targets.count(targets[-1])
    n_before = RUNS_A_WEEK * len(targets) - n_last
    fades = answers.helping is WithHelp.FADED
    helps = (*(100,) * n_before, *(_fade(n_last) if fades else (100,) * n_last))
    return tuple(
        Run(
            week=week + 1,
            number=number + 1,
            target_ratio=targets[week],
            minutes=minutes[week],
            help_percent=helps[week * RUNS_A_WEEK + number],
        )
        for week in range(len(targets))
        for number in range(RUNS_A_WEEK)
    )


def _targets(answers: Answers) -> tuple[float, ...]:
    """Of each week: every rung as many weeks as the others, what is over at the aim."""
    ladder = rungs(answers.aim_ratio, MOST_RUNGS.get(answers.weeks, USUAL_MOST_RUNGS))
    each = answers.weeks // len(ladder)
    early = [ratio for ratio in ladder[:-1] for _ in range(each)]
    return (*early, *(ladder[-1],) * (answers.weeks - len(early)))


def _minutes(targets: Sequence[float]) -> tuple[int, ...]:
    """Of each week: one thing at a time, so not in a week with a new target."""
    minutes = [FIRST_MINUTES.get(len(targets), USUAL_FIRST_MINUTES)]
    for before, after in pairwise(targets):
        more = 0 if after != before else MORE_MINUTES
        minutes.append(min(minutes[-1] + more, MOST_MINUTES))
    return tuple(minutes)


def _fade(n_runs: int) -> tuple[int, ...]:
    """All the help for the first half, then less and less down to the last step."""
    n_full = max(n_runs // 2, 1)
    n_faded = n_runs - n_full
    steps = (math.ceil((n + 1) * len(FADE_PERCENT) / n_faded) - 1 for n in range(n_faded))
    return (*(100,) * n_full, *(FADE_PERCENT[step] for step in steps))


def programme_text(answers: Answers, *, first_line: str, file: str) -> str:
    """A programme.

    Args:
        answers: to the five questions; weeks is 1 or more
        first_line: what an editor wants to know, without the `#`
        file: the name it will have, for the comment
    """
    runs = course(answers)
    aim = percent(answers.aim_ratio)
    head = _HEAD.format(
        first_line=first_line,
        file=file,
        title=f'"{"1 week" if answers.weeks == 1 else f"{answers.weeks} weeks"} for {answers.who}, {aim}"',
        about=_ABOUT[answers.helping].format(n=len(runs), aim=aim),
        aim=aim,
        longest=max(run.minutes for run in runs) + AROUND_MINUTES,
        a_week=RUNS_A_WEEK,
    )
    return "".join((head, *_waivers(answers), *_plans(answers, aim), "days:\n", *_days(answers, runs)))


def _waivers(answers: Answers) -> Iterator[str]:
    if answers.weeks == 1:
        yield f"allow: {{{_ALLOW_SHORT}}}\n"


def _plans(answers: Answers, aim: str) -> Iterator[str]:
    is_measured = isinstance(answers.baseline, MeasuredBaseline)
    own = "athlete" if is_measured else baseline_words(answers.baseline)
    says = "the stored one, or that given with --baseline" if own == "athlete" else "steps a minute of both feet"
    allow = "".join(f"    {line}\n" for line in allow_line(answers))
    takes = "[minutes, target, help, cue]" if answers.helping is WithHelp.FADED else "[minutes, target, cue]"
    baseline = f"    baseline: {own}    # {says}\n{allow}".rstrip("\n")
    yield _PLANS.format(baseline=baseline, aim=aim, takes=takes, helping=_RUN_HELP[answers.helping])
    if is_measured:
        yield _BASELINE_PLAN
    stayed = _STAYED_PLAN.format(own=own, aim=aim)
    yield stayed.replace("    stages:\n", f"{allow}    stages:\n", 1)


def _days(answers: Answers, runs: Sequence[Run]) -> Iterator[str]:
    if isinstance(answers.baseline, MeasuredBaseline):
        yield _BASELINE_DAYS
    for before, run in zip((None, *runs), runs, strict=False):
        if run.number == 1:
            yield f"  # Week {run.week}{_news(before, run)}\n"
        helping = f", help: {run.help_percent} %" if answers.helping is WithHelp.FADED else ""
        name = f"Week {run.week} run {run.number}"
        target = percent(run.target_ratio)
        yield f"  - {{session: {name}, plan: run, minutes: {run.minutes}, target: {target}{helping}}}\n"
        n_days = REST_DAYS[run.number - 1]
        yield f"  - rest: {n_days} {'day' if n_days == 1 else 'days'}\n"
    yield _LAST_DAYS


def _news(before: Run | None, run: Run) -> str:
    """What a week has more of than the one before."""
    if before is None:
        return ""
    if run.target_ratio > before.target_ratio:
        return ": a higher target, the same minutes"
    return ": more minutes, the same target" if run.minutes > before.minutes else ""
