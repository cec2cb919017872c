"""The text of an XML file as UTF-8 that a parser takes, whatever marks, encodings and stray bytes it came with."""

import re

from cadencecoach.devices.recordings.text import encoding_of, text_of

DECLARED = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*['\"]([\w.:-]{1,40})['\"][^>]*\?>")
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")  # without U+FFFD: a byte that is no text
STRAY = "[\x01-\x08\x0b\x0c\x0e-\x1f\ufffd]"
IN_NUMBER = re.compile(f"(?<=[0-9.,]){STRAY}|{STRAY}(?=[0-9.,])")
UNREADABLE = "?"  # in place of a digit: left out it would make another number
BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
STRAY_NOTE = "characters that no such file may have left out: {n}"
# The same in bytes, for files that need no copy.
NOT_XML_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
BARE_BYTES = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")


def xml_text(data: bytes) -> tuple[bytes, list[str]]:
    """The file as UTF-8 without its declaration, and notes of what was left out."""
    if _is_clean(data):
        return data, []
    text = text_of(data, declared_in=DECLARED)
    text = DECLARATION.sub("", text, count=1).lstrip()
    text, n_in_numbers = IN_NUMBER.subn(UNREADABLE, text)
    text, n_strays = NOT_XML.subn("", text)
    text, n_bare = BARE.subn("&amp;", text)
    n = n_in_numbers + n_strays + n_bare
    return text.encode(), [STRAY_NOTE.format(n=n)] if n else []


def _is_clean(data: bytes) -> bool:
    """Whether nothing is to be done, as with nearly all files; large ones need not be copied then."""
    if not data.startswith(b"<") or NOT_XML_BYTES.search(data) or BARE_BYTES.search(data):
        return False
    if encoding_of(data, declared_in=DECLARED) != ("utf-8", 0):
        return False
    try:
        return "\ufffd" not in data.decode()
    except UnicodeDecodeError:
        return False
