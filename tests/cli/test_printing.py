"""Whatever reaches the terminal goes through one module, which makes it visible."""

import ast
import io
import json
from pathlib import Path

import pytest
from source_trees import name_of, nodes_of

from cadencecoach.cli.printing import show_as_json, show_drawn, show_text, tell

CLI = Path(__file__).parents[2] / "cadencecoach" / "cli"
MODULES = sorted(CLI.rglob("*.py"))
PRINTERS = {"click.echo", "click.secho", "print", "json.dumps", "sys.stdout.write", "sys.stderr.write"}
MAY_PRINT = {"printing.py", "main.py"}  # main.py prints its help and complaints before click is loaded
HOSTILE = "\x1b]0;owned\x07 \x9b2J \u202eabc\r\x00"


def test_a_text_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """On both outputs; lines stay lines, and letters of every language stay letters."""
    show_text(f"{HOSTILE}\nBlå")
    tell(HOSTILE, "two")
    seen = r"\x1b]0;owned\x07 \x9b2J \u202eabc\r\x00"
    assert tuple(capsys.readouterr()) == (f"{seen}\nBlå\n", f"{seen}\ntwo\n")


def test_json_is_ascii_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    """It is read back as it was, but for half a character, which is none."""
    show_as_json({"name": HOSTILE + "\x7f", "half": "a\ud800"})
    out = capsys.readouterr().out
    assert out.isascii()
    assert all(c.isprintable() or c == "\n" for c in out)
    assert json.loads(out) == {"name": HOSTILE + "\x7f", "half": "a?"}


def test_a_drawing_keeps_its_colours(capsys: pytest.CaptureFixture[str]) -> None:
    """They are the program's own."""
    show_drawn("\x1b[1mTitle\x1b[0m\n")
    assert "Title" in capsys.readouterr().out


def test_what_an_output_has_no_character_for_is_an_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe in an old character set takes every text."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", stream)
    show_text("Blå")
    stream.flush()
    assert stream.buffer.getvalue().split() == [b"Bl\\xe5"]


def test_only_one_module_prints() -> None:
    """No command can forget to make a text visible, since none prints by itself."""
    silent = [path for path in MODULES if path.name not in MAY_PRINT]
    calls = ((path, node) for path in silent for node in nodes_of(path) if isinstance(node, ast.Call))
    named = ((name_of(path), ast.unparse(call.func)) for path, call in calls)
    assert [(name, called) for name, called in named if called in PRINTERS] == []
