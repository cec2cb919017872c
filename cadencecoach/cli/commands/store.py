"""`cadencecoach store`: what athletes and sessions are kept in, moved and looked at."""

import click

from cadencecoach.cli.lazy import Commands
from cadencecoach.cli.printing import show_as_json, show_text, tell

EXIT_FOUND = 1
PASSWORD_FILE = click.option(
    "--password-file", default="", metavar="FILE", help="A private file with the database's password alone."
)
PERSON = click.option("--person", default="", metavar="NAME", help="Who you are to the database.")
WORDS = {
    "athletes": "athletes",
    "entries": "entries of logs",
    "texts": "profiles and programme texts",
    "files": "pictures and other files",
    "links": "links to files",
    "sessions": "sessions",
    "kept_beside": "further journals of sessions",
}


@click.group(cls=Commands)
def store() -> None:
    """Check the store, copy one store into another, prepare a database.

    The setting store.url names the store: empty for files, sqlite:///FILE, or postgresql://USER@COMPUTER/DATABASE.
    It never contains a password: that is in ~/.pgpass, or in a private file that store.password_file names.
    """


@store.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def check(*, as_json: bool) -> int:
    """Read everything in the store and compare each journal with its hash; say who can see it and what waits.

    The exit status is 1 if something needs attention.
    """
    from cadencecoach.desk.keeping.checking import check_store
    from cadencecoach.store.user_store import user_store

    found = check_store(user_store())
    if as_json:
        show_as_json([{"about": one.about, "is_well": one.is_well, "text": one.text} for one in found])
    else:
        show_text("\n".join(f"{'  ' if one.is_well else '! '}{one.about}: {one.text}" for one in found))
    return 0 if all(one.is_well for one in found) else EXIT_FOUND


@store.command("hand-over")
def hand_over() -> int:
    """Hand over what waits on this computer because the database did not answer.

    A program that is open does this every 15 seconds, and every command before it begins. The exit status is 1 if
    something still waits, or the database does not answer.
    """
    from cadencecoach.desk.keeping.handing_over import hand_over_now
    from cadencecoach.store.user_store import user_store

    text, is_done = hand_over_now(user_store())
    show_text(text)
    return 0 if is_done else EXIT_FOUND


@store.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@PASSWORD_FILE
@PERSON
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def copy(*, source: str, target: str, password_file: str, person: str, as_json: bool) -> int:
    """Copy every athlete and session from FROM into TO. FROM stays as it is; what is in TO already stays.

    FROM and TO are `files` for the files of this computer, a folder, sqlite:///FILE or
    postgresql://USER@COMPUTER/DATABASE. Copy again after an interruption: what is there is not copied twice. The exit
    status is 1 if something differs or was left out.
    """
    from cadencecoach.desk.keeping.copying import copy_named
    from cadencecoach.store.user_store import user_files

    done = copy_named(user_files(), source, target, password_file=password_file, person=person)
    if as_json:
        show_as_json({"new": done.new, "same": done.same, "differing": done.differing, "left": done.left})
    else:
        for kind, words in WORDS.items():
            if done.new[kind] or done.same[kind]:
                show_text(f"{words}: {done.new[kind]} copied, {done.same[kind]} there already")
        show_text("nothing to copy" if not any((*done.new.values(), *done.same.values())) else "copied and counted")
        tell(*(f"differs, and stays as it is in {target}: {one}" for one in done.differing), *done.left)
    return EXIT_FOUND if done.differing or done.left else 0


@store.command("prepare")
@click.argument("address", metavar="ADDRESS")
@PASSWORD_FILE
@click.option("--lead", default="", metavar="NAME", help="Make NAME a lead, who sees everybody and adds people.")
def prepare(*, address: str, password_file: str, lead: str) -> None:
    """Make the tables of a database, or bring them up to date; run it as the user who owns the database.

    On PostgreSQL the user that cadencecoach connects as afterwards owns nothing, and each person sees their own
    caseload.
    """
    from cadencecoach.desk.keeping.preparing import prepare_database

    show_text("\n".join(prepare_database(address, password_file, lead)))


@store.group("person")
def person() -> None:
    """Say who may see whom in the database of a clinic. A lead does this."""


@person.command("list")
def list_people() -> None:
    """List the people, what each may do, and whom they see."""
    from cadencecoach.cli.answers.tables import shown_table
    from cadencecoach.desk.keeping.people import people_of
    from cadencecoach.store.user_store import user_store

    rows = [
        (one.name, one.role if one.is_active else f"{one.role} (may not come in)", ", ".join(one.sees))
        for one in people_of(user_store()).everybody()
    ]
    shown_table([("name", "role", "sees"), *rows])


@person.command("add")
@click.argument("name", metavar="NAME")
@click.option("--role", required=True, metavar="ROLE", help="lead, clinician, reader or researcher.")
def add_person(*, name: str, role: str) -> None:
    """Add NAME, or change what they may do."""
    from cadencecoach.desk.keeping.people import people_of
    from cadencecoach.store.user_store import user_store

    people_of(user_store()).put(name, role)
    show_text(f"{name}: {role}")


@person.command("remove")
@click.argument("name", metavar="NAME")
def remove_person(*, name: str) -> None:
    """Stop letting NAME in. What they wrote stays."""
    from cadencecoach.desk.keeping.people import people_of, person_called
    from cadencecoach.store.user_store import user_store

    people = people_of(user_store())
    people.put(name, person_called(people, name).role, is_active=False)
    show_text(f"{name} may not come in any more")


@person.command("password")
@click.argument("name", metavar="NAME")
@click.option("--from", "file", metavar="FILE", help="A private file with the password alone, instead of asking.")
def set_password(*, name: str, file: str | None) -> None:
    """Give NAME a password for the page, in place of any before it. Anybody signed in as NAME is signed out.

    It is asked for twice: let NAME type it.
    """
    from cadencecoach.desk.keeping.people import password_from, people_of
    from cadencecoach.store.user_store import user_store

    people = people_of(user_store())
    people.set_password(name, password_from(file) if file is not None else _asked_password(name))
    show_text(f"{name} signs in on the page by this password; whoever was signed in as {name} is out")


def _asked_password(name: str) -> str:
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.errors import UsageError

    if not TERMINAL.can_answer:
        raise UsageError("there is nobody to ask for the password; give it with --from FILE")
    return str(click.prompt(f"Password of {name}", hide_input=True, confirmation_prompt="Once more", err=True))


@person.command("sees")
@click.argument("name", metavar="NAME")
@click.argument("athletes", metavar="ATHLETE...", nargs=-1, required=True)
@click.option("--no-more", is_flag=True, help="Take them out of the caseload instead.")
def sees(*, name: str, athletes: tuple[str, ...], no_more: bool) -> None:
    """Put each ATHLETE into the caseload of NAME."""
    from cadencecoach.desk.keeping.people import people_of, person_called
    from cadencecoach.store.user_store import user_store

    people = people_of(user_store())
    people.let_see(name, athletes, may=not no_more)
    show_text(f"{name} sees {', '.join(person_called(people, name).sees) or 'nobody'}")


@store.command("audit")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="How many, newest first.")
def audit(*, limit: int) -> None:
    """Show who read, changed, exported and forgot whom through cadencecoach. Only a lead can see this."""
    from cadencecoach.cli.answers.tables import shown_table
    from cadencecoach.desk.keeping.people import people_of
    from cadencecoach.store.user_store import user_store

    shown_table([("when", "who", "what", "whom"), *people_of(user_store()).audit(limit)])
