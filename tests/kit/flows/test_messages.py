"""A message's parameters, wherever in the request they stand, and the same request with some of them changed."""

import pytest

from labsrv.kit.flows.messages import FlowMessage, parameters_of, with_changes
from labsrv.kit.http.transport import Request

FORM = ("Content-Type", "application/x-www-form-urlencoded")
BASIC = ("Authorization", "Basic dGVhJTNBc2hvcDpzJTIwMQ==")  # tea%3Ashop:s%201
ADDRESS = "http://idp.localhost:1/authorize?a=1&b=two+words&a=&%C3%A9=%26"

REQUESTS = {
    "address": (Request("GET", ADDRESS), [("a", "1"), ("b", "two words"), ("a", ""), ("é", "&")], "address"),
    "form": (Request("POST", "http://x/", [FORM], b"a=1&b=%2B"), [("a", "1"), ("b", "+")], "form"),
    "a body that is no form": (Request("POST", "http://x/", [], b"a=1"), [], ""),
    "Basic": (Request("POST", "http://x/", [BASIC]), [("client_id", "tea:shop"), ("client_secret", "s 1")], "header"),
    "Bearer": (Request("GET", "http://x/", [("authorization", "bearer t.o.k")]), [("access_token", "t.o.k")], "header"),
    "no base64": (Request("GET", "http://x/", [("Authorization", "Basic §")]), [], ""),
    "another scheme": (Request("GET", "http://x/", [("Authorization", "Digest x")]), [], ""),
}


@pytest.mark.parametrize(("request_", "expected", "where"), REQUESTS.values(), ids=REQUESTS)
def test_parameters_are_found(request_, expected, where):
    found = parameters_of(request_)

    assert [(each.name, each.value) for each in found] == expected
    assert {each.where for each in found} <= {where}


CHANGES = {
    "address": (Request("GET", ADDRESS), {1: "x y", 2: None}, [("a", "1"), ("b", "x y"), ("é", "&")]),
    "form": (Request("POST", "http://x/", [FORM], b"a=1&b=2"), {0: "é&"}, [("a", "é&"), ("b", "2")]),
    "client": (Request("GET", "http://x/", [BASIC]), {0: "a:b"}, [("client_id", "a:b"), ("client_secret", "s 1")]),
    "no client": (Request("GET", "http://x/", [BASIC]), {0: None, 1: None}, []),
    "token": (Request("GET", "http://x/", [("Authorization", "Bearer t")]), {0: "u"}, [("access_token", "u")]),
    "no token": (Request("GET", "http://x/", [("Authorization", "Bearer t")]), {0: None}, []),
}


@pytest.mark.parametrize(("request_", "changes", "expected"), CHANGES.values(), ids=CHANGES)
def test_parameters_are_changed_in_their_place(request_, changes, expected):
    changed = with_changes(request_, changes)

    assert [(each.name, each.value) for each in parameters_of(changed)] == expected
    assert changed.method == request_.method


def test_a_change_leaves_the_other_parts_byte_by_byte():
    asked = Request("POST", "http://x/?A=%41", [FORM, ("Content-Length", "5"), BASIC], b"a=%41")
    changed = with_changes(asked, {1: "2"})

    assert (changed.url, changed.body, changed.headers) == (asked.url, b"a=2", [FORM, BASIC])


def test_what_is_kept_as_it_is_was_not_touched():
    message = FlowMessage(1, "redirect", "shop", "idp", Request("GET", ADDRESS))
    message.change({0: "1", 1: "other", 3: None, 9: "x"})

    assert message.touched == {"b": "changed", "é": "dropped"}


def test_no_secret_prints():
    assert "s 1" not in repr(parameters_of(Request("GET", "http://x/", [BASIC])))
