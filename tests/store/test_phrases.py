"""In which language a runner is coached: asked for, the athlete's, the settings', the system's; and a fifth one."""

from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.cli.main import main
from cadencecoach.errors import UsageError
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.record.profile import Profile
from cadencecoach.store.phrases import find_phrasebook, known_languages, speak, systems_language
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.settings import Settings, VoiceTable
from cadencecoach.store.stored import reader_words
from cadencecoach.store.user_store import user_files, user_machine

ITALIAN = """\
language: it
voice: it
numbers: whole
signs: {to: a, plus: più, minus: meno, percent: per cento, spm: passi al minuto, point: virgola}
walk-words: [cammina]
below: ["Passi più rapidi e leggeri."]
above: ["Rallenta un po' i passi."]
follow-the-beat: Segui il ritmo.
back: Così va bene.
keep-speed: Tieni la velocità, piedi più rapidi.
off-speed: Non è la tua velocità abituale.
recall: Corri come alla fine dell'ultima fase.
sensor-lost: Sensore perso.
sensor-lost-beat: Sensore perso. Il ritmo continua.
sensor-back: Sensore ritrovato.
sensor-unclear: Sensore poco chiaro. Premi U.
no-baseline-yet: Ancora nessun riferimento. Continua a correre.
baseline-found: Riferimento trovato.
as-you-like: Corri come vuoi.
without-help: Senza aiuto.
walk: Cammina.
on-target: '{percent} per cento in zona.'
minute-run: Un minuto.
minutes-run: '{minutes} minuti.'
session-over: Sessione finita.
forms: {decimal: ",", numeric-day: "{day}/{month}/{year}"}
screen: {summary-session: sessione, summary-steps: passi}
of-plans: {Warm-up: Riscaldamento, Cool-down: Defaticamento}
"""


@pytest.fixture(name="home")
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings folder of one's own, in which nothing is chosen."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "cadencecoach"
    folder.mkdir()
    return folder


@each_row(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "es"}, "es"),
        ({"LANG": "fr_CH@euro"}, "fr"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "es_ES"}, "es"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
        ({"LANG": "../../de"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
    ],
)
def test_the_systems_language_is_spoken_where_we_can(environment: dict[str, str], language: str) -> None:
    """LC_ALL before LC_MESSAGES before LANG; English for what names none or one of which there are no words."""
    assert systems_language(user_machine(), environment) == language


def test_what_is_asked_for_wins_then_athlete_then_settings_then_system(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the four in its turn."""
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    store = user_files()
    make_athlete(store, Profile(athlete="r7", language="fr"))
    assert reader_words(store, "r8").language == "es"
    (home / "settings.toml").write_text('[voice]\nlanguage = "de"\n')
    assert reader_words(store, "r8").language == "de"
    assert reader_words(store, "r7").language == "fr"
    assert reader_words(store, "r7", "en").language == "en"
    assert reader_words(store, "r7", "DE_at").language == "de"


def test_a_language_that_is_none_is_refused_by_name(home: Path) -> None:  # noqa: ARG001  # an empty home
    """One line, with those there are."""
    with pytest.raises(UsageError, match="no phrases in 'sv'; choose de, en, es, fr"):
        speak(user_machine(), Settings(), "sv")


def test_ones_own_book_gives_way_to_another_language(tmp_path: Path) -> None:
    """A phrasebook in German is not read to somebody who asks for French."""
    own = tmp_path / "ours.yaml"
    own.write_text("language: de\nback: Prima!\n", encoding="utf-8")
    settings = Settings(voice=VoiceTable(phrases=str(own)))
    assert find_phrasebook(user_machine(), settings.voice).back == "Prima!"
    assert find_phrasebook(user_machine(), speak(user_machine(), settings, "de").voice).back == "Prima!"
    assert find_phrasebook(user_machine(), speak(user_machine(), settings, "fr").voice).language == "fr"


def test_a_fifth_language_is_one_file(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the settings folder; a session runs in it, and what it lacks is in English."""
    (home / "phrases.it.yaml").write_text(ITALIAN, encoding="utf-8")
    assert known_languages(user_machine()) == ["de", "en", "es", "fr", "it"]
    journal = tmp_path / "a.jsonl"
    plan = tmp_path / "plan.yaml"
    plan.write_text("plan: Test\nstages:\n  - {name: Warm-up, duration: 5 min, target: free}\n", encoding="utf-8")
    assert main(["rehearse", str(plan), "--language", "it", "--journal", str(journal)]) == 0
    told = capsys.readouterr().out
    assert "Riscaldamento" in told
    assert "sessione" in told
    assert "running" in told
    recorded = journal.read_text(encoding="utf-8")
    assert '"name":"Warm-up"' in recorded
    assert "Riscaldamento. Corri come vuoi." in recorded or "Riscaldamento." in recorded


def test_ones_own_file_changes_a_text_of_ours(home: Path) -> None:
    """The rest of the language stays; so does English, for whoever has a file of it."""
    (home / "phrases.de.yaml").write_text("language: de\nback: Prima!\n", encoding="utf-8")
    (home / "phrases.en.yaml").write_text("screen: {banner-paused: HOLD IT}\n", encoding="utf-8")
    german, english = (find_phrasebook(user_machine(), VoiceTable(language=language)) for language in ("de", "en"))
    assert (german.back, german.screen.banner_paused) == ("Prima!", "PAUSE")
    assert (english.back, english.screen.banner_paused) == (ENGLISH.back, "HOLD IT")
