"""The commands as click knows them. One is loaded only when it is called."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from cadencecoach import __version__
from cadencecoach.app.table import COMMANDS, HELP

EXIT_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that knows its commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's face
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's face
        """The command itself."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"cadencecoach.app.commands.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt name."""
        if args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        import difflib  # noqa: PLC0415  # only a misspelt command needs it

        near = difflib.get_close_matches(args[0], COMMANDS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"commands: {', '.join(COMMANDS)}"
        raise click.UsageError(f"no command {args[0]!r}; {hint}", ctx=ctx)

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002  # click's face
        """The same help as without click."""
        return HELP


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cadencecoach")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
def cadencecoach(*, debug: bool) -> None:
    """A real-time audio cadence coach: plan in, coached session out."""


def called(words: Sequence[str]) -> int:
    """Call a command; the answer is the exit status.

    Raises:
        CadencecoachError: what the command found wrong
    """
    try:
        # Not click's own `main`, which makes a failure of an output that nobody reads any more.
        with cadencecoach.make_context("cadencecoach", list(words)) as context:
            result: Any = cadencecoach.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Abort:
        return EXIT_INTERRUPTED
    return result if isinstance(result, int) else 0
