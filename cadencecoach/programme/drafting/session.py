"""One session written out: a plan with a comment on every line somebody may want to change."""

from collections.abc import Iterator

from cadencecoach.plan.model import MeasuredBaseline
from cadencecoach.programme.drafting.answers import Answers, WithHelp
from cadencecoach.programme.drafting.lines import allow_line, baseline_words, percent, rungs

MANY = 99  # rungs: all of them

_HEAD = """\
# {first_line}
# A plan for cadencecoach: what one session asks of the runner, stage by stage. Change what you like, then
# `cadencecoach plan check {file}` lists every mistake; docs/plan-file.md has the whole language.
plan: {title}
about: {about}
"""
_BASELINE = {
    "measured": "# Measured below, in this very run. Two runs of 12 min make a better one: then write `athlete`.",
    "athlete": "# The one stored for the athlete, or given with --baseline. `measured` or `164 spm` are other ways.",
    "number": "# Steps a minute of both feet. `athlete` takes the stored one; `measured` needs a stage for it.",
}
_ABOUT = {
    WithHelp.FADED: "Up to {aim} in small steps, then with less and less help, and a look at what stays.",
    WithHelp.FULL: "Up to {aim} in small steps with beat and words, and a look at what stays without them.",
    WithHelp.RESCUE: "Up to {aim} in small steps; then the beat comes back only when it is lost.",
    WithHelp.NONE: "{aim} without a beat and without a word about it, so what the runner does alone.",
}
_START = """\
stages:
  # Five minutes before the first target: cadence is steadier after them (preprints.org 202601.2214).
  - {name: Warm-up, duration: 5 min, target: free, say: "Run easily, as you like."}
"""
_MEASURE = """\
  # The runner's own cadence, at the pace of the rest. Ten minutes are better, five are bearable.
  - {name: As you run, duration: 5 min, measure: baseline, say: "Keep this pace."}
"""
_ON_THE_WAY = """\
  # Small steps: the beat takes a minute to the new tempo, so that hardly anybody notices (10.1186/s40798-015-0025-9).
"""
_FADED = """\
  - {name: All the help, duration: 6 min, target: {aim}, ramp: 60 s, say: "Stay with the beat."}
  # `help`: the part of the time beat and corrections are on offer. Help that fades lasts (Davis 2020, PMC7083994).
  - {name: Half the help, duration: 6 min, target: {aim}, help: 50 %}
  - {name: A little help, duration: 6 min, target: {aim}, help: 20 %}
"""
_FULL = """\
  - {name: With the beat, duration: 15 min, target: {aim}, ramp: 60 s, say: "Stay with the beat."}
"""
_RESCUE = """\
  - {name: With the beat, duration: 4 min, target: {aim}, ramp: 60 s, say: "Stay with the beat."}
  # The beat sounds when the runner has been out of the band for a while, and stays until the return.
  - {name: Beat when needed, duration: 12 min, target: {aim}, beat: rescue, say: "The beat helps when you need it."}
"""
_PROBE = """\
  # Measured and not helped: what stays. `history show last` tells how much of it there was.
  - name: On your own
    duration: 5 min
    target: {aim}
    beat: off
    feedback: none
    say: "No beat now. Keep the rhythm."
"""
_ALONE = """\
  # No beat, no corrections: the target is there to be compared with.
  - name: On your own
    duration: 15 min
    target: {aim}
    beat: off
    feedback: none
    say: "Quicker, lighter steps."
"""
_END = """\
  - {name: Cool-down, duration: 3 min, target: free}
"""
_BODY = {
    WithHelp.FADED: (_FADED, _PROBE),
    WithHelp.FULL: (_FULL, _PROBE),
    WithHelp.RESCUE: (_RESCUE, _PROBE),
    WithHelp.NONE: (_ALONE,),
}


def session_text(answers: Answers, *, first_line: str, file: str) -> str:
    """A plan for one session.

    Args:
        answers: to the five questions; weeks is not looked at
        first_line: what an editor wants to know, without the `#`
        file: the name it will have, for the comment
    """
    aim = percent(answers.aim_ratio)
    own = baseline_words(answers.baseline)
    head = _HEAD.format(
        first_line=first_line,
        file=file,
        title=f'"Session for {answers.who}, {aim}"',
        about=_ABOUT[answers.helping].format(aim=aim),
    )
    allow = "".join(f"{line}\n" for line in allow_line(answers))
    baseline = f"{_BASELINE.get(own, _BASELINE['number'])}\nbaseline: {own}\n"
    measure = _MEASURE if isinstance(answers.baseline, MeasuredBaseline) else ""
    body = "".join(_BODY[answers.helping]).replace("{aim}", aim)
    return "".join((head, baseline, allow, _START, measure, *_on_the_way(answers), body, _END))


def _on_the_way(answers: Answers) -> Iterator[str]:
    """The rungs below the aim; without a beat there is nothing to lead with."""
    below = rungs(answers.aim_ratio, MANY)[:-1]
    if answers.helping is WithHelp.NONE or not below:
        return
    yield _ON_THE_WAY
    for number, ratio in enumerate(below):
        say = ', say: "Quicker, lighter steps."' if number == 0 else ""
        target = percent(ratio)
        yield f"  - {{name: Up to {target}, duration: 4 min, target: {target}, ramp: 60 s{say}}}\n"
