from pathlib import Path

import pytest

from cadencecoach.cli.main import main
from cadencecoach.live.opening.sources import LIVE_FEET

RUNNING = Path(__file__).parents[3] / "docs" / "running.md"


@pytest.mark.parametrize("command", ["rehearse", "run"])
@pytest.mark.parametrize("option", ["--journal", "--config"])
def test_an_empty_path_is_no_path(command: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A variable of a shell that is not set is told by the option's name, and is not the folder we stand in."""
    assert main([command, "demo", option, ""]) == 2
    assert capsys.readouterr().err == f"{option}: no file given; name one, or leave the option out\n"


def test_every_source_of_a_run_is_named_by_its_help_and_in_the_handbook(capsys: pytest.CaptureFixture[str]) -> None:
    """None is left out in either."""
    assert main(["run", "--help"]) == 0
    help_text = capsys.readouterr().out.partition("--feet")[2].partition("--sound")[0]
    table = RUNNING.read_text(encoding="utf-8").partition("`--feet`")[2]
    for kind in {*LIVE_FEET, "sim", "replay", "none"}:
        assert any(word.strip(" ,.\n").startswith(kind) for word in help_text.split()), kind
        assert f"| `{kind}" in table, kind
