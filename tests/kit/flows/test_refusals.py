"""What an answer refuses with is read from the answer; the table gives the rule."""

import json

import pytest

from labsrv.kit.flows.messages import FlowMessage
from labsrv.kit.flows.refusals import nobody_refused, refusals, said_in
from labsrv.kit.flows.rules import PAGE, RULES
from labsrv.kit.flows.words import PARAMETERS
from labsrv.kit.http.transport import RawResponse, Request

HTML = ("Content-Type", "text/html")
ANSWERS = {
    "a page": (200, [HTML], b"<p>Welcome</p>", ("", "")),
    "a redirect": (303, [("Location", "/account")], b"", ("", "")),
    "a redirect with an error": (303, [("Location", "http://x/?error=e&error_description=d")], b"", ("e", "d")),
    "a page that refuses": (400, [HTML], b"<p>A</p><main><h1>B</h1><p class=wrong>No, <b>no</b></p>", (PAGE, "No, no")),
    "a link is no reason": (400, [HTML], b"<main><p><a href=/>Back</a></p><p>No.</p>", (PAGE, "No.")),
    "text": (500, [("Content-Type", "text/plain")], b"Sorry.", (PAGE, "Sorry.")),
    "an error in JSON": (400, [], b'{"error": "e", "error_description": "d"}', ("e", "d")),
    "JSON that is none": (400, [], b'{"error"', (PAGE, '{"error"')),
    "an error that is no text": (400, [], b'{"error": 1}', (PAGE, '{"error": 1}')),
    "a challenge": (401, [("WWW-Authenticate", 'Bearer error="e", scope="x"')], b"", ("e", "")),
}  # fmt: skip


@pytest.mark.parametrize(("status", "headers", "body", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_what_an_answer_refuses_with(status, headers, body, expected):
    assert said_in(RawResponse(status, "", headers, body)) == expected


def message(number, receiver, query, *, answered, status=200, body=b"", touched=()):
    """Return a message that was answered."""
    made = FlowMessage(number, "redirect", "alice", receiver, Request("GET", f"http://{receiver}/?{query}"))
    made.answer, made.answered = RawResponse(status, "", [], body), answered
    made.touched = dict.fromkeys(touched, "changed")
    return made


def test_the_first_refusal_says_why_and_the_others_follow():
    told = json.dumps({"error": "invalid_grant"}).encode()
    way = [
        message(1, "shop", "code=1&state=2", answered=2, status=400, body=b"no"),
        message(2, "idp", "grant_type=code&code=1", answered=1, status=400, body=told, touched=["code"]),
    ]
    first, second = refusals(way)

    assert (first.party, first.parameter, first.section) == ("idp", "code", "RFC 6749, 4.1.2, 5.2")
    assert (second.party, second.rule) == ("shop", "")


def test_who_is_a_provider_is_known_by_what_it_was_sent():
    way = [message(1, "shop", "state=2", answered=1, status=400, touched=["state"])]
    assert refusals(way)[0].section.startswith("RFC 9700, 4.7.1")

    way = [message(1, "idp", "state=2&client_id=1", answered=1, status=400, touched=["state"])]
    assert refusals(way)[0].rule == ""


def test_where_nobody_refused_the_table_says_who_should_have():
    way = [message(1, "shop", "state=2&tea=1", answered=1, touched=["state", "tea", "prompt"])]

    assert [(name, rule.party) for name, rule in nobody_refused(way)] == [("state", "client")]


def test_each_row_is_about_a_parameter_that_has_words_and_names_its_section():
    assert {rule.parameter for rule in RULES} - {""} <= set(PARAMETERS)
    assert all(rule.section and rule.rule.endswith(".") for rule in RULES)
    assert len({rule[:3] for rule in RULES}) == len(RULES)


WANTED = [
    "state", "nonce", "code_challenge", "code_challenge_method", "code", "code_verifier", "iss", "redirect_uri",
    "client_id", "scope", "response_type", "prompt", "max_age", "id_token_hint", "logout_token", "refresh_token",
    "resource",
]  # fmt: skip


@pytest.mark.parametrize("name", WANTED)
def test_a_parameter_of_a_standard_says_what_breaks_without_it(name):
    what, section = PARAMETERS[name]

    assert "without" in what and what.endswith(".") and "," in section
