import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from each_row import each_row
from ended_child import ended
from sampling import slow_but

from cadencecoach import __version__
from cadencecoach.cli.main import main
from cadencecoach.cli.table import COMMANDS
from cadencecoach.errors import UsageError

BAD_PLAN = "plan: Bad\nstages:\n  - {name: A, duration: 10, target: fast}\n"
SHORT_PLAN = "plan: Short\nstages:\n  - {name: A, duration: 20 s, target: 170 spm}\n"
HEAVY = {
    "numpy",
    "pydantic",
    "rich",
    "yaml",
    "sounddevice",
    "soundfile",
    "asyncio",
    "multiprocessing",
    *("re", "pathlib", "shutil", "subprocess", "typing"),
}


@pytest.fixture
def plan(tmp_path: Path) -> str:
    """A good plan of twenty seconds."""
    path = tmp_path / "short.yaml"
    path.write_text(SHORT_PLAN, encoding="utf-8")
    return str(path)


@pytest.fixture
def bad_plan(tmp_path: Path) -> str:
    """A plan with two mistakes."""
    path = tmp_path / "bad.yaml"
    path.write_text(BAD_PLAN, encoding="utf-8")
    return str(path)


def command_line(*words: str) -> list[str]:
    """The real program's command line."""
    return [sys.executable, "-m", "cadencecoach", *words]


def test_done_is_0(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A rehearsal that ends as planned, with its summary on standard output and nothing else said."""
    assert main(["rehearse", plan]) == 0
    said = capsys.readouterr()
    assert "Session finished" in said.out
    assert said.err == ""


@pytest.mark.parametrize("words", [["learn"], ["begin"]])
def test_the_first_texts_are_in_the_language_asked_for(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the machine's language is; one there is none of is refused in one line."""
    said = set()
    for language in ("de", "fr", "es", "en"):
        assert main([*words, "--language", language]) == 0
        said.add(capsys.readouterr().out)
    assert len(said) == 4
    assert main([*words, "--language", "xx"]) == 2
    assert "choose de, en, es, fr" in capsys.readouterr().err


def test_a_plan_with_mistakes_is_1(bad_plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Checked or rehearsed: the mistakes are told with their places, without a traceback."""
    assert main(["plan", "check", bad_plan]) == 1
    assert "bad.yaml:3:" in capsys.readouterr().out
    assert main(["rehearse", bad_plan]) == 1
    said = capsys.readouterr().err
    assert "bad.yaml:3:" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["reherse"], "did you mean 'rehearse'?"),
        (["report"], "no command 'report'; did you mean 'history report'?"),
        (["scan", "--json"], "no command 'scan'; did you mean 'sensors scan'?"),
        (["zzz"], "commands: begin, learn, open, demo, run, rehearse, metronome, music, room, doctor, history, plan"),
        (["rehearse"], "Missing argument 'PLAN'"),
        (["rehearse", "demo", "--fet", "sim"], "--feet"),
        (["rehearse", "demo", "--seed", "one"], "'one' is not a whole number"),
        (["metronome", "170..180"], "'170..180' is not a number"),
        (["metronome", "170,5"], "'170,5' is not a number; write 170.5."),
        (["rehearse", "demo", "--cadence-unit", "feet"], "'auto', 'steps', 'strides'"),
        (["rehearse", "nowhere.yaml"], "nowhere.yaml does not exist"),
        (["rehearse", "x" * 3000], "cannot be read"),
        (["rehearse", "demo", "--journal", "x" * 3000], "cannot be written"),
        (["rehearse", "demo", "--config", "nowhere.toml"], "nowhere.toml"),
        (["rehearse", "demo", "--feet", "bluetooth"], "not a source of steps"),
        (["rehearse", "demo", "--sound", "default"], "file:PATH"),
        (["rehearse", "demo", "--baseline", "nan"], "allowed 100 to 240"),
        (["rehearse", "demo", "--started", "yesterday"], "write for example 2026-11-23T07:30:00Z"),
        (["rehearse", "demo", "--started", "0001-01-01T00:00:00+05:00"], "write for example 2026-11-23T07:30:00Z"),
        (["rehearse", "demo", "--open-stage", "10"], "--open-stage 10"),
        (["run", "demo", "--sound", "loud"], "default, device:NAME, sink:NAME, file:PATH"),
        (["run", "plus-5-percent", "--sound", "none"], "--baseline 164"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_allowed(
    words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, without a traceback; nothing on standard output."""
    assert main(words) == 2
    said = capsys.readouterr()
    assert hint in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_an_unreadable_recording_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is the person at the command line who can choose another file."""
    path = tmp_path / "run.fit"
    path.write_bytes(b"no fit at all")
    assert main(["rehearse", "demo", "--feet", f"replay:{path}"]) == 2
    assert "run.fit" in capsys.readouterr().err


def test_debug_shows_the_traceback() -> None:
    """The error itself comes through, with all it was caused by."""
    with pytest.raises(UsageError, match="does not exist"):
        main(["--debug", "rehearse", "nowhere.yaml"])


def test_json_is_one_object_on_standard_output(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For other programs: plan, journal and summary."""
    assert main(["rehearse", plan, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["plan"] == "Short"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The one of the package."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"cadencecoach, version {__version__}\n"


@each_row("name", COMMANDS)
def test_every_command_of_the_table_is_there_and_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No row of the table leads nowhere."""
    assert main([name, "--help"]) == 0
    assert f"Usage: cadencecoach {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["sensors", "history", "plan", "athlete", "programme", "settings"])
def test_a_command_without_its_second_word_shows_what_there_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each; `settings` alone has an answer of its own."""
    status = main([name])
    said = capsys.readouterr()
    lines = (said.out + said.err).splitlines()
    assert status == (0 if name == "settings" else 2)
    assert len(lines) > 5
    assert not any("\\n" in line for line in lines)


@each_row("name", ["", *COMMANDS])
def test_help_fits_80_columns_and_cuts_no_sentence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a group: what each of its commands does, to the end."""
    main([*name.split(), "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > 80 and "Usage: " not in line] == []
    begins = lines.index("Commands:") if "Commands:" in lines else len(lines)
    assert [line for line in lines[begins:] if line.endswith("...")] == []


def test_help_lists_the_commands_and_imports_nothing_heavy() -> None:
    """Help is there at once: none of the large libraries is loaded for it, Python's own among them."""
    program = (
        "import sys; from cadencecoach.cli.main import main; status = main(['--help']);"
        "print(*sys.modules, file=sys.stderr); sys.exit(status)"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert all(name in said.stdout for name in COMMANDS)
    assert set(said.stderr.split()) & HEAVY == set()


@pytest.mark.skipif(sys.platform == "win32", reason="closed pipes are told another way")
@pytest.mark.parametrize("words", slow_but([["plan", "schema"], ["rehearse"], ["--help"]], ["--help"]))
def test_a_closed_output_is_no_complaint(words: list[str], plan: str) -> None:
    """`| head`: whoever read has gone; nothing is said about it, and it is no failure."""
    words = [*words, plan] if words == ["rehearse"] else words
    reads, writes = os.pipe()
    os.close(reads)
    try:
        said = subprocess.run(command_line(*words), check=False, stdout=writes, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(writes)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
@pytest.mark.parametrize("words", slow_but([["plan", "schema"], ["rehearse"], ["--help"]], ["--help"]))
def test_an_output_that_is_full_is_said_in_one_line(words: list[str], plan: str) -> None:
    """`> /dev/full`: no traceback, the reason, and a status that is not 0."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            command_line(*words, *([plan] if words == ["rehearse"] else [])),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["the output cannot be written: No space left on device"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no /bin/sh")
def test_without_standard_error_a_rehearsal_runs_all_the_same(plan: str) -> None:
    """As a daemon starts it: `2>&-`."""
    command = " ".join([*command_line("rehearse", plan), "2>&-"])
    done = subprocess.run(["/bin/sh", "-c", command], stdout=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 0
    assert b"Session finished" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="Ctrl-C is ignored in the background")
def test_ctrl_c_is_130(tmp_path: Path) -> None:
    """While a plan is waited for: no sessions yet, nothing to save, and no traceback."""
    if sys.platform == "win32":
        pytest.skip("no named pipes")
    pipe = tmp_path / "plan.yaml"
    os.mkfifo(pipe)
    process = subprocess.Popen(command_line("rehearse", str(pipe)), stderr=subprocess.PIPE, text=True)
    with ended(process), pipe.open("wb"):  # which waits until the program reads
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in said


@each_row(
    ("words", "why"),
    [
        (("--feet", "taps"), "needs no test"),
        (("--feet", "mic", "pod a"), "names a Bluetooth sensor"),
        (("--feet", "phone", "pod a"), "names a Bluetooth sensor"),
        (("--feet", "microphone"), "allowed are ble, phone, phone:HOST[:PORT], mic"),
    ],
)
def test_a_sensor_that_cannot_be_tested_so_is_one_line(
    words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is listened to or sought."""
    assert main(("sensors", "test", *words)) == 2
    assert why in capsys.readouterr().err
