import io
import re
import sys
from dataclasses import replace

import pytest
from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row
from rich.console import Console, ConsoleDimensions

from cadencecoach.cli.display import WHOLE_EVERY_S, PlainDisplay, ScreenDisplay, open_display
from cadencecoach.coach.events import Key
from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.session.host import Display
from cadencecoach.session.session import Session
from cadencecoach.view.plain import status_line
from cadencecoach.view.session_moment import model_of

PLAN = plan_of(replace(STAGE, name="Warm-up", duration_s=20.0), replace(AT_170, name="Rung", duration_s=40.0))


class Message:
    """The line that needs attention, as it is now."""

    text = ""

    def __call__(self) -> str:
        """The line."""
        return self.text


class ClosedTerminal(io.StringIO):
    """A terminal whose window was closed."""

    def write(self, text: str) -> int:  # noqa: ARG002  # a stream's face
        """Nobody is there."""
        raise OSError(5, "Input/output error")


def watched_by(display: Display, vote: Vote | None = None) -> Session:
    """A session before its start."""
    session = Session(
        PLAN,
        baseline_spm=160.0,
        vote=vote or Vote(),
        perform=lambda _: None,
        write=lambda _: None,
        watch=lambda thing: display.watch(session, thing),
    )
    return session


def played(display: Display, until_s: int = 65) -> Session:
    """At 160 spm to the end, shown each second."""
    session = watched_by(display)
    with display:
        for second in range(1, until_s):
            session.take_reading(Reading(time_s=float(second), cadence_spm=160.0))
            display.show(session, float(second))
    return session


def terminal(file: io.StringIO) -> Console:
    """80x24, as far as rich knows."""
    return Console(file=file, force_terminal=True, width=80, height=24, color_system=None, legacy_windows=False)


def test_plain_lines_tell_a_session_from_start_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Stages, words, feet, how it goes each half minute, and the end; one line each and no countdown."""
    played(PlainDisplay(Message(), ""))
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(", target 170 .*", ", ...", line) for line in lines] == [
        "00:00  stage 1 of 2: Warm-up (00:20)",
        "00:00  cue: Warm-up. (stage)",
        "00:01  running",
        "00:20  stage 2 of 2: Rung (00:40, target 170)",
        "00:20  cue: Rung. 170. (stage)",
        "00:30  160 spm, ...",
        "01:00  160 spm, ...",
        "01:00  cue: Session over. (session)",
        "01:00  end: finished",
    ]


def test_a_message_is_printed_when_it_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    """Once while it stands, again when it has been gone."""
    message = Message()
    display = PlainDisplay(message, "")
    session = watched_by(display)
    session.advance(1.0)
    capsys.readouterr()
    for time_s, text in enumerate(("", "no sound", "no sound", "", "no sound")):
        message.text = text
        display.show(session, 1.0 + time_s)
    assert capsys.readouterr().out == "no sound\nno sound\n"


def test_nothing_is_shown_before_the_first_stage(capsys: pytest.CaptureFixture[str]) -> None:
    """There is no moment yet."""
    display = PlainDisplay(Message(), "")
    session = watched_by(display)
    display.show(session, 0.0)
    assert model_of(session, 0.0, "", "") is None
    assert capsys.readouterr().out == ""


def test_the_screen_takes_the_terminal_draws_and_gives_it_back() -> None:
    """The other screen is entered first and left last; in between stand cadence, target and stage."""
    file = io.StringIO()
    played(ScreenDisplay(terminal(file), Message(), ""), until_s=30)
    drawn = file.getvalue()
    assert drawn.startswith("\x1b[?1049h")
    assert drawn.index("\x1b[?1049l") > drawn.rindex("Rung")
    for words in ("Warm-up", "Rung", "165 to 175"):
        assert words in drawn


class Glass(io.StringIO):
    """A terminal of 80 by 24 as somebody sees it: what is written goes where the cursor is, and must fit there.

    Attributes:
        rows: as they stand on it
        n_moves: of the cursor, one for each line written and for each drawing
    """

    def __init__(self) -> None:
        """Nothing stands on it."""
        super().__init__()
        self.rows = [" " * 80] * 24
        self.n_moves = 0
        self._row = self._column = 0

    def write(self, text: str) -> int:
        """Obey what moves the cursor, pass over colours, and take the rest as it comes."""
        for part in re.split(r"(\x1b\[[?0-9;]*[a-zA-Z]|\n)", text):
            if move := re.fullmatch(r"\x1b\[(?:(\d+);(\d+))?H", part):
                self._row, self._column = (int(place or 1) - 1 for place in move.groups())
                self.n_moves += 1
            elif part == "\n":
                self._row, self._column = self._row + 1, 0
                if self._row == 24:
                    self._row, self.rows = 23, [*self.rows[1:], " " * 80]
            elif part and not part.startswith("\x1b"):
                end = self._column + len(part)
                assert end <= 80
                before = self.rows[self._row]
                self.rows[self._row] = before[: self._column] + part + before[end:]
                self._column = end
        return len(text)


def whole(session: Session, time_s: float) -> list[str]:
    """The rows of a screen that is drawn for the first time at a moment."""
    glass = Glass()
    with ScreenDisplay(terminal(glass), Message(), "") as display:
        display.show(session, time_s)
        return list(glass.rows)


def test_at_every_moment_the_terminal_shows_what_a_whole_drawing_would() -> None:
    """Though only lines that are new are written; none is longer than the terminal, and none below it."""
    glass = Glass()
    display = ScreenDisplay(terminal(glass), Message(), "")
    session = watched_by(display)
    with display:
        for second in range(1, 60):
            session.take_reading(Reading(time_s=float(second), cadence_spm=150.0 + second // 4))
            display.show(session, float(second))
            assert glass.rows == whole(session, float(second))
    assert any("Rung" in row for row in glass.rows)
    assert glass.n_moves < 59 * 24 * 0.6


@each_row(("after_s", "stays"), [(WHOLE_EVERY_S - 0.5, {True}), (WHOLE_EVERY_S, {False})])
def test_a_screen_that_was_written_over_is_whole_again_after_a_while(after_s: float, stays: set[bool]) -> None:
    """By another program, or while this one was stopped: no line stays away for longer."""
    glass = Glass()
    display = ScreenDisplay(terminal(glass), Message(), "")
    session = watched_by(display)
    with display:
        session.advance(1.0)
        display.show(session, 1.0)
        glass.rows = ["@" * 80] * 24
        session.advance(1.0 + after_s)
        display.show(session, 1.0 + after_s)
        assert {any("@" in row for row in glass.rows)} == stays


def test_another_size_is_drawn_whole() -> None:
    """What stood there was broken up by the terminal."""
    glass, console = Glass(), terminal(Glass())
    console.file = glass
    display = ScreenDisplay(console, Message(), "")
    session = watched_by(display)
    with display:
        session.advance(1.0)
        display.show(session, 1.0)
        glass.rows = ["@" * 80] * 24
        console.size = ConsoleDimensions(70, 24)
        display.show(session, 1.0)
        assert not any("@" in row[:70] for row in glass.rows)


def test_what_is_printed_meanwhile_does_not_stay_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """A library that complains: the next look is as if nothing had happened."""
    glass = Glass()
    display = ScreenDisplay(terminal(glass), Message(), "")
    session = watched_by(display)
    with display:
        session.advance(1.0)
        display.show(session, 1.0)
        sys.stdout.write("something is deprecated\n")
        assert glass.rows != whole(session, 1.0)
        session.advance(2.0)
        display.show(session, 2.0)
        assert glass.rows == whole(session, 2.0)
    assert capsys.readouterr().out == ""


def test_a_message_stands_on_the_screen() -> None:
    """What needs attention is there at the next look."""
    file, message = io.StringIO(), Message()
    display = ScreenDisplay(terminal(file), message, "")
    session = watched_by(display)
    with display:
        session.advance(1.0)
        display.show(session, 1.0)
        assert "the sound device is gone" not in file.getvalue()
        message.text = "the sound device is gone"
        display.show(session, 2.0)
        assert "the sound device is gone" in file.getvalue()


def test_a_closed_terminal_ends_no_session() -> None:
    """Nothing can be drawn and nothing given back: the session goes on to its end."""
    file = io.StringIO()
    console = terminal(file)
    display = ScreenDisplay(console, Message(), "")
    session = watched_by(display)
    with display:
        session.advance(1.0)
        display.show(session, 1.0)
        console.file = ClosedTerminal()
        session.advance(100.0)
        display.show(session, 100.0)
    assert session.is_over


def test_a_closed_pipe_ends_no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for plain lines."""
    monkeypatch.setattr("sys.stdout", ClosedTerminal())
    assert played(PlainDisplay(Message(), "")).is_over


def test_where_there_is_no_terminal_plain_lines_are_chosen() -> None:
    """The output of a test is none."""
    assert isinstance(open_display(Message(), ""), PlainDisplay)


@each_row(
    ("vote", "text"),
    [(Vote(), "file counts steps"), (Vote(unit=Unit.STEPS), ENGLISH_SCREEN.counts_steps)],
)
def test_the_unit_is_the_sessions_where_it_has_one(vote: Vote, text: str) -> None:
    """Else what was known before the start; a decision made or changed while running shows at once."""
    session = watched_by(PlainDisplay(Message(), ""), vote)
    session.advance(1.0)
    model = model_of(session, 1.0, "", "file counts steps")
    assert model is not None
    assert model.unit == text


def test_a_moment_is_never_before_what_has_happened() -> None:
    """The loop looked at its clock before the last event came: the newer of the two times is shown."""
    session = watched_by(PlainDisplay(Message(), ""))
    session.press(12.5, Key.MUTE)
    model = model_of(session, 12.4, "", "")
    assert model is not None
    assert (model.time_s, model.is_muted, model.last_cue) == (12.5, True, "Warm-up.")


def seen(display: ScreenDisplay, glass: Glass, session: Session, time_s: float) -> str:
    """What stands on the screen at a moment."""
    session.take_reading(Reading(time_s=time_s, cadence_spm=160.0))
    display.show(session, time_s)
    return "\n".join(glass.rows)


def test_keys_of_the_screen_are_shown_at_once_and_go_by_themselves() -> None:
    """The list of keys for 20 s, or until another key; details until they are switched off."""
    glass = Glass()
    display = ScreenDisplay(terminal(glass), Message(), "")
    session = watched_by(display)
    with display:
        assert "signal" not in seen(display, glass, session, 1.0)
        display.press(session, ScreenKey.KEYS)
        assert "rate pain" in seen(display, glass, session, 2.0)
        assert "CADENCE" in seen(display, glass, session, 21.5)
        display.press(session, ScreenKey.KEYS)
        display.press(session, None)
        assert "rate pain" not in seen(display, glass, session, 23.0)
        display.press(session, ScreenKey.KEYS)
        display.press(session, ScreenKey.KEYS)
        assert "CADENCE" in seen(display, glass, session, 24.0)
        display.press(session, ScreenKey.DETAIL)
        assert "signal" in seen(display, glass, session, 25.0)
        display.press(session, ScreenKey.KEYS)
        display.press(session, ScreenKey.DETAIL)
        lines = seen(display, glass, session, 26.0)
        assert "CADENCE" in lines
        assert "signal" not in lines


def test_plain_lines_answer_the_keys_of_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """A line of details, and a line for each key."""
    display = PlainDisplay(Message(), "")
    session = played(display, until_s=20)
    capsys.readouterr()
    display.press(session, ScreenKey.DETAIL)
    display.press(session, ScreenKey.KEYS)
    display.press(session, None)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("00:19  signal 100 %")
    assert any(line.startswith("p, then 0 to 9") and "rate pain" in line for line in lines[1:])


def test_without_a_sensor_no_line_speaks_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a cadence nor a signal that nobody waits for."""
    model = model_of(played(PlainDisplay(Message(), "")), 20.0, "", "")
    assert model is not None
    capsys.readouterr()
    line = status_line(replace(model, has_sensor=False, cadence_spm=None))
    assert "signal" not in line
    assert "no cadence" not in line
