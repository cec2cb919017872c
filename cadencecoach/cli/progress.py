"""A progress bar for a rehearsal, where somebody is there to look at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cadencecoach.plan.model import Plan

STEP_S = 30.0  # session seconds between two movements of the bar


@contextmanager
def progress_bar(plan: Plan, open_stage_s: float) -> Iterator[Callable[[float], None]]:
    """A function to be told the session time; it draws on standard error if that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():  # a daemon may have none
        yield lambda _: None
        return
    from rich.console import Console  # takes as long as a short rehearsal
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    total_s = sum(stage.duration_s or open_stage_s for stage in plan.stages)
    columns = (TextColumn("rehearsing"), BarColumn(), TextColumn("{task.percentage:3.0f} %"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, markup=False, emoji=False), transient=True) as progress:
        task = progress.add_task("rehearsing", total=total_s)
        shown_s = 0.0

        def show(time_s: float) -> None:
            nonlocal shown_s
            if time_s - shown_s >= STEP_S:
                shown_s = time_s
                progress.update(task, completed=time_s)

        yield show
