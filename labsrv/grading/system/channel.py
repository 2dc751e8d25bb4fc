"""Messages between processes that trust each other: lines of JSON over a Unix socket, with descriptors beside them."""

import json
import socket
from collections.abc import Mapping
from typing import Any

LARGEST_MESSAGE = 256 * 1024


def send(channel: socket.socket, message: Mapping[str, Any], descriptors: list[int] | None = None) -> None:
    """Send one message with its descriptors."""
    line = json.dumps(message).encode() + b"\n"
    if descriptors:
        socket.send_fds(channel, [line[:1]], descriptors)
        line = line[1:]
    channel.sendall(line)


def receive(channel: socket.socket, largest: int = LARGEST_MESSAGE) -> tuple[dict[str, Any], list[int]]:
    """Return the next message and its descriptors, and leave those that follow it.

    Raises `EOFError` when the other side is gone.
    """
    line, descriptors = b"", []
    while not line.endswith(b"\n"):
        # Look first, then read up to the end of this line: descriptors belong to the message that they came with.
        waiting = channel.recv(65536, socket.MSG_PEEK)
        part, received, _, _ = socket.recv_fds(channel, waiting.find(b"\n") + 1 or max(len(waiting), 1), 4)
        line += part
        descriptors += received
        if not part or len(line) > largest:
            raise EOFError("the other side is gone")
    return parsed(line), descriptors


def parsed(line: bytes) -> dict[str, Any]:
    """Return a line as the message that it is, or raise `EOFError`."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise EOFError("the other side talks nonsense") from None

    return message if isinstance(message, dict) else {}
