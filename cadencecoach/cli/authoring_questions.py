"""The five questions at a terminal. What was given as an option is not asked again."""

import sys
from collections.abc import Mapping

import click

from cadencecoach.cli.printing import tell
from cadencecoach.errors import UsageError
from cadencecoach.plan.values import ValueFault
from cadencecoach.programme.drafting.answers import QUESTIONS, Question, fault_line


def ask_missing(given: Mapping[str, str | None]) -> dict[str, str]:
    """An answer to every question, as text: those given, and what a person types for the others.

    Args:
        given: by the question's name; None where the option was left out
    Raises:
        UsageError: there is nobody to ask
    """
    missing = [question for name, question in QUESTIONS.items() if given[name] is None]
    if missing and not sys.stdin.isatty():
        names = ", ".join(question.option for question in missing)
        example = " ".join(question.example for question in missing)
        raise UsageError(f"missing, and there is no terminal to ask on: {names}; for example {example}")
    answers = {}
    for name, question in QUESTIONS.items():
        text = given[name]
        answers[name] = _ask(question) if text is None else text
    return answers


def _ask(question: Question) -> str:
    """Ask until the answer can be read."""
    while True:
        text: str = click.prompt(question.asks, default=question.usual or None, err=True)
        try:
            question.read(text)
        except ValueFault as fault:
            tell(fault_line(text, fault))
        else:
            return text
