"""What comes in over a pipe is judged before it is believed: lengths, messages, and all of them together."""

import struct
import tracemalloc

import bson
import pytest

from labsrv.kit.pipe.peer import Gone, Peer
from tests.kit.pipe.pipes import wait_for


def test_a_length_is_refused_before_anything_of_that_size_is_read(sockets):
    here, raw = Peer.over(sockets[0]), sockets[1]
    tracemalloc.start()
    raw.sendall(struct.pack("<i", 2**31 - 1) + bytes(1000))
    wait_for(lambda: here.gone)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert "announced a message of 2,147,483,647 bytes" in str(here.gone)


def nested(depth):
    document = b"\x05\0\0\0\0"
    for _ in range(depth):
        document = struct.pack("<i", len(document) + 8) + b"\x03a\0" + document + b"\0"
    return document


HOSTILE = {
    "text": (b"GET / HTTP/1.1\r\n\r\n", "announced"),
    "a negative length": (struct.pack("<i", -1), "announced"),
    "a length of nothing": (struct.pack("<i", 0), "announced"),
    "no BSON inside": (struct.pack("<i", 12) + b"\xff" * 8, "not BSON"),
    "a pickle": (struct.pack("<i", 20) + b"cos\nsystem\n(S'x'\n", "not BSON"),
    "five thousand levels": (nested(5000), "not BSON|neither"),
    "an empty document": (bson.encode({}), "neither a call nor an answer"),
    "a call without arguments": (bson.encode({"id": 1, "do": "x"}), "neither"),
    "a call with a list for a name": (bson.encode({"id": 1, "do": ["x"], "with": {}}), "neither"),
    "an answer to a document": (bson.encode({"re": {}, "value": 1}), "neither"),
    "a call that is an answer as well": (bson.encode({"id": 1, "do": "x", "with": {}, "re": {}}), "neither"),
    "a call on behalf of a document": (bson.encode({"id": 1, "do": "x", "with": {}, "for": {}}), "neither"),
    "an exception without a type": (bson.encode({"re": 1, "raised": {}}), "neither"),
}


@pytest.mark.parametrize(("sent", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_who_breaks_the_rules_is_hung_up_on_with_a_reason(sockets, sent, reason):
    here, raw = Peer.over(sockets[0]), sockets[1]
    raw.sendall(sent)
    wait_for(lambda: here.gone)
    with pytest.raises(Gone, match=reason):
        here.call("anything")


def test_what_one_side_may_send_altogether_is_bounded(sockets):
    with Peer.over(sockets[0]) as here, Peer.over(sockets[1], most_received=50_000) as there:
        there.serve["take"] = lambda blob: len(blob)
        assert [here.call("take", blob=bytes(10_000)) for _ in range(4)] == [10_000] * 4
        with pytest.raises(Gone):
            here.call("take", blob=bytes(10_000))
        wait_for(lambda: there.gone)
        assert "more than 50,000 bytes altogether" in str(there.gone)
