"""Yes, no and numbers, typed in the language of whoever is asked."""

import io

import click
import pytest

from cadencecoach.cli.prompts import ask_number, ask_yes_or_no
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable

BOOKS = {"en": ENGLISH, **{name: find_phrasebook(NO_MACHINE, VoiceTable(language=name)) for name in ("de", "es", "fr")}}
LETTERS = {"en": "y", "de": "j", "fr": "o", "es": "s"}
WORDS = {"en": "yes", "de": "Ja", "fr": "oui", "es": "SÍ"}


@pytest.mark.parametrize("language", BOOKS)
def test_yes_and_no_have_their_letters_and_english_is_understood(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Capitals and words too; the prompt names the language's letters, the one that Enter stands for in capitals."""
    texts = BOOKS[language].screen
    for typed, answer in ((LETTERS[language], True), (WORDS[language], True), ("Y", True), ("yes", True), ("N", False)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        assert ask_yes_or_no("?", texts) is answer
    assert f"[{LETTERS[language]}/N]" in capsys.readouterr().err
    for default in (True, False):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
        assert ask_yes_or_no("?", texts, default=default) is default
    assert f"[{LETTERS[language].upper()}/n]" in capsys.readouterr().err


@pytest.mark.parametrize("language", BOOKS)
def test_what_is_neither_is_asked_again(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The letter of another language is no answer; what may be typed is said."""
    other = next(letter for name, letter in LETTERS.items() if name != language and letter != "y")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{other}\nstop\nn\n"))
    assert not ask_yes_or_no("?", BOOKS[language].screen, default=True)
    told = capsys.readouterr().err
    assert told.count(f" {LETTERS[language]} ") >= 2
    assert "'stop'" in told


def test_the_end_of_the_input_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is there any more."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(click.Abort):
        ask_yes_or_no("?", default=True)


def test_a_number_is_one_of_the_list(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Below, above and no number at all are asked again."""
    monkeypatch.setattr("sys.stdin", io.StringIO("0\n3\nzwei\n²\n2\n"))
    assert ask_number("Welcher", ("A", "B"), BOOKS["de"].screen) == 1
    assert capsys.readouterr().err.count("tippe eine Zahl von 1 bis 2") == 4
