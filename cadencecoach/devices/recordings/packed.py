"""Files packed with gzip, as whole archives of runs are handed out: unpacked, but no further than a run can be."""

import zlib

from cadencecoach.errors import RecordingError

GZIP = 31  # zlib's word for a gzip header and the largest window
MAX_MEMBERS = 100  # one is usual; each costs a copy of what follows it


def unpack(data: bytes, limit_bytes: int) -> bytes:
    """What is in a gzip file.

    Raises:
        RecordingError: not gzip, or more in it than the limit
    """
    parts: list[bytes] = []
    left_bytes = limit_bytes + 1
    for _ in range(MAX_MEMBERS):  # several may stand one after the other
        if not data or left_bytes <= 0:
            break
        unpacker = zlib.decompressobj(GZIP)
        try:
            parts.append(unpacker.decompress(data, left_bytes))
        except zlib.error as error:
            if not any(parts):
                raise RecordingError(f"not a readable gzip file: {error}") from error
            break  # zeros that fill up the end
        left_bytes -= len(parts[-1])
        data = unpacker.unused_data
    if left_bytes <= 0:
        raise RecordingError(f"more than {limit_bytes} bytes in it; a recorded run has at most that")
    return b"".join(parts)
