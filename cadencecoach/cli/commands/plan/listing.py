"""`cadencecoach plan list`: the plans that have a name."""

from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_as_json, tell

if TYPE_CHECKING:
    from cadencecoach.plan.model import Plan

S_PER_MIN = 60.0


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of a table.")
def list_(*, as_json: bool) -> None:
    """List the plans that come with the program and those kept here, with name, title and length."""
    from cadencecoach.cli.answers.listing import show_list
    from cadencecoach.errors import CadencecoachError
    from cadencecoach.plan.model import Plan
    from cadencecoach.store.plan_files import known_plans, open_plan
    from cadencecoach.store.user_store import user_machine
    from cadencecoach.view.bundled import Bundled
    from cadencecoach.view.plan.table import length_words

    plans = dict[str, Plan]()
    for name, path in known_plans(user_machine()).items():
        try:
            plans[name] = open_plan(path)
        except CadencecoachError as error:  # a plan of one's own that was changed by hand
            tell(str(error))
    if as_json:
        show_as_json([_facts(name, plan) for name, plan in plans.items()])
        return
    show_list([Bundled(name=name, title=plan.name, length=length_words(plan)) for name, plan in plans.items()])


def _facts(name: str, plan: "Plan") -> dict[str, object]:
    """For machines; `minutes` is null where a stage waits for a key."""
    minutes = None if plan.duration_s is None else plan.duration_s / S_PER_MIN
    return {"name": name, "title": plan.name, "about": plan.about, "minutes": minutes, "stages": len(plan.stages)}
