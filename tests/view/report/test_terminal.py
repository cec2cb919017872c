"""A session in terminals of every kind."""

import io
from dataclasses import asdict

from drawn_sessions import Line, made_lines, made_sheet
from each_row import each_row
from rich.cells import cell_len
from rich.console import Console

from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.terminal.columns import columns_of
from cadencecoach.view.report.terminal.picture import UNICODE, picture
from cadencecoach.view.report.terminal.session import session_in_terminal


def shown(sheet: SessionSheet, width: int, height: int, encoding: str = "utf-8") -> list[str]:
    """The lines a terminal of that size and encoding gets."""
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding=encoding), width=width, height=height, highlight=False)
    console.print(session_in_terminal(sheet))
    console.file.flush()
    return raw.getvalue().decode(encoding).splitlines()


@each_row("encoding", ["utf-8", "ascii"])
@each_row(("width", "height"), [(20, 5), (40, 24), (80, 24), (200, 50)])
def test_nothing_is_wider_than_the_terminal(width: int, height: int, encoding: str) -> None:
    """In every size and encoding the lines fit, and the headline is there."""
    lines = shown(made_sheet(name="\u592a\u90ce \u00e9", origin="A simulation."), width, height, encoding)
    assert max(map(cell_len, lines)) <= width
    assert lines[0] == "A simulation."
    assert lines[1].startswith("On target")


def test_headline_and_picture_fit_the_first_screen() -> None:
    """On 80 by 24 the picture with its legend ends on the first screen."""
    lines = shown(made_sheet(), 80, 24)
    legend = next(n for n, line in enumerate(lines) if "own cadence" in line and "\u25cf cadence" in line)
    assert legend < 24


def test_shapes_tell_helped_and_alone_apart() -> None:
    """Without any colour the band of a helped stretch and that of a silent one are different characters."""
    picture = "\n".join(shown(made_sheet(), 80, 24, "ascii"))
    assert all(sign in picture for sign in (":::", "///", "===", "x", "w", "^", "v"))


def test_what_stayed_and_what_was_noted_are_told() -> None:
    """The figures of the page stand here too."""
    lines: list[Line] = made_lines()
    lines.insert(-1, {"t": 1199.0, "what": "note", "about": "pain", "text": "left shin", "level": 3})
    told = "\n".join(shown(made_sheet(lines=lines), 100, 40))
    for words in ("With help, and without", "On your own: mean", "left shin (3 of 10)", "Cues given"):
        assert words in told


def test_the_mean_with_walking_is_told_once() -> None:
    """It stands among what is told first, and the table does not say it again."""
    told = " ".join("\n".join(shown(made_sheet(), 80, 40)).split())
    assert told.count("Including walking, the mean is") == 1


def test_controls_in_names_are_not_obeyed() -> None:
    """A name with an escape sequence in it cannot move the cursor."""
    assert "\x1b" not in "".join(shown(made_sheet(name="\x1b[2Jx", athlete="\x1b[1m"), 80, 24))


def test_a_session_of_no_length_is_told_in_words() -> None:
    """No picture of nothing."""
    assert "without a sensor" in "".join(shown(made_sheet(lines=[]), 80, 24))


def test_columns_hold_means() -> None:
    """A column shows the mean of the cadence that fell into it."""
    trace = made_sheet(4).trace
    means = [column.mean_spm for column in columns_of(trace, 4)]
    assert all(mean is not None and 158 < mean < 166 for mean in means)


def test_every_sign_of_the_picture_is_told() -> None:
    """Below it; the lane of help has its name beside it, and the wall is the axis."""
    lines = [*made_lines(40), {"t": 200.0, "what": "pause"}, {"t": 230.0, "what": "resume"}]
    *rows, _, legend = map(str, picture(made_sheet(lines=sorted(lines, key=lambda x: x["t"])), UNICODE, 100, 12))
    signs = {sign for field, sign in asdict(UNICODE).items() if field not in {"wall", "helped"}}
    assert signs - set("".join(rows)) == set(), "not drawn"
    assert signs - set(legend) == set(), "not told"


def test_a_sign_is_told_however_short_what_it_stands_for_was() -> None:
    """Half a second without a sensor fills a column where nothing else is."""
    lines = [{"t": 0.5, "what": "pause"}, {"t": 1.0, "what": "resume"}]
    *rows, _, legend = map(str, picture(made_sheet(lines=lines), UNICODE, 100, 12))
    drawn = set("".join(rows)) & {UNICODE.lost, UNICODE.walking, UNICODE.paused}
    assert drawn
    assert drawn <= set(legend)
