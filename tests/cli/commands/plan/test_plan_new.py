import io
import json
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no stubs of its own

from cadencecoach.cli.main import main

WHOLE = ["--for", "r7", "--baseline", "164", "--aim", "+5%", "--with-help", "faded"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Terminal(io.StringIO):
    """Somebody types."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_session_is_written_with_its_schema(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named after the runner; the first line names the schema beside it; the next two commands are printed."""
    assert main(["plan", "new", *WHOLE, "--weeks", "0"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "r7.yaml: a plan for one session; plan.schema.json beside it is for your editor"
    assert out[2:] == [
        "  cadencecoach plan show r7.yaml",
        "  cadencecoach rehearse r7.yaml --sound file:r7.flac",
    ]
    text = (folder / "r7.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=plan.schema.json\n")
    assert str(folder) not in text
    assert main(["plan", "check", "r7.yaml"]) == 0
    assert capsys.readouterr().out == "1 file: 0 errors, 0 warnings\n"


@pytest.mark.parametrize("weeks", ["0", "2"])
def test_the_schema_beside_it_takes_the_file(folder: Path, weeks: str) -> None:
    """An editor finds nothing wrong with what was written, and something with what was not."""
    assert main(["plan", "new", *WHOLE, "--weeks", weeks]) == 0
    text = (folder / "r7.yaml").read_text(encoding="utf-8")
    schema = json.loads((folder / text.split("$schema=")[1].split("\n")[0]).read_text(encoding="utf-8"))
    document = yaml.safe_load(text.replace("beat: off", "beat: 'off'"))  # YAML 1.1 takes it for a truth value
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors({**document, "stagse": []}))


def test_weeks_are_a_programme(capsys: pytest.CaptureFixture[str]) -> None:
    """It passes its own check, and its first run with a target is the one to be heard."""
    words = ["plan", "new", "--for", "r7", "--baseline", "measured", "--aim", "5", "--with-help", "rescue"]
    assert main([*words, "--weeks", "4", "mine.yaml"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "  cadencecoach programme show mine.yaml",
        "  cadencecoach rehearse mine.yaml --session 3 --baseline 164 --sound file:mine.flac",
    ]
    assert main(["programme", "check", "mine.yaml"]) == 0


def test_nothing_is_replaced_without_force(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a clinician has changed by hand is not lost to a second call; nor through a link that leads nowhere."""
    (folder / "r7.yaml").write_text("mine", encoding="utf-8")
    assert main(["plan", "new", *WHOLE, "--weeks", "0"]) == 2
    assert capsys.readouterr().err == "r7.yaml already exists; choose another name, or add --force to replace it\n"
    assert (folder / "r7.yaml").read_text(encoding="utf-8") == "mine"
    assert main(["plan", "new", *WHOLE, "--weeks", "0", "--force"]) == 0
    assert (folder / "r7.yaml").read_text(encoding="utf-8") != "mine"


def test_another_file_of_the_schemas_name_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only a schema of ours is brought up to date."""
    (folder / "plan.schema.json").write_text('{"title": "of somebody else"}', encoding="utf-8")
    assert main(["plan", "new", *WHOLE, "--weeks", "0"]) == 0
    assert "was left alone" in capsys.readouterr().err
    assert "somebody else" in (folder / "plan.schema.json").read_text(encoding="utf-8")
    (folder / "plan.schema.json").write_text('{"title": "cadencecoach plan", "old": 1}', encoding="utf-8")
    assert main(["plan", "new", *WHOLE, "--weeks", "0", "--force"]) == 0
    assert '"old"' not in (folder / "plan.schema.json").read_text(encoding="utf-8")


def test_what_is_missing_is_one_line_without_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script is not asked anything; nothing is written."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["plan", "new", "--for", "r7", "--weeks", "0"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "missing, and there is no terminal to ask on: --baseline, --aim, --with-help; "
        "for example --baseline measured --aim +5% --with-help faded"
    )
    assert list(folder.iterdir()) == []


def test_a_person_is_asked_and_asked_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Return takes the usual answer, a wrong one is told and asked again, what was given is not asked."""
    monkeypatch.setattr(sys, "stdin", Terminal("r 7\n\n50\n6\n\n"))
    assert main(["plan", "new", "--with-help", "none"]) == 0
    said = capsys.readouterr()
    assert "'50' is less than noise, or more than any protocol asks for" in said.err
    assert "How much help" not in said.err
    text = (folder / "r-7.yaml").read_text(encoding="utf-8")
    assert 'plan: "Session for r 7, +6 %"' in text
    assert "baseline: measured" in text


def test_a_person_who_goes_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the input is the end: interrupted, no file."""
    monkeypatch.setattr(sys, "stdin", Terminal("r7\n"))
    assert main(["plan", "new"]) == 130
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--aim", "20"], "--aim '20' is less than noise"),
        (["--weeks", "99"], "--weeks '99' is not a number of weeks"),
        (["--with-help", "fadde"], "did you mean faded?"),
        (["--for", "../../etc"], "--for '../../etc' cannot be the name of a file"),
        (["nowhere/r7.yaml"], "nowhere/r7.yaml: its folder does not exist"),
        (["."], ".: this is a folder"),
        ([""], "no file given"),
    ],
)
def test_wrong_words_are_one_line(
    words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, what is wrong and what is allowed; nothing is written."""
    assert main(["plan", "new", *WHOLE, "--weeks", "0", *words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert list(folder.iterdir()) == []


def test_many_steps_already_are_remarked(capsys: pytest.CaptureFixture[str]) -> None:
    """Runners above 176 were not in the studies; it is said and not forbidden."""
    words = ["--for", "r7", "--baseline", "180", "--aim", "5", "--weeks", "0", "--with-help", "full"]
    assert main(["plan", "new", *words]) == 0
    assert "180 steps a minute is already high" in capsys.readouterr().out
