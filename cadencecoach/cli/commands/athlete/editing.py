"""`cadencecoach athlete edit`: what was chosen for an athlete, chosen anew."""

import click

from cadencecoach.cli.commands.athlete.making import HOW_MUCH, VOICES
from cadencecoach.cli.printing import show_as_json, show_text

AS_SETTINGS = "settings"


@click.command("edit")
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--language",
    metavar="LANGUAGE",
    help="Language heard and read, such as de; `settings` uses the one in the settings.",
)
@click.option(
    "--voice", type=click.Choice((*VOICES, AS_SETTINGS)), help="Kind of voice; `settings` uses the one in the settings."
)
@click.option(
    "--words",
    type=click.Choice((*HOW_MUCH, AS_SETTINGS)),
    help="How much is said; `settings` uses what is in the settings.",
)
@click.option(
    "--shoes", multiple=True, metavar="TEXT", help="More shoes already in use, so that they do not count as new."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def edit(  # one argument for each option
    *,
    name: str | None,
    language: str | None,
    voice: str | None,
    words: str | None,
    shoes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Change the language, voice, words or shoes of NAME. Each change is added to the log; nothing is deleted.

    NAME is optional if there is only one athlete. The pseudonym itself stays: it is in every journal.
    """
    from cadencecoach.desk.athletes.editing import edit_profile
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    athlete = the_athlete(store, name, option="")
    chosen = {"language": _word(language), "voice": _word(voice), "words": _word(words)}
    changes = edit_profile(store, athlete, **chosen, shoes=shoes)
    if as_json:
        show_as_json({"athlete": athlete, "changed": [{"what": key, "now": word} for key, word in changes]})
    else:
        told = (f"{key}: {word or 'as in the settings'}" for key, word in changes)
        show_text(f"{athlete}: {', '.join(told) or 'nothing to change; it was so before'}")


def _word(chosen: str | None) -> str | None:
    return "" if chosen == AS_SETTINGS else chosen
