"""`cadencecoach settings`: what is set, where that comes from, and how to change it."""

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.lazy import Commands
from cadencecoach.cli.printing import show_as_json, show_text


@click.group(cls=Commands, invoke_without_command=True)
@options.CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.pass_context
def settings(context: click.Context, *, config: str | None, as_json: bool) -> None:
    """Show every setting with its value and where it comes from: default, file, environment or option.

    An environment variable such as CADENCECOACH_SOUND_DEVICE overrides your file; a file named with --config overrides
    both. Passwords in addresses are not shown.
    """
    if context.invoked_subcommand is not None:
        return
    from cadencecoach.cli.answers.tables import shown_table
    from cadencecoach.desk.settings.changing import overview
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.user_store import user_machine

    found = overview(user_machine(), config)
    if as_json:
        told = {
            "file": str(found.path),
            "is_there": found.is_there,
            "settings": [
                {"key": one.key, "value": one.value, "from": one.origin.value, "default": one.default}
                for one in found.shown
            ],
            "notes": list(found.notes),
        }
        show_as_json(told)
        return
    shown_table([("setting", "value", "from"), *((one.key, f"{one.value}", one.origin.value) for one in found.shown)])
    show_text("\n".join(("", *found.notes)) if found.notes else "")
    there = "" if found.is_there else " (not there yet)"
    show_text(f"your file: {clean_name(found.path)}{there}")
    from cadencecoach.devices.command_line import command_line

    change, unset = command_line("settings set KEY VALUE"), command_line("settings unset KEY")
    show_text(f"change one: {change}\nback to the default: {unset}")


@settings.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("key", metavar="KEY")
@click.argument("value", metavar="VALUE")
def set_(*, key: str, value: str) -> None:
    """Set KEY to VALUE in your settings file; comments in it stay. A key's last word will do, as in `set units`."""
    from cadencecoach.desk.settings.changing import set_setting
    from cadencecoach.store.user_store import user_machine

    show_text("\n".join(set_setting(user_machine(), key, value)))


@settings.command("unset")
@click.argument("key", metavar="KEY")
def unset(*, key: str) -> None:
    """Take KEY out of your settings file, so that the default holds again."""
    from cadencecoach.desk.settings.changing import unset_setting
    from cadencecoach.store.user_store import user_machine

    show_text("\n".join(unset_setting(user_machine(), key)))


@settings.command("reset")
def reset() -> None:
    """Go back to all defaults. Your settings file is kept under another name beside it."""
    from cadencecoach.desk.settings.changing import reset_settings
    from cadencecoach.store.user_store import user_machine

    show_text("\n".join(reset_settings(user_machine())))
