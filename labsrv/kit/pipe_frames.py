"""What comes in over a pipe, frame by frame, judged before it is believed."""

import struct
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import Any

import bson
from bson.codec_options import CodecOptions

Document = dict[str, Any]

LARGEST = 16 * 1024 * 1024
OPTIONS: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)


class Broken(Exception):
    """The other side did not keep to the rules of the pipe."""


def frames(read: Callable[[int], bytes], largest: int, most: float) -> Iterator[bytes]:
    """Yield frame after frame; the announced length is judged before anything of that length is read."""
    buffer = bytearray()
    received = 0
    while True:
        while len(buffer) < 4 or len(buffer) < (length := announced(buffer, largest)):
            more = read(65_536)
            if not more:
                return
            buffer += more
            received += len(more)
            if received > most:
                raise Broken(f"The other side sent more than {most:,} bytes altogether.")
        yield bytes(buffer[:length])
        del buffer[:length]


def announced(buffer: bytearray, largest: int) -> int:
    """Return the length that a frame gives itself, or raise `Broken`."""
    length = int(struct.unpack_from("<i", buffer)[0])
    if 5 <= length <= largest:
        return length

    raise Broken(f"The other side announced a message of {length:,} bytes, and a pipe carries 5 to {largest:,}.")


def understood(frame: bytes) -> Document:
    """Return a frame as the call or answer that it is, or raise `Broken`."""
    try:
        document: Document = bson.decode(frame, OPTIONS)
    except Exception as error:
        raise Broken(f"The other side sent something that is not BSON ({type(error).__name__}).") from None

    match document:
        case {"re": int(), "value": _} | {"re": int(), "raised": {"type": str(), "message": str()}}:
            return document
        case {"id": int(), "do": str(), "with": dict()}:
            return document

    raise Broken("The other side sent a message that is neither a call nor an answer.")
