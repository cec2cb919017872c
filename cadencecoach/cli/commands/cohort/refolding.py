"""`cadencecoach cohort refold`: all sessions decided again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.commands.checking import count_words
from cadencecoach.cli.commands.cohort.progress import tell_sessions
from cadencecoach.cli.printing import show_as_json, show_text, tell
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.cohort.refolding import Difference, Refold

RESEARCH = "research"
EXIT_LEFT_OUT = 1
SHOWN = 20  # sessions that became others
WORDS = {
    "people": "athlete",
    "sessions": "session",
    "checkins": "check-in",
    "baselines": "baseline run",
    "decisions": "decision",
    "findings": "finding",
}


@click.command("refold")
@click.option(
    "--set",
    "numbers",
    multiple=True,
    metavar="KEY=VALUE",
    help="Another number in every stage: dwell=12s.",
)
@options.CLUSTER
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def refold(*, numbers: tuple[str, ...], cluster: str | None, as_json: bool) -> int:
    """Decide every session kept here again, and list what changed.

    It uses today's program with the numbers of that day; with `--set`, as if every stage had had another number.
    Sensors and runners stay as recorded: it shows what the coach would do, not what the runners would have done.
    Nothing is written. The exit status is 1 if something changed or could not be read.
    """
    from cadencecoach.cohort.pool import open_pool
    from cadencecoach.cohort.refolding import refold_store
    from cadencecoach.plan.feedback_keys import changes_of
    from cadencecoach.store.user_store import user_store

    pairs = dict(_pair(one) for one in numbers)
    changed = changes_of(pairs)
    with open_pool(cluster) as pool:
        whole = refold_store(user_store(), pool, changed, tell=tell_sessions)
    tell(*(f"left out: {problem}" for problem in whole.left_out.problems))
    if as_json:
        show_as_json(_refold_json(whole))
    else:
        show_text("\n".join(_refold_lines(whole)))
    return EXIT_LEFT_OUT if whole.others or whole.left_out.problems else 0


def _pair(text: str) -> tuple[str, str]:
    key, is_one, value = text.partition("=")
    if not is_one:
        raise UsageError(f"--set {text}: is to be KEY=VALUE, as in dwell=12s")
    return key.strip(), value.strip()


def _refold_lines(whole: "Refold") -> Iterator[str]:
    yield f"{count_words(whole.n_same, 'session')} as before, {len(whole.others)} others"
    for why, number in sorted(whole.not_decided.items()):
        yield f"{count_words(number, 'session')} not decided again: {why}"
    if whole.changes:
        yield "changed by, in those sessions where it is another:"
    for name, one in whole.changes.items():
        yield f"  {name}: {one.mean:+.4g} in the mean, {one.largest:+.4g} at most, in {one.n_sessions}"
    for session, first in whole.others[:SHOWN]:
        yield f"  {session}: {'figures alone' if first is None else f'first: {first.before}; now {first.after}'}"
    if len(whole.others) > SHOWN:
        yield f"  and {len(whole.others) - SHOWN} more"


def _words(first: "Difference") -> dict[str, object]:
    return {"before": first.before, "now": first.after}


def _refold_json(whole: "Refold") -> dict[str, object]:
    return {
        "same": whole.n_same,
        "others": [
            {"session": session, **({} if first is None else {"first_s": first.at_s, **_words(first)})}
            for session, first in whole.others
        ],
        "changes": {
            name: {"sessions": one.n_sessions, "mean": one.mean, "largest": one.largest}
            for name, one in whole.changes.items()
        },
        "not_decided": whole.not_decided,
        "left_out": whole.left_out.problems,
    }
