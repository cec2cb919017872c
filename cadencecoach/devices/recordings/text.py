"""The text in the bytes of a file: by its mark, by its zeros where UTF-16 has no mark, by what it declares itself."""

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LOOKED_AT_BYTES = 2_000
MOSTLY = 0.4  # of the pairs of bytes hold a zero in the same place: letters and digits of UTF-16


def encoding_of(data: bytes, declared_in: re.Pattern[str] | None = None) -> tuple[str, int]:
    """The encoding of a text, and how many bytes its mark has.

    Args:
        data: from the beginning
        declared_in: finds the name of an encoding that the text itself gives
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return name, len(mark)
    head = data[:LOOKED_AT_BYTES]
    n_pairs = max(1, len(head) // 2)
    if head[1::2].count(0) > MOSTLY * n_pairs:
        return "utf-16-le", 0
    if head[::2].count(0) > MOSTLY * n_pairs:
        return "utf-16-be", 0
    declared = declared_in.match(head.decode("latin-1")) if declared_in else None
    name = declared[1].lower() if declared else "utf-8"
    # One that declares UTF-16 and has none of its zeros was written as text and saved as UTF-8.
    return (name if _is_known(name) else "utf-8"), 0


def text_of(data: bytes, declared_in: re.Pattern[str] | None = None) -> str:
    """The text; a byte that is none becomes U+FFFD."""
    name, n_mark = encoding_of(data, declared_in)
    return data[n_mark:].decode(name, "replace")


def _is_known(name: str) -> bool:
    """Whether it is the encoding of a text that could declare it: one whose letters are those of ASCII."""
    try:
        return "<?xml".encode(name) == b"<?xml"
    except (LookupError, ValueError):
        return False
