"""The file of an athlete encrypted with a passphrase."""

import io
from pathlib import Path

import pytest
from athlete_home import DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.desk.travel.encryption import (
    LEAST_CHARS,
    MARK,
    MAX_LOG_WORK,
    check_work,
    is_encrypted,
    passphrase_in,
    passphrase_of,
    refusal_of,
)
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.user_store import user_files

PHRASE = "four words are enough"


def header(log_work: int) -> bytes:
    """The beginning of a file whose passphrase takes 2^log_work rounds."""
    return MARK + b"-> scrypt xVKHm8PK+45FTXvm75qD1A %d\n" % log_work


def test_what_a_stranger_may_ask_for_is_bounded() -> None:
    """By the work its header asks for, up to the bound; one for a key, or cut off, is no file of ours."""
    check_work(header(MAX_LOG_WORK))
    for raw, told in (
        (header(MAX_LOG_WORK + 1), "takes 2^22 rounds"),
        (header(63), "takes 2^63 rounds"),
        (MARK + b"-> X25519 xVKHm8PK\n", "encrypted for a key"),
        (MARK, "cut off"),
        (MARK[:10], "cut off"),
        (header(16).replace(b"v1", b"v2"), "version 'v2' of the format of age; this program reads v1"),
    ):
        with pytest.raises(UsageError, match=told.replace("^", r"\^")):
            check_work(raw)


def test_an_encrypted_file_is_known_by_its_first_line() -> None:
    """And is read from its beginning afterwards."""
    file = io.BytesIO(header(16))
    assert is_encrypted(file)
    assert file.tell() == 0
    assert not is_encrypted(io.BytesIO(b"PK"))
    assert not is_encrypted(io.BytesIO(b""))
    assert is_encrypted(io.BytesIO(header(16).replace(b"v1", b"v2")))
    assert is_encrypted(io.BytesIO(MARK[:10]))


@pytest.mark.parametrize("text", [f"{PHRASE}\n", f"{PHRASE}\r\nmore\n", f"\ufeff{PHRASE}", PHRASE])
def test_a_passphrase_is_the_first_line_of_its_file(text: str, tmp_path: Path) -> None:
    """However its lines end."""
    (tmp_path / "phrase").write_bytes(text.encode())
    assert passphrase_in(tmp_path / "phrase") == PHRASE


@pytest.mark.parametrize("raw", [b"", b"\nsecond line", b"\xff\xfe\xff\xfe\xff\xfe\xff\xfe", b"x" * 4001])
def test_a_file_without_a_passphrase_is_refused_by_name(raw: bytes, tmp_path: Path) -> None:
    """In one line that does not repeat what is in it."""
    (tmp_path / "phrase").write_bytes(raw)
    with pytest.raises(UsageError, match="phrase: its first line") as refused:
        passphrase_in(tmp_path / "phrase")
    assert "second" not in str(refused.value)


def test_a_passphrase_has_a_length_and_one_form() -> None:
    """At the bound and below it; an accent is the same, typed as one key or two."""
    assert passphrase_of("x" * LEAST_CHARS) == "x" * LEAST_CHARS
    with pytest.raises(UsageError, match="8 to 1000 characters"):
        passphrase_of("x" * (LEAST_CHARS - 1))
    assert passphrase_of("caf\u0065\u0301 noir") == passphrase_of("caf\u00e9 noir")


def test_nobody_to_ask_is_told_of_the_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written."""
    Home(tmp_path).move_in(monkeypatch)
    main(["athlete", "new", "r7"])
    assert main(["athlete", "export", "r7", "--encrypt", "-o", str(tmp_path / "r7.age")]) == 2
    assert "--passphrase-file" in capsys.readouterr().err
    assert not (tmp_path / "r7.age").exists()


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An athlete as an encrypted file: a second of work by its format, so once for all tests."""
    folder = tmp_path_factory.mktemp("runner")
    (folder / "phrase").write_text(f"{PHRASE}\n", encoding="utf-8")
    file = folder / "r7.athlete.zip.age"
    with pytest.MonkeyPatch.context() as patch:
        Home(folder).move_in(patch)
        user_files().write_profile(Profile(athlete="r7", created=DAY))
        user_files().add_entries("r7", CheckIn(at="a", day=DAY, moment=Moment.MORNING, pain=3))
        assert main(["athlete", "export", "r7", "--passphrase-file", str(folder / "phrase"), "-o", str(file)]) == 0
    return file.read_bytes()


@pytest.fixture
def sent(encrypted: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That file, on a machine that knows nobody, with the passphrase in a file beside it."""
    (tmp_path / "phrase").write_text(f"{PHRASE}\n", encoding="utf-8")
    file = tmp_path / "r7.athlete.zip.age"
    file.write_bytes(encrypted)
    Home(tmp_path / "clinic").move_in(monkeypatch)
    return file


@pytest.mark.slow
def test_an_encrypted_athlete_arrives(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its passphrase, and not with another, which is one line; nothing in it can be read without."""
    assert sent.read_bytes().startswith(MARK)
    assert not any(name in sent.read_bytes() for name in (b"profile.json", b"log.jsonl"))
    assert sent.read_bytes()[:2] != b"PK"
    wrong = sent.with_name("wrong")
    wrong.write_text("another phrase", encoding="utf-8")
    assert main(["athlete", "import", str(sent), "--passphrase-file", str(wrong)]) == 2
    told = capsys.readouterr().err
    assert "this passphrase does not open it; nothing was imported" in told
    assert len(told.splitlines()) == 1
    assert user_files().athlete_names() == ()
    assert main(["athlete", "import", str(sent), "--passphrase-file", str(sent.with_name("phrase"))]) == 0
    (said,) = user_files().log_of("r7").entries
    assert isinstance(said, CheckIn)
    assert said.pain == 3


@pytest.mark.slow
def test_a_changed_or_shortened_file_is_one_line(
    sent: Path, capsys: pytest.CaptureFixture[str], pytestconfig: pytest.Config
) -> None:
    """A bit in its middle, its end cut off, its head alone or another one: nothing of it is imported.

    With `--long` both of the first two, each a second of work: in short the middle is changed and the end cut off too.
    """
    raw = sent.read_bytes()
    middle = len(raw) // 2
    changed = raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]
    bodies = (changed, raw[:-30]) if pytestconfig.getoption("long") else (changed[:-30],)
    for broken in (*bodies, raw[:100], raw.replace(b"\n--- ", b"\n-- ", 1)):
        sent.write_bytes(broken)
        capsys.readouterr()
        assert main(["athlete", "import", str(sent), "--passphrase-file", str(sent.with_name("phrase"))]) == 2
        told = capsys.readouterr().err
        assert "nothing was imported" in told
        assert len(told.splitlines()) == 1
        assert user_files().athlete_names() == ()


def test_a_busy_computer_is_not_taken_for_a_damaged_file() -> None:
    """Each reason of the library in words that say who must act."""
    reasons = ("Decryption failed", "Excessive work parameter.", "Header is invalid")
    said = {why: str(refusal_of(why)) for why in reasons}
    assert "passphrase" in said["Decryption failed"]
    assert "too busy or too slow" in said["Excessive work parameter."]
    assert "damaged" in said["Header is invalid"]
