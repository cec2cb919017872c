"""`cadencecoach learn`: six short texts about running with a quicker step."""

import click

from cadencecoach.cli.answers.lines import show_lines
from cadencecoach.cli.commands import options


@click.command("learn")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@options.LANGUAGE
def learn(*, names: tuple[str, ...], language: str | None) -> None:
    """Read about cadence, pain, six-weeks, shoes, stop or report; without NAME, list them.

    Each text takes a minute or two and names its sources. They do not replace an examination.
    """
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.errors import UsageError
    from cadencecoach.plan.forms import fill
    from cadencecoach.store.stored import reader_words
    from cadencecoach.store.user_store import user_store
    from cadencecoach.view.lessons import LESSONS, contents_lines, lesson_lines

    words = reader_words(user_store(), language=language)
    texts = words.lessons
    unknown = next((name for name in names if name not in LESSONS), None)
    if unknown is not None:
        raise UsageError(fill(texts.no_lesson, name=unknown, names=", ".join(LESSONS)))
    if not names:
        show_lines(contents_lines(texts, lambda name: command_line(f"learn {name}")))
    for number, name in enumerate(names):
        show_lines([*(["", ""] if number else []), *lesson_lines(LESSONS[name], texts, measures=words.measures)])
