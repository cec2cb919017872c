"""A rehearsal of weeks as it goes, and what came of it, printed."""

from datetime import date

from cadencecoach.cli.printing import show_text
from cadencecoach.desk.programmes.rehearsing import Course, RehearsedDay
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import NOT_A_DIAGNOSIS
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.view.programme.course import day_json, day_lines, reassessed_words
from cadencecoach.view.programme.decisions import STOPPED

SIMULATED = "The runner was simulated, and so is what it learned."


def tell_day(one: RehearsedDay, begins: date) -> None:
    """One day, when it is over."""
    lines = "\n".join(day_lines(one.day, begins, one.decision, one.row))
    show_text(lines)


def tell_end(course: Course) -> None:
    """What it came to."""
    n_runs = sum(one.row is not None for one in course.days)
    n_days = (course.days[-1].day - course.days[0].day).days + 1 if course.days else 0
    show_text(f"{n_runs} runs in {n_days} days: {_end_words(course)}.")
    if course.reassessed_spm is not None:
        show_text(f"{reassessed_words(course.baseline_spm, course.reassessed_spm)}.")
    show_text(f"{SIMULATED} {NOT_A_DIAGNOSIS}")


def course_json(course: Course, programme: Programme) -> dict[str, object]:
    """The same for a program."""
    return {
        "programme": {"name": programme.name, "sha256": programme.sha256},
        "simulated": True,
        "end": course.days[-1].decision.verdict.value if course.days else None,
        "baseline_spm": course.baseline_spm,
        "reassessed_spm": course.reassessed_spm,
        "steps": [
            day_json(
                one.day, one.decision, one.row, [f"{reason.rule}: {reason.text}" for reason in one.decision.reasons]
            )
            for one in course.days
        ],
    }


def _end_words(course: Course) -> str:
    last = course.days[-1].decision if course.days else None
    if course.is_interrupted or last is None:
        return "interrupted"
    match last.verdict:
        case Verdict.FINISHED:
            return "finished"
        case Verdict.STOP:
            return f"stopped. {STOPPED.rstrip('.')}"
        case _:
            return "given up: the same session kept repeating without any change"
