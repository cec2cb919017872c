"""The commands as click knows them. One is loaded only when it is called."""

import io
import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

import click
from click.shell_completion import shell_complete

from cadencecoach import __version__
from cadencecoach.cli.lazy import LazyCommands, Place
from cadencecoach.cli.printing import tell
from cadencecoach.cli.table import COMMANDS, help_text
from cadencecoach.devices.command_line import NAME, program
from cadencecoach.plan.syntax.findings import visible

EXIT_INTERRUPTED = 130
COMPLETE = "_CADENCECOACH_COMPLETE"  # set by a shell that asks for completions; click's name for it
# What click says of a value, and what a person calls it.
PLAIN_WORDS = (
    (re.compile(r"'(-?\d+),(\d+)' is not a valid float( range)?\."), r"'\1,\2' is not a number; write \1.\2."),
    (re.compile(r"is not a valid float( range)?\."), "is not a number."),
    (re.compile(r"is not a valid integer( range)?\."), "is not a whole number."),
    (re.compile(r"is not in the range (\S+)<=x<=(\S+)\."), r"is not allowed; \1 to \2 is."),
    (re.compile(r"is not in the range x>=(\S+)\."), r"is not allowed; \1 or more is."),
)


class LazyGroup(LazyCommands):
    """The commands of the table, and its help."""

    places: Mapping[str, Place] = {name: (module, attribute) for name, (module, attribute, _) in COMMANDS.items()}

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002  # click's face
        """The same help as without click."""
        return help_text(program())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cadencecoach")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
def cadencecoach(*, debug: bool) -> None:
    """A real-time audio cadence coach: it runs the session that a plan describes."""


def call(words: Sequence[str]) -> int:
    """Call a command; the answer is the exit status.

    Raises:
        CadencecoachError: what the command found wrong
    """
    if asked := os.environ.get(COMPLETE):
        return shell_complete(cadencecoach, {}, NAME, COMPLETE, asked)
    try:
        # Not click's own `main`, which makes a failure of an output that nobody reads any more.
        with cadencecoach.make_context(program(), list(words)) as context:
            result: Any = cadencecoach.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        _complain(error)
        return error.exit_code
    except click.exceptions.Abort:
        return EXIT_INTERRUPTED
    return result if isinstance(result, int) else 0


def _complain(error: click.ClickException) -> None:
    """Say what click found wrong, in its words or plainer ones; nothing in it commands a terminal or adds a line."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # a help of ours, which has lines
        tell(error.format_message())
        return
    said = io.StringIO()
    error.show(said)
    message = error.format_message()
    plainly = visible(message)
    for of_programs, of_people in PLAIN_WORDS:
        plainly = of_programs.sub(of_people, plainly)
    tell(said.getvalue().replace(message, plainly).rstrip("\n"))
