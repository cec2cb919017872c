"""The command line. Nothing heavy is imported before a command needs it: `--help` must be there at once."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from cadencecoach import __version__
from cadencecoach.errors import CadencecoachError, DeviceError, PlanError

# name -> (module, attribute, one line of help); the line stands here so that help needs no import
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("commands.demo", "demo", "90 s guided session with a simulated runner; no hardware needed."),
    "run": ("commands.run", "run", "Guided session, live."),
    "rehearse": ("commands.rehearse", "rehearse", "The same session in virtual time: sound file and journal."),
    "plan": ("commands.plan", "plan", "Check, show and describe plan files."),
}
EXIT_FOUND_ERRORS, EXIT_USAGE, EXIT_DEVICE, EXIT_INTERRUPTED = 1, 2, 3, 130
EXIT_OF: dict[type[CadencecoachError], int] = {PlanError: EXIT_FOUND_ERRORS, DeviceError: EXIT_DEVICE}


class LazyGroup(click.Group):
    """A group that knows its commands by name and loads one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's face
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's face
        """The command itself."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"cadencecoach.app.{module}"), attribute)
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table, without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[2]) for name, entry in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cadencecoach")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
def cadencecoach(*, debug: bool) -> None:
    """A real-time audio cadence coach: plan in, coached session out.

    A coaching aid, not a medical device. Everything stays on this machine.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; the answer is the exit status.

    0 done, 1 the check found errors, 2 wrong usage or unreadable file, 3 a device is missing, 130 interrupted.
    """
    words = list(sys.argv[1:] if args is None else args)
    try:
        result: Any = cadencecoach.main(words, prog_name="cadencecoach", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _output_closed()
    except CadencecoachError as error:
        if "--debug" in words:
            raise
        click.echo(str(error), err=True)
        return next((status for kind, status in EXIT_OF.items() if isinstance(error, kind)), EXIT_USAGE)
    return result if isinstance(result, int) else 0


def _output_closed() -> int:
    """Whoever read our output has gone (`| head`): no more words, and no complaint at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def entry() -> None:
    """The console script."""
    sys.exit(main())
