"""The text of the journal: what is written comes back exactly, and hostile files end in one clear error."""

import json
import math
from contextlib import suppress

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import JournalError
from cadencecoach.gait.reading import Reading
from cadencecoach.record import journal
from cadencecoach.record.fields import LARGEST
from cadencecoach.record.journal import AT_ONCE, Header, encode, line_text, read_journal
from cadencecoach.record.kinds import line_of
from cadencecoach.record.line_json import json_of_line
from cadencecoach.record.lines import PauseLine

HEADER = Header(
    app="cadencecoach 0.1.0",
    started="2026-03-01T09:30:00Z",
    plan_name="Plus 5",
    plan_sha256="ab12",
    athlete=None,
    feet="sim",
    sound="none",
    extra={"seed": 7},
)
FIRST = encode(HEADER.to_dict()).encode()
numbers = st.floats(-LARGEST, LARGEST, exclude_min=True, exclude_max=True)
values = st.none() | st.booleans() | numbers | st.text()


def of(*lines: str) -> list[bytes]:
    """A file of our header and these lines."""
    return [FIRST + b"\n", *(line.encode() + b"\n" for line in lines)]


def test_the_header_is_written_to_the_letter() -> None:
    """The version stands first, then the fields in the documented order, then what a session adds."""
    assert FIRST.decode() == (
        '{"journal":1,"app":"cadencecoach 0.1.0","started":"2026-03-01T09:30:00Z",'
        '"plan":{"name":"Plus 5","sha256":"ab12"},"athlete":null,"feet":"sim","sound":"none","seed":7}'
    )


def test_a_session_cannot_hide_a_field_of_the_header() -> None:
    """An extra key with the name of a fixed one is left out."""
    header = Header(**{**{n: getattr(HEADER, n) for n in HEADER.__slots__}, "extra": {"journal": 9, "unit": "steps"}})
    assert (header.to_dict()["journal"], header.to_dict()["unit"]) == (1, "steps")


@given(st.dictionaries(st.text().filter(lambda key: key not in {"t", "what"}), values), st.floats(0, 1e9))
def test_what_is_written_is_read_back_exactly(fields: dict[str, object], time_s: float) -> None:
    """Any line is one line of ASCII-safe controls, and every float comes back to the last bit."""
    line = {"t": time_s, "what": "invented", **fields}
    text = encode(line)
    assert text.splitlines() == [text]
    assert not [c for c in text if ord(c) < 32 or 127 <= ord(c) < 160]
    read = json_of_line(read_journal([FIRST, text.encode()]).lines[0])
    assert read == line
    assert [type(value) for value in read.values()] == [type(value) for value in line.values()]


any_float = st.none() | st.floats()


@given(any_float, any_float, any_float, st.floats(0, 1e9))
def test_whatever_a_sensor_said_is_written_so_that_it_can_be_read(
    cadence_spm: float | None, speed_mps: float | None, hr_bpm: float | None, time_s: float
) -> None:
    """A number of any size goes in, and what comes out is it or missing, never a journal that is refused."""
    reading = Reading(time_s=time_s, cadence_spm=cadence_spm, speed_mps=speed_mps, hr_bpm=hr_bpm)
    line = line_of(reading)
    assert line is not None
    read = json_of_line(read_journal([FIRST, line_text(line).encode()]).lines[0])
    for name, value in json_of_line(line).items():
        is_lost = isinstance(value, float) and not abs(value) < LARGEST
        assert read.get(name) == (None if is_lost else value)


@each_row("number", [1e15, -1e300, 1.7e308])
def test_a_number_too_large_to_be_one_is_written_as_missing(number: float) -> None:
    """A reader would refuse it; the header's and the line's other fields stay."""
    assert encode({"t": 1.0, "a": number, "b": "x"}) == '{"t":1.0,"a":null,"b":"x"}'


@each_row("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_written_as_missing(number: float) -> None:
    """JSON has no word for NaN or infinity; they never reach the file, however deep they stand."""
    assert encode({"t": 1.0, "a": number, "b": [{"c": (number, 2.5)}]}) == '{"t":1.0,"a":null,"b":[{"c":[null,2.5]}]}'


def test_a_name_cannot_command_a_terminal() -> None:
    """Controls and half characters are escaped; letters of any script stay readable."""
    text = encode({"name": "Tempo für 走る \x1b[2J \x9b2J \u2028 \ud800"})
    assert text == '{"name":"Tempo für 走る \\u001b[2J \\u009b2J \\u2028 \\ud800"}'


def test_a_torn_last_line_is_dropped_and_said() -> None:
    """Killed at any byte of the last line, the lines before it are there."""
    whole = '{"t":2.5,"what":"note","about":"pain","text":"Knie: größer"}'.encode()
    for cut in range(1, len(whole)):
        journal = read_journal([*of('{"t":1.0,"what":"pause"}'), whole[:cut]])
        assert [type(line) for line in journal.lines] == [PauseLine]
        assert journal.notes == ("line 3 is torn and was dropped: the session ended while it was being written",)
    assert len(read_journal([*of('{"t":1.0,"what":"pause"}'), whole]).lines) == 2


def test_a_power_cut_leaves_nul_bytes_and_the_rest_is_read() -> None:
    """Some file systems fill the end of a file with NUL."""
    journal = read_journal([*of('{"t":1.0,"what":"pause"}'), b'{"t":2.0,"wh' + bytes(4096)])
    assert (len(journal.lines), len(journal.notes)) == (1, 1)


def test_an_editor_does_no_harm() -> None:
    """A byte order mark, CRLF and blank lines are read over."""
    journal = read_journal([b"\xef\xbb\xbf" + FIRST + b"\r\n", b"\r\n", b'{"t":1,"what":"pause"}\r\n', b"\n"])
    assert (journal.header["journal"], len(journal.lines), journal.notes) == (1, 1, ())


def test_unknown_kinds_and_fields_are_kept() -> None:
    """A later version may say more; what we do not know passes through."""
    lines = ['{"t":1,"what":"moon","state":[1]}', '{"t":2,"what":"pause","why":{"a":1}}']
    assert [json_of_line(line) for line in read_journal(of(*lines)).lines] == [json.loads(line) for line in lines]


def test_time_that_goes_back_is_said_once() -> None:
    """The lines stay as they are; the first place is named."""
    journal = read_journal(of(*(f'{{"t":{t},"what":"pause"}}' for t in (1, 3, 2, 1))))
    assert (len(journal.lines), journal.notes) == (4, ("line 4: time goes back from 3 s to 2 s",))


@each_row(
    ("line", "complaint"),
    [
        ("hello", "line 2: not JSON at column 1"),
        ("[1]", "line 2: not a JSON object"),
        ('{"t":NaN,"what":"x"}', "line 2: not JSON: NaN is not a number"),
        ('{"t":1e999,"what":"x"}', "line 2: not JSON: a number is too large"),
        ('{"t":1' + 5000 * "0" + ',"what":"x"}', "line 2: not JSON"),
        ('{"t":1' + 500 * "0" + ',"what":"x"}', "line 2: 't' must be a number of seconds"),
        ('{"t":1,"what":"pause","a":-1e999}', "line 2: not JSON: a number is too large"),
        ('{"t":1,"what":"pause","a":[1e999]}', "line 2: not JSON: a number is too large"),
        ('{"t":1,"what":"pause"},{"t":2,"what":"pause"}', "line 2: not JSON at column 23: Extra data"),
        ('{"t":true,"what":"x"}', "line 2: 't' must be a number of seconds"),
        ('{"what":"x"}', "line 2: 't' must be a number of seconds"),
        ('{"t":1}', "line 2: 'what' must name the kind of line"),
        ('{"t":1,"what":"reading","cadence_spm":"fast"}', "line 2: 'cadence_spm' must be a number or null"),
        ('{"t":1,"what":"stage","index":-1}', "line 2: 'index' must be a whole number from 0 on"),
        ('{"t":1,"what":"cue","text":7}', "line 2: 'text' must be a text"),
        ('{"t":1,"what":"payload","hex":"0g"}', "line 2: 'hex' must be bytes in hex"),
        ('{"t":1,"what":"mute","is_muted":1}', "line 2: 'is_muted' must be true or false"),
        ('{"t":1,"what":"payload","source":"rsc"}', "line 2: a line of kind 'payload' must have 'hex'"),
        ('{"t":1,"what":"payload","hex":"00"}', "line 2: a line of kind 'payload' must have 'source'"),
        ('{"t":1,"what":"key"}', "line 2: a line of kind 'key' must have 'key'"),
        ('{"t":1,"what":"key","key":"digit"}', "line 2: a line of kind 'key' must have 'level'"),
        ('{"t":1,"what":"end"}', "line 2: a line of kind 'end' must have 'reason'"),
        ("[" * 100_000, "line 2: "),
        ('{"t":1,"what":"x","a":' + "[" * 100_000 + "]" * 100_000 + "}", "line 2: nested too deeply"),
        (" " * 1_000_001, "line 2: longer than 1000000 bytes"),
        ("\udcff", "line 2: not UTF-8 at byte 1"),
    ],
)
def test_a_broken_line_is_named(line: str, complaint: str) -> None:
    """A line broken before the end stops the reading, with its number and what is wrong."""
    raw = line.encode("utf-8", "surrogateescape")
    with pytest.raises(JournalError) as caught:
        read_journal([FIRST, raw, b'{"t":9,"what":"end","reason":"stopped"}'])
    assert str(caught.value).startswith(complaint)
    assert len(str(caught.value)) < 200


@each_row(
    "lines",
    [
        ('{"t":1,"what":"pause","a":[{"t":1,"what":"pause"}', '{"t":2,"what":"pause"}]}', '{"t":3,"what":"pause"}'),
        ('{"t":1,"what":"pause"', '"a":2}', '{"t":3,"what":"pause"}'),
        ('{"t":1,"what":"pause","a":[{}', "{}]}", '{"t":3,"what":"pause"},{"t":3,"what":"pause"}'),
        ('{"t":1,"what":"note","about":"', '","text":""}', '{"t":3,"what":"pause"}'),
    ],
)
def test_lines_that_make_sense_only_together_are_broken(lines: tuple[str, ...]) -> None:
    """Lines are read many at a time, and each must still be an object by itself."""
    with pytest.raises(JournalError, match="line 2: not JSON"):
        read_journal(of(*lines))


def test_lines_are_numbered_across_the_pieces_they_are_read_in() -> None:
    """A broken line far down is named by its number, a torn one at the end is dropped, all the others are there."""
    whole = [f'{{"t":{t},"what":"pause"}}' for t in range(3 * AT_ONCE)]
    with pytest.raises(JournalError, match=f"line {2 * AT_ONCE + 7}: 'spm' must be"):
        read_journal(of(*whole[: 2 * AT_ONCE + 5], '{"t":9,"what":"tempo","spm":"x"}', *whole))
    assert [line.t for line in read_journal(of(*whole, '{"t":9')).lines] == list(range(3 * AT_ONCE))


@each_row(
    ("first", "complaint"),
    [
        (b"", "the file is empty"),
        (b"t_s,cadence_spm", "line 1: not a journal"),
        (b"{}", "line 1: not a journal"),
        (b"\xff\xfe{\x00", "line 1: not a journal"),
        (b'{"journal": 1, "app', "line 1: not a journal"),
        (b'{"journal": "1"}', "line 1: the version must be a whole number"),
        (b'{"journal": true}', "line 1: the version must be a whole number"),
        (b'{"journal": 0}', "line 1: the version must be a whole number"),
        (b'{"journal": 2}', "this journal has version 2; this program reads up to version 1"),
        (b'{"journal": 1, "plan": []}', "line 1: 'plan' must be an object"),
        (b'{"journal": 1, "plan": {"name": 5}}', "line 1: 'plan.name' must be a text"),
        (b'{"journal": 1, "feet": 5}', "line 1: 'feet' must be a text"),
    ],
)
def test_what_is_no_journal_is_refused(first: bytes, complaint: str) -> None:
    """Another file, or a later version, is told apart by its first line."""
    with pytest.raises(JournalError, match=r"journal|version|must") as caught:
        read_journal([first])
    assert str(caught.value).startswith(complaint)


@given(st.lists(st.binary(max_size=80), max_size=5))
def test_any_bytes_end_in_lines_or_in_one_clear_error(rubbish: list[bytes]) -> None:
    """No file, however broken, ends in anything but a journal or a JournalError."""
    with suppress(JournalError):
        assert all(line.t is not None for line in read_journal([FIRST, *rubbish]).lines)


def test_what_stands_in_lines_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists in lists take forty times their own size of memory."""
    head = b'{"journal":1,"plan":{"name":"A"}}'  # two objects and a comma are seven
    lines = [head, b'{"t":1.0,"what":"x","a":[[1]]}']  # an object, two commas, two lists: seven
    monkeypatch.setattr(journal, "MAX_VALUES", 14)
    assert len(read_journal(lines).lines) == 1
    monkeypatch.setattr(journal, "MAX_VALUES", 13)
    with pytest.raises(JournalError, match="line 2: more than 400000 lines or 13 values"):
        read_journal(lines)


def test_marks_that_turn_text_round_stand_as_escapes() -> None:
    """In a journal and in JSON that is exported; whoever reads it has them again."""
    line = encode({"what": "x", "note": "a\u202eb\u2066c\u200f"})
    assert r"a\u202eb\u2066c\u200f" in line
    assert json.loads(line)["note"] == "a\u202eb\u2066c\u200f"
