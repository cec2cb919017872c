"""What the pages are made of: nothing of others, one truth for colours, and nothing of it where it is not asked for."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from source_trees import PACKAGE

STATIC = PACKAGE / "web" / "static"
LARGE_BYTES = 100_000


def test_dark_colours_stand_twice_and_are_equal() -> None:
    """For the device's own choice and for a setting; old tablets know no other way."""
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    by_device = re.search(r":root:not\(\[data-scheme=light\]\)\{(.*?)\}", sheet, re.DOTALL)
    by_setting = re.search(r":root\[data-scheme=dark\]\{color-scheme:dark;(.*?)\}", sheet, re.DOTALL)
    assert by_device is not None
    assert by_setting is not None
    assert by_device[1].split() == by_setting[1].split()


@pytest.mark.parametrize("path", sorted((PACKAGE / "web").rglob("*.*")), ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    """No address of another machine stands in a page, a script or a sheet."""
    if path.suffix in {".html", ".css", ".js", ".svg"}:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert re.findall(r"https?:|//[a-z]+\.|@import|url\((?!#)", text) == []
        assert re.findall(r"\bon[a-z]+=|style=|<script>|eval\(|innerHTML", text) == []


def test_all_of_it_is_small() -> None:
    """A page is there at once, also over a slow network."""
    assert sum(path.stat().st_size for path in STATIC.iterdir()) < LARGE_BYTES


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["--help"], ["run", "demo", "--feet", "sim", "--sound", "none"], ["metronome", "--for", "1s", "--sound", "none"]],
)
def test_the_terminals_commands_import_nothing_of_the_page(words: list[str]) -> None:
    """Neither our pages nor the libraries they need, to their end."""
    program = (
        "import sys; from cadencecoach.cli.main import main; import threading, os, signal;"
        "threading.Timer(4, os.kill, (os.getpid(), signal.SIGINT)).start();"
        f"status = main({words!r}); print(*sys.modules, file=sys.stderr); os._exit(0)"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = set(said.stderr.split())
    assert "cadencecoach.cli.main" in loaded
    heavy = {"starlette", "uvicorn", "jinja2", "anyio", "h11", "http.server", "webbrowser", "segno", "ifaddr"}
    assert {name for name in loaded if name in heavy or name.startswith("cadencecoach.web")} == set()
