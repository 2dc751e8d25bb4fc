"""What comes in over a pipe, frame by frame, judged before it is believed."""

import struct
from collections.abc import Callable
from datetime import UTC
from typing import Any

import bson
from bson.codec_options import CodecOptions

Document = dict[str, Any]

LARGEST = 16 * 1024 * 1024
OPTIONS: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)


class Broken(Exception):
    """The other side did not keep to the rules of the pipe."""


class Frames:
    """Frames out of what `read(n)` gives; `largest` bounds one in bytes, `most` all of them together."""

    def __init__(self, read: Callable[[int], bytes], largest: int, most: float):
        self.read = read
        self.largest = largest
        self.most = most
        self.received = 0
        self.buffer = bytearray()

    def next(self) -> bytes | None:
        """Return a frame that is there as a whole, or None; its length is judged before more of it is read."""
        if len(self.buffer) < 4 or len(self.buffer) < (length := announced_length(self.buffer, self.largest)):
            return None

        frame = bytes(self.buffer[:length])
        del self.buffer[:length]
        return frame

    def more(self) -> bool:
        """Read something, and wait until there is something; False at the end."""
        more = self.read(65_536)
        self.buffer += more
        self.received += len(more)
        if self.received > self.most:
            raise Broken(f"The other side sent more than {self.most:,} bytes altogether.")
        return bool(more)


def announced_length(buffer: bytearray, largest: int) -> int:
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
        case {"id": int(), "do": str(), "with": dict()} if isinstance(document.get("for", 0), int):
            if "re" not in document:
                return document

    raise Broken("The other side sent a message that is neither a call nor an answer.")
