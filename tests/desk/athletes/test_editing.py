"""What was chosen for an athlete, chosen anew."""

import json
from pathlib import Path

import pytest
from athlete_home import Home

from cadencecoach.cli.main import main
from cadencecoach.desk.athletes.editing import edit_profile
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import ProfileEdited
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.user_store import user_files

LANGUAGES = "choose de, en, es, fr, or name a file of your own"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A machine with one athlete who runs in shoes called one."""
    Home(tmp_path).move_in(monkeypatch)
    assert main(["athlete", "new", "r7", "--shoes", "one"]) == 0
    return user_files()


def edits(store: FileStore) -> list[tuple[tuple[str, str], ...]]:
    """What the log says was changed, in order."""
    return [entry.changes for entry in store.log_of("r7").every if isinstance(entry, ProfileEdited)]


def test_every_change_stays_in_the_log(store: FileStore) -> None:
    """The profile has the newest words, the log all of them."""
    edit_profile(store, "r7", language="de")
    edit_profile(store, "r7", language="fr", voice="none")
    edit_profile(store, "r7", language="")
    profile = store.read_profile("r7")
    assert (profile.language, profile.voice) == ("", "none")
    assert edits(store) == [(("language", "de"),), (("language", "fr"), ("voice", "none")), (("language", ""),)]


def test_what_was_so_before_is_no_change(store: FileStore) -> None:
    """Nothing is written."""
    assert edit_profile(store, "r7", voice="", shoes=("ONE",)) == ()
    assert edits(store) == []


def test_more_shoes_in_use_are_not_new(store: FileStore) -> None:
    """They join those of the first day; a run in them prompts no refresher."""
    edit_profile(store, "r7", shoes=("two", "two"))
    profile = store.read_profile("r7")
    assert (profile.shoes, profile.shoes_before) == (("two", "one"), ("two", "one"))


@pytest.mark.parametrize("words", [["new", "b2"], ["edit", "r7"]])
@pytest.mark.parametrize("language", ["klingon", "de\x1b[2J", "../en"])
def test_a_language_that_nobody_could_be_coached_in_is_refused(
    store: FileStore, capsys: pytest.CaptureFixture[str], words: list[str], language: str
) -> None:
    """When it is chosen, and not at the first run; says which there are."""
    assert main(["athlete", *words, "--language", language]) == 2
    assert LANGUAGES in capsys.readouterr().err
    assert store.athlete_names() == ("r7",)
    assert edits(store) == []


def test_a_region_of_a_language_is_no_other_language(store: FileStore) -> None:
    """The phrases are those of the language; the voice has the region."""
    edit_profile(store, "r7", language="de-at")
    assert store.read_profile("r7").language == "de-at"


def test_nothing_to_change_is_said(store: FileStore) -> None:
    """With what can be."""
    with pytest.raises(UsageError, match=r"^nothing to change; add --language, --voice, --words or --shoes$"):
        edit_profile(store, "r7")


@pytest.mark.usefixtures("store")
def test_the_command_tells_what_is_different(capsys: pytest.CaptureFixture[str]) -> None:
    """For the only athlete, who need not be named; the word `settings` takes a choice back."""
    capsys.readouterr()
    assert main(["athlete", "edit", "--language", "es", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"athlete": "r7", "changed": [{"what": "language", "now": "es"}]}
    assert main(["athlete", "edit", "--language", "settings"]) == 0
    assert capsys.readouterr().out == "r7: language: as in the settings\n"
    assert main(["athlete", "edit", "--language", "settings"]) == 0
    assert capsys.readouterr().out == "r7: nothing to change; it was so before\n"
