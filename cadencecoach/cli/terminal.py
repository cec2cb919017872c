"""The terminal this program runs in, as what a session and its person meet."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from cadencecoach.cli.printing import tell
from cadencecoach.cli.prompts import ask_number, ask_yes_or_no
from cadencecoach.errors import UsageError
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts

if TYPE_CHECKING:
    from cadencecoach.desk.checkin.asking import Asker, RespondingHost
    from cadencecoach.plan.model import Plan
    from cadencecoach.plan.phrasebook import Phrasebook
    from cadencecoach.session.host import Display, Keys, Stop

STEP_S = 30.0  # session seconds between two movements of a progress bar


class Terminal:
    """A host at a shell: a screen or lines, single keys or a pipe. What it needs is loaded when it is asked for."""

    @property
    def can_answer(self) -> bool:
        """Whether there is somebody who sees a question and can press a key."""
        return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))

    def tell(self, *lines: str) -> None:
        """Lines on standard error, apart from what a program may read on standard output."""
        tell(*lines)

    def is_sure(self, question: str, texts: ScreenTexts = ENGLISH_SCREEN) -> bool:
        """Yes or no; Enter is no."""
        return ask_yes_or_no(question, texts)

    def choose(self, question: str, names: Sequence[str], texts: ScreenTexts = ENGLISH_SCREEN) -> int:
        """By number."""
        return ask_number(question, names, texts)

    def presses(self, key: str, question: str) -> bool:
        """By a single key; q and Ctrl-C abort the command."""
        from cadencecoach.cli.askers import is_pressed
        from cadencecoach.devices.clock import HostClock
        from cadencecoach.devices.keyboard import open_keyboard

        tell(f"{question} ", nl=False)
        with open_keyboard() as keyboard:
            return is_pressed(key, keyboard, HostClock())

    def taps(self, seconds: float, done: str) -> Sequence[float]:
        """By any key of the keyboard."""
        from cadencecoach.cli.askers import heard_taps
        from cadencecoach.devices.clock import HostClock
        from cadencecoach.devices.keyboard import open_keyboard

        with open_keyboard() as keyboard:
            return heard_taps(keyboard, HostClock(), seconds, done)

    def show_code(self, address: str) -> bool:
        """On standard error, beside the lines that tell what to do with it."""
        from cadencecoach.cli.codes import show_code

        return show_code(address, to_stderr=True)

    def wait_for(self, is_done: Callable[[], bool], every_s: float) -> bool:
        """Until any key."""
        from cadencecoach.devices.clock import HostClock
        from cadencecoach.devices.keyboard import open_keyboard

        clock = HostClock()
        with open_keyboard(clock.ring) as keyboard:
            while not is_done():
                if keyboard.poll() is not None:
                    return False
                clock.wait(every_s)
        return True

    def asker(self, words: "Phrasebook") -> "Asker":
        """Keys where there is a terminal, else lines.

        Raises:
            UsageError: there is no input at all
        """
        from cadencecoach.cli.askers import KeyAsker, LineAsker

        if self.can_answer:
            return KeyAsker(words)
        if sys.stdin is None or sys.stdin.closed:
            raise UsageError("there is no input to ask on; answer with options, such as --pain 3 --site knee")
        return LineAsker(sys.stdin)

    def display(self, message: Callable[[], str], unit_text: str) -> "Display":
        """A screen, or plain lines."""
        from cadencecoach.cli.display import open_display  # the screen's library is slow to load

        return open_display(message, unit_text)

    def keys(self, ring: Callable[[], None]) -> AbstractContextManager["Keys"]:
        """The keyboard, given back afterwards."""
        from cadencecoach.devices.keyboard import open_keyboard

        return open_keyboard(ring)

    def stop(self) -> AbstractContextManager["Stop"]:
        """Ctrl-C, a closed terminal, a system that shuts down."""
        from cadencecoach.devices.signals import StopRequests

        return StopRequests()

    def progress(self, plan: "Plan", open_stage_s: float) -> AbstractContextManager[Callable[[float], None]]:
        """A bar, where somebody is there to look at it."""
        return progress_bar(plan, open_stage_s)

    def load(self) -> None:
        """Load the screen."""
        import cadencecoach.cli.display  # noqa: F401


TERMINAL: "RespondingHost" = Terminal()


@contextmanager
def progress_bar(plan: "Plan", open_stage_s: float) -> Iterator[Callable[[float], None]]:
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
