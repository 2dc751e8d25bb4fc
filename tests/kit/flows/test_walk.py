"""A walk goes step by step, holds what a site asks while it answers, and leaves no thread behind; over sockets too."""

import threading

import pytest
from flask import Flask, redirect, request

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.flows.walk import ASKS_AGAIN, NOT_SENT, Walk
from labsrv.kit.http.arrival import Arrival, carried_for
from labsrv.kit.http.transport import LOOPBACK, Request, Unreachable
from labsrv.kit.lessons.lab import Lab

LOGIN = "<form name=login method=post action=/login><input name=username><input name=password></form>"


@pytest.fixture(params=[False, True], ids=["without a socket", "over sockets"])
def lab(request):
    lab = Lab("test", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=request.param)
    lab.add_site("shop", shop(lab))
    lab.add_site("idp", idp(lab))
    yield lab
    lab.stop()


def shop(lab):
    app = Flask("shop")

    @app.get("/")
    def home():
        return redirect(lab.url("idp", "/login"))

    @app.get("/ask")
    def ask():
        answers = [call(lab, "shop", f"/said?n={n}") for n in ("one", "two")]
        return " ".join(answers)

    @app.get("/apart")
    def apart():
        return call(lab, "shop", "/said?n=apart", carried=lambda transport: transport)

    @app.get("/deep")
    def deep():
        return call(lab, "shop", "/deeper")

    return app


def idp(lab):
    app = Flask("idp")

    @app.get("/login")
    def login():
        return LOGIN

    @app.post("/login")
    def take():
        good = request.form["password"] == "alice-likes-oolong-tea"
        return redirect(lab.url("shop", "/ask"), 303) if good else LOGIN

    @app.get("/said")
    def said():
        return request.args.get("n", "nothing")

    @app.get("/deeper")
    def deeper():
        return call(lab, "idp", "/said?n=deep")

    return app


def call(lab, name, path, carried=carried_for):
    """Ask the provider as a site does; one in a process of its own knows nothing of `carried_for`."""
    visit = Arrival(f"{name} (server)", LOOPBACK)
    url = lab.url("idp", path)
    try:
        asked = Request("GET", url, [("Host", url.split("/")[2])])
        return carried(lab.transport()).send(asked, visit).body.decode()
    except Unreachable as error:
        return str(error)
    finally:
        visit.end()


def walk_to(lab, path="/", who="alice"):
    return Walk(lab.browser(who), lab.url("shop", path), lambda url: url.split("/")[2].split(".")[0])


def threads():
    return [each for each in threading.enumerate() if each.name == "a message on its way"]


def test_each_message_waits(lab):
    walk = walk_to(lab)
    seen = []
    while walk.next:
        seen.append((walk.next.kind, walk.next.sender, walk.next.receiver, len(lab.traffic)))
        walk.send()

    assert seen == [
        ("request", "alice", "shop", 0), ("redirect", "shop", "idp", 1), ("form", "alice", "idp", 2),
        ("redirect", "idp", "shop", 3), ("call", "shop", "idp", 3), ("call", "shop", "idp", 4),
    ]  # fmt: skip
    assert lab.alice.sees("one two") and [each.within for each in walk.messages] == [0, 0, 0, 0, 4, 4]
    assert [each.answered for each in walk.messages] == [1, 2, 3, 6, 4, 5] and not threads()


def test_what_a_site_asks_can_be_changed(lab):
    walk = walk_to(lab, "/ask")
    walk.send()
    walk.send({0: "other"})
    walk.send({0: None})

    assert lab.alice.sees("other nothing")


def test_what_is_asked_for_the_sake_of_a_call_is_held_as_well(lab):
    walk = walk_to(lab, "/deep")
    walk.send()
    walk.send()
    assert (walk.next.kind, walk.next.sender) == ("call", "idp")

    walk.send({0: "deeper"})
    assert lab.alice.sees("deeper") and not walk.next


def test_what_cannot_be_held_is_noted(lab):
    walk = walk_to(lab, "/apart")
    lab.traffic.listeners.append(walk.overhear)
    walk.send()
    call_ = walk.messages[1]

    assert (call_.kind, call_.held, call_.sender, call_.receiver, call_.within) == ("call", False, "shop", "idp", 1)
    assert call_.answer.body == b"apart" and not walk.next


def test_what_is_held_is_noted_once(lab):
    walk = walk_to(lab, "/ask")
    lab.traffic.listeners.append(walk.overhear)
    walk.send_all()

    assert [each.number for each in walk.messages] == [1, 2, 3] and all(each.held for each in walk.messages)


def test_nobody_elses_calls_are_held(lab):
    walk = walk_to(lab, "/ask")
    lab.traffic.listeners.append(walk.overhear)
    walk.send()

    assert lab.bob.navigate(lab.url("shop", "/ask")).sees("one two")
    assert walk.next.kind == "call" and len(walk.messages) == 1
    walk.end()


def test_who_waits_for_a_word_gets_none_when_the_walk_ends(lab):
    walk = walk_to(lab, "/ask")
    walk.send()
    walk.end()
    walk.send()

    assert not threads() and walk.next is None and walk.over == NOT_SENT
    assert lab.traffic.last.response_body.decode() == f"{NOT_SENT} {NOT_SENT}"


def test_a_form_that_comes_again_is_filled_in_once(lab):
    walk = walk_to(lab)
    walk.send()
    walk.send()
    walk.send({1: "wrong"})

    assert walk.over == ASKS_AGAIN and not walk.next


def test_a_change_that_leads_nowhere_is_said(lab):
    lab.stop()
    walk = walk_to(lab, "/ask") if lab.server else Walk(lab.browser("carol"), "http://shop.localhost:9/", str)
    walk.send()

    assert "No lab answers" in walk.over and walk.messages[0].trouble == walk.over


def test_a_browser_goes_one_way_at_a_time(lab):
    first, second = walk_to(lab, "/ask"), None
    first.send()
    second = walk_to(lab, "/ask")

    assert not threads() and first.next is None and second.next
