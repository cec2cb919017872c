"""`cadencecoach programme list`: the programmes that come with the program."""

import click

from cadencecoach.cli.printing import show_as_json


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of a table.")
def list_(*, as_json: bool) -> None:
    """List the programmes that come with the program, with name, title and length."""
    from cadencecoach.cli.answers.listing import show_list
    from cadencecoach.store.programme_files import open_programme, packed_programmes
    from cadencecoach.view.bundled import Bundled
    from cadencecoach.view.programme.weeks import n_weeks

    known = {name: open_programme(path)[1] for name, path in packed_programmes().items()}
    if as_json:
        facts = [
            {"name": name, "title": one.name, "about": one.about, "runs": len(one.sessions), "weeks": n_weeks(one)}
            for name, one in known.items()
        ]
        show_as_json(facts)
        return
    show_list(
        [
            Bundled(name=name, title=one.name, length=f"{len(one.sessions)} runs, {_weeks(n_weeks(one))}")
            for name, one in known.items()
        ]
    )


def _weeks(number: int) -> str:
    return "1 week" if number == 1 else f"{number} weeks"
