"""What a sound file says of itself to a player: title, artist, album, tempo; ID3 for MP3 and WAV, comments for FLAC.

libsndfile writes title, artist and album into FLAC alone, and no tempo anywhere, so the rest is written here.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

ARTIST = "cadencecoach"
TEXT_FRAMES = {"title": b"TIT2", "artist": b"TPE1", "album": b"TALB", "tempo": b"TBPM", "software": b"TSSE"}
INFO_CHUNKS = {"title": b"INAM", "artist": b"IART", "album": b"IPRD", "comment": b"ICMT"}
MARK_OF_LIST = struct.pack("<4s4sI16s", b"INFO", b"ISFT", 16, ARTIST.encode())  # the software that made it
UTF_16 = 1  # the encoding of a text in ID3v2.3 that has every character
_UNKNOWN_LANGUAGE = b"XXX"
VORBIS_COMMENT = 4  # the kind of the block of FLAC that holds texts
LEAST_ROOM = 16  # more than a tempo takes among the comments of FLAC


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundTags:
    """What a file is called; what is empty is left out.

    Attributes:
        title: of the track
        album: it belongs to
        comment: anything else
        tempo_spm: beats a minute, where it has one tempo; a player that sorts by tempo finds it by that
    """

    title: str = ""
    album: str = ""
    comment: str = ""
    tempo_spm: float | None = None

    @property
    def tempo(self) -> str:
        """The tempo as tags have it: a whole number."""
        return "" if self.tempo_spm is None else str(round(self.tempo_spm))

    def texts(self) -> dict[str, str]:
        """Those that are not empty, by name."""
        named = {"title": self.title, "album": self.album, "comment": self.comment, "tempo": self.tempo}
        given = {name: text for name, text in named.items() if text}
        return {**given, "artist": ARTIST, "software": ARTIST} if given else {}


def id3_tag(tags: SoundTags) -> bytes:
    """A tag of ID3v2.3, which every player knows; nothing where there is nothing to say."""
    texts = tags.texts()
    frames = b"".join(
        _frame(key, bytes([UTF_16]) + _utf_16(texts[name])) for name, key in TEXT_FRAMES.items() if name in texts
    )
    if "comment" in texts:
        frames += _frame(
            b"COMM", bytes([UTF_16]) + _UNKNOWN_LANGUAGE + _utf_16("") + b"\0\0" + _utf_16(texts["comment"])
        )
    if not frames:
        return b""
    seven_bits = [len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0)]
    return b"ID3\x03\x00\x00" + bytes(seven_bits) + frames


def info_list(tags: SoundTags) -> bytes:
    """The chunk in which a WAV file says the same; its beginning is the mark by which the program knows its own."""
    texts = tags.texts()
    chunks = (_chunk(key, texts[name].encode() + b"\0") for name, key in INFO_CHUNKS.items() if name in texts)
    return _chunk(b"LIST", MARK_OF_LIST + b"".join(chunks))


def id3_chunk(tags: SoundTags) -> bytes:
    """The chunk of a WAV file that holds a tag of ID3; nothing where there is none."""
    tag = id3_tag(tags)
    return _chunk(b"id3 ", tag) if tag else b""


def flac_comment(tags: SoundTags) -> str:
    """The comment with which libsndfile makes room for the tempo that `put_flac_tempo` writes."""
    room = " " * LEAST_ROOM if tags.tempo else ""
    return tags.comment + room


def put_flac_tempo(path: Path, tags: SoundTags) -> None:
    """Write the tempo among the comments of a FLAC file, in the room that its own comment left; no byte moves.

    Raises:
        OSError: the file cannot be written
    """
    if not tags.tempo:
        return
    with path.open("r+b", buffering=0) as file:
        head = file.read(8192)
        at = _comments_at(head)
        if at is None:
            return
        changed = _with_tempo(head, at, f"BPM={tags.tempo}".encode())
        if changed is not None:
            file.seek(0)
            file.write(changed)


def _with_tempo(head: bytes, at: int, tempo: bytes) -> bytes | None:
    """A FLAC file's beginning with one comment more and another shorter by as much; None where there is no room."""
    (n_vendor,) = struct.unpack_from("<I", head, at)
    at_count = at + 4 + n_vendor
    (n_comments,) = struct.unpack_from("<I", head, at_count)
    here = at_count + 4
    for _ in range(n_comments):
        (n_bytes,) = struct.unpack_from("<I", head, here)
        comment = head[here + 4 : here + 4 + n_bytes]
        left = n_bytes - 4 - len(tempo)
        if comment.lower().startswith(b"comment=") and not comment[left:].strip():
            pair = struct.pack("<I", left) + comment[:left] + struct.pack("<I", len(tempo)) + tempo
            count = struct.pack("<I", n_comments + 1)
            return head[:at_count] + count + head[at_count + 4 : here] + pair + head[here + 4 + n_bytes :]
        here += 4 + n_bytes
    return None


def _comments_at(head: bytes) -> int | None:
    """Where the comments begin behind their block's header; None where they are not at the beginning of the file."""
    at = 4
    while at + 4 <= len(head):
        kind, n_bytes = head[at] & 0x7F, int.from_bytes(head[at + 1 : at + 4], "big")
        if kind == VORBIS_COMMENT:
            return at + 4 if at + 4 + n_bytes <= len(head) else None
        if head[at] & 0x80:
            return None
        at += 4 + n_bytes
    return None


def _frame(key: bytes, content: bytes) -> bytes:
    return key + struct.pack(">IH", len(content), 0) + content


def _utf_16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le", "replace")


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
