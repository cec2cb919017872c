"""A session that broke off is told of, and offered, in the language of whoever reads it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from athlete_home import AT, DAY, Home
from broken_sessions import add_line, break_off
from memory_store import MemoryStore
from quiet_host import QuietHost

from cadencecoach.cli.answers.broken_off import finish_all, tell_broken_off
from cadencecoach.cli.answers.going_on import go_on_with, offer_session
from cadencecoach.desk.today.breaks import find_broken_off
from cadencecoach.errors import UsageError
from cadencecoach.live.live_session import run_session
from cadencecoach.live.opening.request import Request
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.store.user_store import user_files

ID = "2026-03-02T070000Z"
PLAN = """plan: Refresher
baseline: 160 spm
stages:
  - {name: Run, duration: 0.2 s, target: +5 %}
"""
GERMAN = find_phrasebook(NO_MACHINE, VoiceTable(language="de"))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal of a guest's session that broke off a minute ago."""
    home = Home(tmp_path).move_in(monkeypatch)
    plan = home.root / "own.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    path = home.sessions / f"{ID}.jsonl"
    request = Request(plan_name=str(plan), feet_text="none", sound_text="none", started=AT, day=DAY.isoformat())
    run_session(user_files(), request, QuietHost(), journal=path)
    break_off(path, at_s=0.04, ago_s=60.0)
    return path


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (None, ("Session of ", "(Refresher) broke off at 00:00 of 00:00; go on with it: `")),
        ("de", ("Die Einheit von ", "(Auffrischung) brach bei 00:00 von 00:00 ab; so geht sie weiter: `")),
        ("fr", ("La séance de ", "(Rappel) s'est interrompue à 00:00 sur 00:00 ; pour la reprendre : `")),
        ("es", ("La sesión de las ", "(Repaso) se cortó en 00:00 de 00:00; para seguir con ella: `")),
    ],
)
def test_where_nobody_can_answer_it_is_told_how(
    path: Path, language: str | None, said: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In the language asked for, the plan's name too; the command runs as printed."""
    request = Request(plan_name="demo", feet_text="none", sound_text="none", language=language)
    assert offer_session(user_files(), path.parent, request) is None
    told = capsys.readouterr().err
    assert told.startswith(said[0])
    assert said[1] in told
    assert told.endswith(f"cadencecoach run --resume {ID}`\n")


def test_one_and_several_are_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is said of none; one that lies elsewhere is named by its path, which `--all` would pass over."""
    tell_broken_off([], GERMAN.screen)
    tell_broken_off(["a"], GERMAN.screen)
    tell_broken_off(["a", "b", tmp_path / "my run.jsonl"], GERMAN.screen)
    one, two, elsewhere = capsys.readouterr().err.splitlines()
    assert elsewhere.endswith(f"history finish '{tmp_path / 'my run.jsonl'}'`")
    assert one.startswith("Einheit a brach ab; nichts Aufgezeichnetes ist verloren: ")
    assert one.endswith("history finish a`")
    assert two.startswith("2 Einheiten brachen ab; ")
    assert two.endswith("history finish --all`")


def test_a_finished_one_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How long it was."""
    assert finish_all(MemoryStore(), (path,), GERMAN.screen) == 0
    assert capsys.readouterr().err == f"{ID}: nach 00:00 unterbrochen, 0 Schritte\n"


def test_why_it_does_not_go_on_is_told(path: Path) -> None:
    """Pain above the limit, and what to do about the record."""
    add_line(path, t=0.04, what="note", about="pain", text="pain 8 of 10", level=8)
    with pytest.raises(UsageError) as caught:
        find_broken_off(user_files(), path, GERMAN)
    assert str(caught.value) == (
        f"{ID} geht nicht weiter: sie wurde bei 00:00 wegen Schmerz angehalten (Schmerz 8 von 10);"
        f" abschließen und speichern: `cadencecoach history finish {ID}`"
    )


def test_what_follows_a_run_follows_one_that_slept_and_does_not_go_on(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check-in is offered after it as after any other; where it goes on, that comes at the end instead."""
    plan = path.parents[1] / "own.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    request = Request(plan_name=str(plan), feet_text="none", sound_text="none")
    slept = replace(run_session(user_files(), request, QuietHost(), journal=None), has_slept=True)
    followed: list[str] = []
    then = partial(followed.append, "check-in")
    for n_times in (0, 1):
        go_on_with(user_files(), path, {}, audio=None, as_json=False, slept=slept, then=then)
        assert len(followed) == n_times
    assert "nothing is left to run" in capsys.readouterr().err
