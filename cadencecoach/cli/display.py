"""What shows a live session: a screen where there is a terminal, plain lines where there is none.

A terminal that was closed and a pipe nobody reads any more are no reason to end a session: it goes on unseen.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import zip_longest
from types import TracebackType
from typing import Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from rich.live import Live

from cadencecoach.cli.printing import show_text
from cadencecoach.coach.actions import Action, AnswerKey
from cadencecoach.coach.events import FeetChanged
from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.coach.pain import SHOWN_S
from cadencecoach.devices.reach.place import given_name
from cadencecoach.live.reach.unattended import Unattended
from cadencecoach.session.host import Display
from cadencecoach.session.session import Session
from cadencecoach.view.keys import key_list
from cadencecoach.view.metronome_screen import metronome_line, render_metronome
from cadencecoach.view.model import look_of
from cadencecoach.view.plain import STATUS_EVERY_S, detail_line, key_answer, plain_line, status_line
from cadencecoach.view.screen import Picture, render
from cadencecoach.view.session_moment import mode_of, model_of

Message = Callable[[], str]
WHOLE_EVERY_S = 5.0  # a screen that was written over is whole again by then
KEYS_SHOWN_S = 20.0  # long enough to read them; who runs on looks at the figures


def open_display(message: Message, unit_text: str) -> Display:
    """A screen, or plain lines; nothing where another program has started the session and shows it.

    Args:
        message: the line that needs attention now, mostly empty
        unit_text: how the sensor's numbers are read, where that is known before the start
    """
    if given_name():
        return Unattended()
    console = Console(markup=False, emoji=False)
    if console.is_terminal and not console.is_dumb_terminal and sys.stdout.isatty():
        return ScreenDisplay(console, message, unit_text)
    return PlainDisplay(message, unit_text)


class ScreenDisplay:
    """The whole terminal, redrawn when something on it has changed."""

    def __init__(self, console: Console, message: Message, unit_text: str) -> None:
        """Take the terminal when entered."""
        self._live = Live(self, console=console, screen=True, auto_refresh=False)
        self._console = console
        self._message = message
        self._unit_text = unit_text
        self._drawn: object = None
        self._looks: Sequence[object] = ()  # of the lines that stand on the terminal
        self._size = (0, 0)
        self._whole_s = 0.0
        self._answer = ""
        self._answer_until_s = 0.0
        self._shows_detail = False
        self._keys_until_s = 0.0

    def watch(self, session: Session, thing: Action | FeetChanged) -> None:
        """The next moment shows it; what a key came to, for some seconds."""
        model = model_of(session, session.now_s, "", "")
        answer = "" if model is None else key_answer(thing, model)
        if answer:
            shown_s = thing.shown_s if isinstance(thing, AnswerKey) else SHOWN_S
            self._answer, self._answer_until_s = answer, session.now_s + shown_s

    def press(self, session: Session, key: ScreenKey | None) -> None:
        """The next moment shows it; any other key brings the figures back."""
        shows_keys = session.now_s < self._keys_until_s
        self._keys_until_s = session.now_s + KEYS_SHOWN_S if key is ScreenKey.KEYS and not shows_keys else 0.0
        self._shows_detail ^= key is ScreenKey.DETAIL

    def show(self, session: Session, time_s: float) -> None:
        """Draw the moment, if it looks different from the one before."""
        is_asking = session.state.pain.is_open(time_s)
        answer = self._answer if is_asking or time_s <= self._answer_until_s else ""
        model = model_of(session, time_s, self._message(), self._unit_text, answer)
        if model is None:
            return
        model = replace(model, shows_detail=self._shows_detail, shows_keys=time_s < self._keys_until_s)
        (width, height), metronome = self._console.size, session.state.metronome
        looks = (look_of(model), metronome, width, height)
        if looks == self._drawn:
            return
        self._drawn = looks
        picture = (
            render(model, width, height) if metronome is None else render_metronome(model, metronome, width, height)
        )
        with suppress(OSError):
            self._draw(picture, time_s)

    def _draw(self, picture: Picture, time_s: float) -> None:
        """Write the lines that are new; now and then all, because others may have written over them."""
        lines = picture.lines(self._console)
        looks: list[object] = [(line.plain, line.style, line.spans) for line in lines]
        size = (picture.width, len(lines))
        if size != self._size or not 0 <= time_s - self._whole_s < WHOLE_EVERY_S:
            self._looks, self._size, self._whole_s = (), size, time_s
        new = [
            segment
            for row, (line, look, before) in enumerate(zip_longest(lines, looks, self._looks))
            if look != before
            for segment in (Control.move_to(0, row).segment, *picture.segments(line, self._console))
        ]
        self._console.update_screen_lines([new])  # as one: each call looks anew how large the terminal is
        self._looks = looks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Nothing. Rich asks where something was printed: no line stands as it was, and the next look writes all."""
        self._size = (0, 0)
        return iter(())

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            self._live.__exit__(kind, error, at)


class PlainDisplay:
    """One line for each thing that matters, and now and then one on how it goes."""

    def __init__(self, message: Message, unit_text: str) -> None:
        """Say nothing yet."""
        self._message = message
        self._unit_text = unit_text
        self._status_s = 0.0
        self._said = ""

    def watch(self, session: Session, thing: Action | FeetChanged) -> None:
        """Print what is of interest."""
        model = model_of(session, session.now_s, self._message(), self._unit_text)
        line = None if model is None else plain_line(thing, model)
        if line is not None:
            _print(line)

    def press(self, session: Session, key: ScreenKey | None) -> None:
        """Print what was asked for."""
        model = model_of(session, session.now_s, "", self._unit_text)
        if model is None or key is None:
            return
        lines = [detail_line(model)] if key is ScreenKey.DETAIL else key_list(mode_of(session), model.key_texts)
        for line in lines:
            _print(line)

    def show(self, session: Session, time_s: float) -> None:
        """Print the message when it is new, and the status when it is time."""
        model = model_of(session, time_s, self._message(), self._unit_text)
        if model is None:
            return
        if model.message and model.message != self._said:
            _print(model.message)
        self._said = model.message
        if time_s - self._status_s >= STATUS_EVERY_S:
            self._status_s = time_s
            _print(status_line(model) if session.state.metronome is None else metronome_line(model))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Nothing to give back."""


def _print(line: str) -> None:
    with suppress(OSError):
        show_text(line)
