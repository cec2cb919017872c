"""docs/web.md says what is true: its lines run as they stand there."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from lan_rig import begin_lan_server
from own_network import AT, HAS_NETWORK, NO_NETWORK, network_of_its_own
from page_rig import environment, free_port, page_server, wait_until

DOCS = Path(__file__).parents[2] / "docs" / "web.md"
SLOW = (
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here"),
)


def run_lines(home: Path, fences: str) -> str:
    """What the lines of these fences print, run in one shell."""
    lines = "\n".join(re.findall(rf"```(?:{fences})\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL))
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", lines],
        capture_output=True,
        text=True,
        env={**environment(home), "PATH": os.environ["PATH"]},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def with_marks(test: Callable[[Path], None]) -> Callable[[Path], None]:
    """A test that takes its time."""
    for mark in SLOW:
        test = mark(test)
    return test


@with_marks
@pytest.mark.skipif(HAS_NETWORK, reason="they are run with those for another device")
def test_the_lines_for_a_shell_run(tmp_path: Path) -> None:
    """From the lists to a session that is started, watched, keyed and stopped."""
    with page_server(tmp_path) as server:
        said = run_lines(tmp_path, "sh")
        wait_until(lambda: server.live() == [])
    check_lists_and_stream(said)


def check_lists_and_stream(said: str) -> None:
    """Nothing of what the lines for a shell ask for is missing or refused."""
    for word in ('"plans"', '"sensors"', '"outputs"', '"plan":"Demo"', "event: session", "event: moment"):
        assert word in said
    assert '"error"' not in said


@with_marks
@pytest.mark.skipif(not HAS_NETWORK, reason=NO_NETWORK)
def test_the_lines_for_another_device_run(tmp_path: Path) -> None:
    """After those for a shell: it is let in, asks for what a guest may see, and is out again."""
    with network_of_its_own():
        server, _ = begin_lan_server(tmp_path, "--port", str(free_port()))
        said = run_lines(tmp_path, "sh|sh lan")
        server.end()
    here, role, there = said.partition('{"role":"runner"}')
    check_lists_and_stream(here)
    told = role + there
    assert told.startswith('{"role":"runner"}{"sessions":[]}{"devices":[{"id":')
    assert f'"at":["http://{AT}:{server.port}"]' in told
    assert told.rstrip().endswith('open the address that it prints"}')


def test_every_field_of_a_moment_is_described() -> None:
    """A field that is added needs its words."""
    wire = (Path(__file__).parents[2] / "cadencecoach" / "view" / "wire.py").read_text(encoding="utf-8")
    named = set(re.findall(r'^\s+"(\w+)":', wire, re.MULTILINE)) - {"what"}
    told = set(re.findall(r"`(\w+)`", DOCS.read_text(encoding="utf-8")))
    assert named - told == set()
