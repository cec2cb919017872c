"""docs/web.md says what is true: its lines run as they stand there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from page_rig import environment, page_server, wait_until

DOCS = Path(__file__).parents[2] / "docs" / "web.md"


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")
def test_the_lines_for_a_shell_run(tmp_path: Path) -> None:
    """From the lists to a session that is started, watched, keyed and stopped."""
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL))
    with page_server(tmp_path) as server:
        done = subprocess.run(
            ["/bin/bash", "-euo", "pipefail", "-c", lines],
            capture_output=True,
            text=True,
            env={**environment(tmp_path), "PATH": os.environ["PATH"]},
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        wait_until(lambda: server.live() == [])
    for word in ('"plans"', '"sensors"', '"outputs"', '"plan":"Demo"', "event: session", "event: moment"):
        assert word in done.stdout
    assert '"error"' not in done.stdout


def test_every_field_of_a_moment_is_described() -> None:
    """A field that is added needs its words."""
    wire = (Path(__file__).parents[2] / "cadencecoach" / "view" / "wire.py").read_text(encoding="utf-8")
    named = set(re.findall(r'^\s+"(\w+)":', wire, re.MULTILINE)) - {"what"}
    told = set(re.findall(r"`(\w+)`", DOCS.read_text(encoding="utf-8")))
    assert named - told == set()
