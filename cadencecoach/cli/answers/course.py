"""A rehearsal of weeks as it goes, and what came of it, printed."""

from datetime import date

from cadencecoach.cli.printing import show_text
from cadencecoach.desk.programmes.rehearsing import Course, Step
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import NOT_A_DIAGNOSIS
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.view.programme.course import reassessed_words, step_json, step_lines
from cadencecoach.view.programme.decisions import STOPPED

SIMULATED = "The runner was simulated, and so is what it learned."


def tell_step(step: Step, begins: date) -> None:
    """One day, when it is over."""
    lines = "\n".join(step_lines(step.day, begins, step.decision, step.row))
    show_text(lines)


def tell_end(course: Course) -> None:
    """What it came to."""
    n_runs = sum(step.row is not None for step in course.steps)
    n_days = (course.steps[-1].day - course.steps[0].day).days + 1 if course.steps else 0
    show_text(f"{n_runs} runs in {n_days} days: {_end_words(course)}.")
    if course.reassessed_spm is not None:
        show_text(f"{reassessed_words(course.baseline_spm, course.reassessed_spm)}.")
    show_text(f"{SIMULATED} {NOT_A_DIAGNOSIS}")


def course_json(course: Course, programme: Programme) -> dict[str, object]:
    """The same for a program."""
    return {
        "programme": {"name": programme.name, "sha256": programme.sha256},
        "simulated": True,
        "end": course.steps[-1].decision.verdict.value if course.steps else None,
        "baseline_spm": course.baseline_spm,
        "reassessed_spm": course.reassessed_spm,
        "steps": [
            step_json(
                step.day, step.decision, step.row, [f"{reason.rule}: {reason.text}" for reason in step.decision.reasons]
            )
            for step in course.steps
        ],
    }


def _end_words(course: Course) -> str:
    last = course.steps[-1].decision if course.steps else None
    if course.is_interrupted or last is None:
        return "interrupted"
    match last.verdict:
        case Verdict.FINISHED:
            return "finished"
        case Verdict.STOP:
            return f"stopped. {STOPPED.rstrip('.')}"
        case _:
            return "given up: the same session kept repeating without any change"
