"""`cadencecoach athlete new`: an athlete begins to be kept."""

import click

from cadencecoach.cli.printing import show_as_json, show_text

VOICES = ("auto", "espeak", "piper", "system", "recorded", "none")
HOW_MUCH = ("few", "usual", "many")


@click.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--language",
    default="",
    metavar="LANGUAGE",
    help="Language heard and read, such as de. Default: the one in the settings.",
)
@click.option("--voice", type=click.Choice(VOICES), help="Kind of voice. Default: the one in the settings.")
@click.option("--words", type=click.Choice(HOW_MUCH), help="How much is said. Default: as in the settings.")
@click.option("--shoes", multiple=True, metavar="TEXT", help="Shoes already in use, so that they do not count as new.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def new(  # one argument for each option
    *, name: str, language: str, voice: str | None, words: str | None, shoes: tuple[str, ...], as_json: bool
) -> None:
    """Add an athlete called NAME: a pseudonym, such as r7.

    Profile, log, baselines and programme are kept in one folder that only you can read. Please do not use a
    person's name: it goes into every journal.
    """
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.record.profile import Profile
    from cadencecoach.store.athlete_log import day_asked
    from cadencecoach.store.athlete_names import check_name
    from cadencecoach.store.phrases import check_language
    from cadencecoach.store.roster import make_athlete
    from cadencecoach.store.settings import find_settings
    from cadencecoach.store.user_store import user_store

    store = user_store()
    if language:
        check_language(store.machine, language, find_settings(store.machine, None).voice)
    profile = Profile(
        athlete=check_name(name),
        created=day_asked(None),
        language=language,
        voice=voice or "",
        words=words or "",
        shoes=tuple(dict.fromkeys(shoes)),
        shoes_before=tuple(dict.fromkeys(shoes)),
    )
    make_athlete(store, profile)
    place = store.place_of(name)
    if as_json:
        show_as_json({"athlete": name, "folder": place})
    else:
        show_text(f"{name} added; kept in {place}")
        programme = command_line(f"programme start field6wk --athlete {name}")
        show_text(f"next: `{programme}`, or `{command_line(f'run own-cadence --feet ble --athlete {name}')}`")
