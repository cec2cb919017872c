"""Texts of any encoding, with a mark or without."""

import re

from each_row import each_row

from cadencecoach.devices.recordings.text import encoding_of, text_of
from cadencecoach.devices.recordings.xml_text import xml_text

TEXT = '<?xml version="1.0" encoding="{}"?>\n<a b="caf\u00e9">1 &amp; 2</a>'
DECLARED = re.compile(r"<\?xml[^>]*encoding=\"([^\"]*)\"")


@each_row("mark", ["", "\ufeff"])
@each_row("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@each_row("declared", ["UTF-8", "UTF-16", "klingon"])
def test_what_a_text_declares_does_not_matter_if_its_bytes_say_otherwise(
    mark: str, encoding: str, declared: str
) -> None:
    """Programs declare UTF-16 and write UTF-8, or the other way round."""
    text = TEXT.format(declared)
    assert text_of((mark + text).encode(encoding), DECLARED) == text


@each_row("encoding", ["iso-8859-1", "windows-1252"])
def test_an_encoding_of_one_byte_is_believed(encoding: str) -> None:
    """Nothing else can tell it."""
    text = TEXT.format(encoding)
    assert text_of(text.encode(encoding), DECLARED) == text


def test_a_text_of_no_bytes_is_one() -> None:
    """And so is one of a single byte."""
    assert (encoding_of(b""), text_of(b"a")) == (("utf-8", 0), "a")


@each_row(
    ("data", "want", "n"),
    [
        (b"<a>1</a>", b"<a>1</a>", 0),
        (b"<a>b\xff</a>", b"<a>b</a>", 1),
        (b"<a>1\xff</a>", b"<a>1?</a>", 1),
        (b"<a>\x1f,5</a>", b"<a>?,5</a>", 1),
        (b"<a>\x0085</a>", b"<a>85</a>", 1),
        (b"<a>\xc3\xa9</a>", b"<a>\xc3\xa9</a>", 0),
        (b"<a>&lt;&#65;&#x41;</a>", b"<a>&lt;&#65;&#x41;</a>", 0),
        (b"<a>T & J &nbsp;</a>", b"<a>T &amp; J &amp;nbsp;</a>", 2),
    ],
)
def test_stray_characters_are_left_out_and_counted(data: bytes, want: bytes, n: int) -> None:
    """Bytes that are no text, control characters, and an & that begins nothing; in a number each may be a digit."""
    text, notes = xml_text(data)
    assert text == want
    assert notes == ([f"characters that no such file may have left out: {n}"] if n else [])
