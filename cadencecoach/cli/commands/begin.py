"""`cadencecoach begin`: a few questions that lead to a first session."""

import click

from cadencecoach.cli.answers.lines import show_lines
from cadencecoach.cli.commands import options

WITH_LANGUAGE = {"demo", "learn", "metronome", "run"}  # the commands begun from here that speak to a runner


@click.command("begin")
@options.LANGUAGE
def begin(*, language: str | None) -> int:
    """Answer a few questions that lead to a first session; nothing you answer is kept.

    Your answers lead to one of four things: seeing somebody first, two runs to find your own cadence, a ready-made
    plan, or the metronome.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.begin.steps import ways_without_questions
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.store.stored import reader_words
    from cadencecoach.store.user_store import user_store

    store = user_store()
    words = reader_words(store, language=language)
    if not TERMINAL.can_answer:
        show_lines(ways_without_questions(words.begin, command_line))
        return 0
    from cadencecoach.cli.group import call
    from cadencecoach.desk.begin.asking import Around, lead_to_first_session

    around = Around(
        store=store,
        person=TERMINAL,
        asker=TERMINAL.asker(words),
        call=lambda line: call(_words_of(line, language)),
        texts=words.begin,
        lessons=words.lessons,
    )
    return lead_to_first_session(around)


def _words_of(line: str, language: str | None) -> list[str]:
    """A command in words, in the language that was asked for."""
    words = line.split()
    return [*words, "--language", language] if language and words[0] in WITH_LANGUAGE else words
