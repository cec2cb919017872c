"""Questions that are answered with yes or no, or by number, in the language of whoever is asked."""

from collections.abc import Sequence

import click

from cadencecoach.cli.printing import show_text, tell
from cadencecoach.plan.forms import ENGLISH_FORMS, FormTexts, fill, heading
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts


def ask_yes_or_no(
    question: str, texts: ScreenTexts = ENGLISH_SCREEN, *, default: bool = False, names_keys: bool = False
) -> bool:
    """Yes or no, until it is one of the two; English is understood in every language.

    Args:
        question: in words
        texts: of the person's language
        default: what Enter says
        names_keys: the question says itself which key means what
    """
    yes, no = _letters(texts.forms)
    hint = "" if names_keys else f" [{yes.upper()}/{no}]" if default else f" [{yes}/{no.upper()}]"
    while True:
        said = _line(heading(f"{question}{hint}", texts.forms)).casefold()
        if not said:
            return default
        for answer, words in ((True, _words(texts.forms.yes)), (False, _words(texts.forms.no))):
            if said in words:
                return answer
        if said in _words(ENGLISH_FORMS.yes) | _words(ENGLISH_FORMS.no):
            return said in _words(ENGLISH_FORMS.yes)
        tell(fill(texts.no_yes_or_no, answer=ascii(said), yes=yes, no=no))


def ask_number(question: str, names: Sequence[str], texts: ScreenTexts = ENGLISH_SCREEN) -> int:
    """Which of several, counted from 0; they are listed from 1."""
    for number, name in enumerate(names, start=1):
        show_text(f"{number}  {name}")
    while True:
        said = _line(heading(question, texts.forms))
        if said.isascii() and said.isdigit() and 1 <= int(said) <= len(names):
            return int(said) - 1
        tell(fill(texts.no_such_number, answer=ascii(said), most=len(names)))


def _line(asked: str) -> str:
    """What is typed; the end of the input, and Ctrl-C, abort the command."""
    line: str = click.prompt(asked, default="", show_default=False, prompt_suffix=" ", err=True)
    return line.strip()


def _letters(forms: FormTexts) -> tuple[str, str]:
    return forms.yes.split()[0], forms.no.split()[0]


def _words(answers: str) -> set[str]:
    return set(answers.casefold().split())
