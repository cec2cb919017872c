"""Phrases as data: four languages complete, a clinic's own file, and what is wrong with a bad one."""

import subprocess
import sys
from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.errors import UsageError
from cadencecoach.plan.phrase_files import read_phrasebook
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from tools.phrases import HEAD, written

CONFIG = Path(__file__).parents[2] / "config"
LANGUAGES = ("en", "de", "fr", "es")


def own(language: str) -> Phrasebook:
    """A phrasebook that comes with the program, read whole."""
    path = CONFIG / f"phrases.{language}.yaml"
    return read_phrasebook(path.read_bytes(), path.name, base=None)


def test_the_english_file_is_what_the_code_says() -> None:
    """`python -m tools.phrases` writes it."""
    assert (CONFIG / "phrases.en.yaml").read_text(encoding="utf-8") == HEAD + written(ENGLISH)
    assert own("en") == ENGLISH


@each_row("language", LANGUAGES)
def test_a_language_is_complete_and_short(language: str) -> None:
    """Every phrase is there, in words of its own; what must be acted on has seven words at most."""
    book = own(language)
    assert book.language == language
    assert all(len(text.split()) <= 7 for text in (*book.below, *book.above, book.follow_the_beat))
    assert len(book.below) == len(book.above) == 3
    if language != "en":
        same = [name for name, texts in book.spoken_phrases().items() if texts == ENGLISH.spoken_phrases()[name]]
        assert set(same) <= {"minutes_run"}  # French minutes are English ones


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_reads_back(language: str) -> None:
    """Umlauts, accents and all."""
    assert read_phrasebook(written(own(language)).encode(), "again", base=None) == own(language)


def test_a_clinic_changes_what_it_wants() -> None:
    """The rest stays as it is in the language."""
    book = read_phrasebook(b"language: de\nback: 'Prima!'\nbelow: ['Flinker. {target}.']", "ours", base=own("de"))
    assert (book.back, book.below, book.walk) == ("Prima!", ("Flinker. {target}.",), "Gehen.")


@each_row(
    ("text", "said"),
    [
        ("", "not a phrasebook"),
        ("- a\n- b", "not a phrasebook"),
        ("back: [", "cannot be read as YAML"),
        ("back: !!python/object:os.system {}", "cannot be read as YAML"),
        ("backk: Good.", "unknown: backk"),
        ("back: 7", "back: write a text"),
        ("back: ''", "back: write some words"),
        ("back: Good", "end the sentence"),
        ("back: 'Good {target}.'", "in braces allowed: nothing"),
        ("back: 'Good {0!r:>9}.'", "in braces allowed: nothing"),
        ("back: 'Good {.'", "back: "),
        ("back: 'Good {{.'", "in braces allowed: nothing"),
        ("below: ['Quicker to {target} now.']", "a sentence of its own"),
        ("below: []", "at least one"),
        ("below: Quicker.", "write a list"),
        ("on-target: Well done.", "write {percent}"),
        ("numbers: roman", "split or whole"),
        ("language: English", "a code such as en"),
        ("signs: {to: a}", "signs: minus, percent, plus, point, spm missing"),
        ('back: "Good.\\e[31m"', "some words in one line"),
        (f"back: {'a' * 200}.", "120 characters at most"),
    ],
)
def test_a_bad_phrasebook_is_one_line_that_names_the_phrase(text: str, said: str) -> None:
    """And what is allowed."""
    with pytest.raises(UsageError) as caught:
        read_phrasebook(text.encode(), "ours.yaml", base=ENGLISH)
    assert str(caught.value).startswith("ours.yaml: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_a_base_all_must_be_there() -> None:
    """In a language that we do not have."""
    with pytest.raises(UsageError, match=r"missing: above, as_you_like, back"):
        read_phrasebook(b"language: sv", "ours.yaml", base=None)


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", pytest.param(b"a: b\n" * 30_000, marks=pytest.mark.slow), b"[" * 5000]
)
def test_hostile_bytes_do_no_harm(raw: bytes) -> None:
    """Not UTF-8, far too long, far too deep."""
    with pytest.raises(UsageError):
        read_phrasebook(raw, "ours.yaml", base=ENGLISH)


def test_a_session_goes_without_the_texts_of_reports() -> None:
    """They are loaded by whoever reads a report, so that a first beat does not wait for them."""
    code = "import sys, cadencecoach.plan.phrase_files; print([name for name in sys.modules if 'report_texts' in name])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "[]\n"


def test_texts_of_reports_are_read_and_checked() -> None:
    """As those of the screen."""
    book = read_phrasebook(b"report: {stages: Abschnitte}\nprogress: {sessions: Einheiten}", "ours", base=ENGLISH)
    assert (book.report.stages, book.progress.sessions) == ("Abschnitte", "Einheiten")
    assert book.report.journal == ENGLISH.report.journal
    with pytest.raises(UsageError, match="report: unknown: stagse"):
        read_phrasebook(b"report: {stagse: A}", "ours", base=ENGLISH)


@each_row("text", ['language: en\n"zz\\nok\\e[2J": x\n', 'screen: {"zz\\nok\\e[2J": x}\n'])
def test_a_key_of_a_file_cannot_command_a_terminal(text: str) -> None:
    """Nor add a line to the message."""
    with pytest.raises(UsageError, match=r"unknown: zz\\nok\\x1b\[2J") as caught:
        read_phrasebook(text.encode(), "own.yaml", base=ENGLISH)
    assert str(caught.value).isprintable()


@each_row(("n", "words"), [(500, "cannot be read as YAML"), (2001, "more than 2000 brackets")])
def test_brackets_in_brackets_are_counted_before_they_are_read(n: int, words: str) -> None:
    """4 kB of them cost 16 s."""
    with pytest.raises(UsageError, match=words):
        read_phrasebook(b"[" * n, "own.yaml", base=ENGLISH)
