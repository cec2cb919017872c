import pytest

from cadencecoach.cli.main import main


@pytest.mark.parametrize("command", ["rehearse", "run"])
@pytest.mark.parametrize("option", ["--journal", "--config"])
def test_an_empty_path_is_no_path(command: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A variable of a shell that is not set is told by the option's name, and is not the folder we stand in."""
    assert main([command, "demo", option, ""]) == 2
    assert capsys.readouterr().err == f"{option}: no file given; name one, or leave the option out\n"
