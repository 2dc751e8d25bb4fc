"""One request as somebody, one reply as plain values."""

from datetime import UTC, datetime

import pytest
from flask import Flask, jsonify, request

from labsrv.kit.lessons.asker import LARGEST_BODY, Asker

COOKIES = {"alice": "session=a", "bob": "session=b", "nobody": ""}


@pytest.fixture
def ask():
    app = Flask(__name__)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    @app.route("/<path:rest>", methods=verbs)
    def seen(rest):
        if rest == "broken":
            raise RuntimeError("the database is gone")
        return jsonify(
            path=rest,
            who=request.cookies.get("session"),
            verb=request.method,
            query=request.args,
            body=request.get_json(silent=True),
            type=request.content_type,
        )

    @app.get("/")
    def home():
        return "Grüße aus der Teestube"

    return Asker(app, "shop.localhost", COOKIES)


def test_each_asks_as_themselves(ask):
    assert [ask(who, "GET", "/pay")["json"]["who"] for who in COOKIES] == ["a", "b", None]
    assert ask.asked == 3


def test_verb_path_query_and_body_arrive(ask):
    seen = ask("alice", "patch", "/pay/7%2F8?ids=1&ids=2", {"amount": 4100})["json"]

    assert (seen["verb"], seen["path"], seen["query"], seen["body"]) == (
        "PATCH",
        "pay/7/8",
        {"ids": "1"},
        {"amount": 4100},
    )
    assert ask("alice", "POST", "/pay")["json"]["type"] is None
    assert ask("alice", "POST", "/pay", [])["json"]["body"] == []


def test_a_reply_that_is_no_json_has_its_text(ask):
    assert ask("alice", "GET", "/") == {"status": 200, "json": None, "text": "Grüße aus der Teestube"}
    assert ask("alice", "HEAD", "/")["text"] == "" and ask("alice", "PUT", "/")["status"] == 405


def test_a_site_that_raises_answers_500(ask):
    assert ask("alice", "GET", "/broken")["status"] == 500


ODD = {
    "a stranger": (("mallory", "GET", "/"), "Nobody here is called 'mallory': ask as alice, bob, nobody."),
    "somebody who is a list": ((["alice"], "GET", "/"), "Nobody here is called"),
    "a verb of two words": (("alice", "GET /\r\nHost:", "/"), "is no verb"),
    "no verb": (("alice", None, "/"), "is no verb"),
    "a whole address": (("alice", "GET", "http://shop.localhost/"), "begin with a slash"),
    "a line break": (("alice", "GET", "/\r\nX: 1"), "begin with a slash"),
    "a path that is a number": (("alice", "GET", 7), "is no path"),
    "a date": (("alice", "POST", "/", {"on": datetime.now(UTC)}), "can't be sent as JSON"),
    "a large body": (("alice", "POST", "/", "x" * LARGEST_BODY), "larger than 16 KiB"),
}


@pytest.mark.parametrize(("asked", "said"), ODD.values(), ids=ODD)
def test_what_is_no_request_is_refused(ask, asked, said):
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        ask(*asked)
    assert ask.asked == 0
