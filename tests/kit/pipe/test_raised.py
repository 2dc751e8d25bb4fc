"""What a call raises where it was made: a few exceptions as themselves, all others described."""

import pytest
from pymongo.errors import DuplicateKeyError

from labsrv.kit.pipe.peer import RemoteError
from labsrv.kit.store import StoreUnavailable
from tests.kit.pipe.pipes import LIMIT, raising

RAISED = {
    "DuplicateKeyError": (DuplicateKeyError("taken"), DuplicateKeyError, "taken"),
    "StoreUnavailable": (StoreUnavailable("start it"), StoreUnavailable, "start it"),
    "ValueError": (ValueError("no"), ValueError, "no"),
    "KeyError": (KeyError("key"), KeyError, "'key'"),
    "TypeError": (TypeError("wrong"), TypeError, "wrong"),
    "another": (PermissionError("not you"), RemoteError, "PermissionError: not you"),
    "an own class": (type("SystemExit", (Exception,), {})("x"), RemoteError, "SystemExit: x"),
}


@pytest.mark.parametrize(("error", "kind", "text"), RAISED.values(), ids=RAISED)
def test_only_listed_exceptions_are_raised_as_themselves(pair, error, kind, text):
    here, there = pair
    there.serve["fail"] = raising(error)
    with pytest.raises(kind) as raised:
        here.call("fail")
    assert type(raised.value) is kind
    assert str(raised.value) == text


def test_messages_are_cut_to_a_length(pair):
    here, there = pair
    there.serve["fail"] = raising(ValueError("x" * 100_000))
    with pytest.raises(ValueError) as raised:
        here.call("fail")
    assert len(str(raised.value)) == 2000


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError


endless = []
endless.append(endless)
UNKIND = {
    "sys.exit()": (raising(SystemExit(3)), "SystemExit: 3"),
    "an interrupt": (raising(KeyboardInterrupt()), "KeyboardInterrupt"),
    "an exception that cannot be shown": (raising(Unspeakable()), "Unspeakable: .It cannot be shown"),
    "a message that is no UTF-8": (raising(OSError("\ud800")), "OSError: [?]"),
    "a value that contains itself": (lambda: endless, "RecursionError|InvalidDocument|InvalidBSON"),
    "no end of calls": (lambda: (f := lambda: f())(), "RecursionError"),
}


@pytest.mark.parametrize(("served", "text"), UNKIND.values(), ids=UNKIND)
def test_whatever_a_served_function_does_its_caller_gets_an_answer(pair, served, text):
    here, there = pair
    there.serve |= {"unkind": served, "one": lambda: 1}
    with pytest.raises(RemoteError, match=text):
        here.call("unkind", timeout=LIMIT)
    assert here.call("one", timeout=LIMIT) == 1
