"""Options that several commands share, each written once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class SessionCommand(click.Command):
    """A command that runs a session: its help ends with the keys, which are looked up only when it is asked for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's face
        """The keys, one row a line."""
        from cadencecoach.coach.key_table import Mode
        from cadencecoach.view.keys import key_help

        mode = Mode.METRONOME if self.name == Mode.METRONOME.value else Mode.GUIDED
        formatter.write_paragraph()
        formatter.write_text(key_help(mode))


def take_path(_context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """A path as given, `~` as the home folder; an empty one would be the folder we stand in, which nobody means."""
    if text == "":
        raise UsageError(f"{option.opts[0]}: no file given; name one, or leave the option out")
    if text is None or not text.startswith("~"):
        return text
    from cadencecoach.devices.input_file import user_path  # only where there is a home to be looked up

    return str(user_path(text))


def _pseudonym(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    """A name that may go into a journal."""
    if text is not None:
        from cadencecoach.store.athlete_names import check_name  # only where somebody is named

        check_name(text)
    return text


def completed_plans(_context: click.Context, _param: click.Parameter, begun: str) -> "list[CompletionItem]":
    """What a shell offers for a plan: those that have a name, then files."""
    from click.shell_completion import CompletionItem

    from cadencecoach.store.plan_files import known_plans
    from cadencecoach.store.user_store import user_machine

    names = [CompletionItem(name) for name in known_plans(user_machine()) if name.startswith(begun)]
    return names or [CompletionItem(begun, type="file")]


PLAN = click.argument("plan_name", metavar="PLAN", shell_complete=completed_plans)
SESSION = click.option(
    "--session", metavar="N", help="Which run of a programme, with that day's values: 1, 2, ... or refresher."
)
BASELINE = click.option(
    "--baseline", "baseline_spm", type=float, metavar="SPM", help="Your own cadence; overrides the plan's."
)
ATHLETE = click.option(
    "--athlete", metavar="NAME", callback=_pseudonym, help="The athlete's pseudonym, for the journal."
)
JOURNAL = click.option("--journal", metavar="PATH", callback=take_path, help="Where to write the journal.")
CONFIG = click.option("--config", metavar="PATH", callback=take_path, help="A settings file (TOML).")
LANGUAGE = click.option(
    "--language", metavar="LANGUAGE", help="Language heard and read: en, de, fr, es, or one of your own."
)
UNIT = click.option(
    "--cadence-unit",
    "unit",
    type=click.Choice(["auto", "steps", "strides"]),
    help="What the sensor counts, if automatic detection is wrong.",
)
SEED = click.option("--seed", type=int, default=1, show_default=True, help="Random seed of the simulated runner.")
SOUND = click.option(
    "--sound",
    "sound_text",
    metavar="OUTPUT",
    default="default",
    show_default=True,
    help="default, device:NAME, sink:NAME, file:PATH (.wav, .flac, .mp3) or none.",
)
MUSIC = click.option(
    "--music",
    "music",
    is_flag=False,
    flag_value="on",
    metavar="on|off|FOLDER",
    callback=take_path,
    help="Your own songs on the beat instead of the click: on, off, or those of a folder. See docs/music.md.",
)
FORCE = click.option("--force", is_flag=True, help="Replace an existing file.")
CLUSTER = click.option(
    "--cluster", metavar="ADDRESS", help="Work on a Dask cluster: tls://HOST:PORT, or tcp://127.0.0.1:PORT."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")


SIMULATED_OR_REPLAYED = "sim[:k=v,...], replay:FILE (.fit, .tcx, .csv, .gpx, journal) or none."
SENSED_OR_PLAYED = (
    f"ble, ble:NAME-OR-ADDRESS, phone, phone:HOST[:PORT], mic[:NAME] (experimental), {SIMULATED_OR_REPLAYED}"
)


def feet(default: str, sources: str = SENSED_OR_PLAYED) -> Decorator:
    """`--feet`, with the command's own default and sources."""
    return click.option(
        "--feet",
        "feet_text",
        metavar="SOURCE",
        default=default,
        show_default=True,
        help=sources,
    )


def together(*options: Decorator) -> Decorator:
    """Several options as one decorator, shown in the order given."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
