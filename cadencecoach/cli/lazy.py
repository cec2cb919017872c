"""Groups of commands: one that names what it has, and one of which a module is loaded when it is called."""

from collections.abc import Mapping
from importlib import import_module

import click

LONGEST = 1000  # characters of a first sentence
Place = tuple[str, str]  # module under `cadencecoach.cli.commands`, and the command in it


class Commands(click.Group):
    """A group of commands, which says what there is where somebody asks for another; so do groups within it."""

    group_class = type  # click's word for: the class of this one

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt name."""
        known = self.list_commands(ctx)
        if args[0] in known or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        import difflib  # only a misspelt command needs it

        near = self._groups_with(args[0], ctx) or difflib.get_close_matches(args[0], known, n=1)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"commands: {', '.join(known)}"
        raise click.UsageError(f"no command {args[0]!r}; {hint}", ctx=ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each with its whole first sentence, on as many lines as it takes; click would cut it in the middle."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, one.get_short_help_str(LONGEST)) for name, one in commands if one is not None and not one.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _groups_with(self, name: str, ctx: click.Context) -> list[str]:
        """The commands of this name that stand within a group: whoever types `report` wants `history report`."""
        within = [(known, self.get_command(ctx, known)) for known in self.list_commands(ctx)]
        return [
            f"{known} {name}"
            for known, one in within
            if isinstance(one, click.Group) and name in one.list_commands(ctx)
        ]


class LazyCommands(Commands):
    """A group over a table: name -> where the command stands, in the order of the help.

    Args:
        places: the table
        words: what click wants to know of a group
    """

    places: Mapping[str, Place] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's face
        """The commands in the order of the table."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's face
        """The command itself."""
        if cmd_name not in self.places:
            return None
        module, attribute = self.places[cmd_name]
        command: click.Command = getattr(import_module(f"cadencecoach.cli.commands.{module}"), attribute)
        return command
