"""`plan import` and `plan export` as a person uses them, wrong words included."""

from pathlib import Path

import pytest
import workout_samples as samples

from cadencecoach.cli.main import main


def run(*words: str | Path) -> int:
    """The exit status of a command line."""
    return main([str(word) for word in words])


def test_a_workout_is_imported_by_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under any name; the plan passes the check; what is lost goes to stderr."""
    source, plan = tmp_path / "download.dat", tmp_path / "plan.yaml"
    source.write_bytes(samples.ZWIFT_RUN)
    assert run("plan", "import", source, "-o", plan) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "step 2: cadence 85 is read as strides" in said.err
    assert "6 steps" in said.err
    assert run("plan", "check", plan) == 0
    assert "0 errors" in capsys.readouterr().out


def test_without_a_place_the_plan_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output, alone."""
    source = tmp_path / "w.json"
    source.write_bytes(samples.GARMIN_RUN)
    assert run("plan", "import", source) == 0
    assert capsys.readouterr().out.startswith("# yaml-language-server")


def test_nothing_is_written_over_in_silence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither another file nor the one that is read, and not by an export either; --force does."""
    source, plan = tmp_path / "w.fit", tmp_path / "plan.yaml"
    source.write_bytes(samples.FIT_RUN)
    plan.write_text("mine")
    assert run("plan", "import", source, "-o", plan) == 2
    assert run("plan", "import", source, "-o", source, "--force") == 2
    assert run("plan", "export", "demo", "--baseline", "164", "-o", source) == 2
    assert plan.read_text() == "mine"
    assert source.read_bytes() == samples.FIT_RUN
    assert capsys.readouterr().err.count("choose another name") == 3
    assert run("plan", "import", source, "-o", plan, "--force") == 0
    assert run("plan", "export", plan, "-o", source, "--force") == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "{tmp}/nothing.zwo"), "does not exist"),
        (("import", "{tmp}"), "is a folder"),
        (("import", "{tmp}/ride.zwo"), "ride.zwo: this is a workout for cycling"),
        (("import", "{tmp}/ride.zwo", "-o", "{tmp}/no/plan.yaml"), "its folder does not exist"),
        (("export", "demo", "-o", "{tmp}/x.abc"), "no format given"),
        (("export", "demo", "-o", "{tmp}/x.fit", "--format", "intervals"), "the name says fit"),
        (("export", "demo", "-o", "-", "--format", "fit"), "not text"),
        (("export", "plus-5-percent", "-o", "{tmp}/x.fit"), "give --baseline 164"),
        (("export", "nothing", "-o", "{tmp}/x.fit"), "no plan called nothing"),
        (("export", "demo"), "Missing option"),
    ],
)
def test_wrong_words_get_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    """Status 2, nothing written, no traceback."""
    (tmp_path / "ride.zwo").write_bytes(samples.ZWIFT_RIDE)
    assert run("plan", *(word.format(tmp=tmp_path) for word in words)) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert "Traceback" not in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["ride.zwo"]


def test_text_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """For pasting; what is lost is beside it."""
    assert run("plan", "export", "plus-5-percent", "--format", "intervals", "-o", "-", "--baseline", "164") == 0
    said = capsys.readouterr()
    assert "- Second rung 10m freeride 84-88rpm" in said.out
    assert "the ramp of 60 s is lost" in said.err


def test_steps_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """For a watch that counts both feet."""
    words = ("--format", "intervals", "-o", "-", "--baseline", "164", "--counts", "steps")
    assert run("plan", "export", "plus-5-percent", *words) == 0
    assert "- Second rung 10m freeride 168-177rpm" in capsys.readouterr().out
