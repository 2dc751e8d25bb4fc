"""The site: who may ask, by which name, and what it says when it breaks."""

import pytest

from labsrv.policy.authzen import site
from labsrv.policy.authzen.site import LARGEST_REQUEST
from tests.policy.samples import PAY

QUESTION = {
    "subject": {"type": "user", "id": "bob"},
    "action": {"name": "read"},
    "resource": {"type": "slip", "id": "1", "properties": {"owner": "bob"}},
}


@pytest.fixture(scope="module")
def pep(pdp_of):
    return pdp_of(PAY)


@pytest.fixture(scope="module")
def closed(pdp_of):
    return pdp_of(PAY, token="a-token-of-a-test")


NO_TOKENS = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer a-token-of-a-tes",
    "Bearer a-token-of-a-test2",
    "Basic a-token-of-a-test",
    "a-token-of-a-test",
]


@pytest.mark.parametrize("said", NO_TOKENS)
def test_without_the_token_nobody_is_answered(said, closed):
    answer = closed.ask("evaluation", QUESTION, Authorization=said, X_Request_ID="7")

    assert (answer.status, answer.headers["www-authenticate"], answer.headers["x-request-id"]) == (401, "Bearer", "7")


def test_with_the_token_one_is(closed):
    assert closed.ask("evaluation", QUESTION, Authorization="Bearer a-token-of-a-test").json == {"decision": True}
    assert closed.send("/.well-known/authzen-configuration", method="GET").status == 200


@pytest.mark.parametrize("host", ["pdp.example", "evil.localhost", "127.0.0.1", "127.0.0.1:1"])
def test_it_answers_to_its_own_names_alone(host, pep):
    assert pep.ask("evaluation", QUESTION, Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "pdp.localhost"])
def test_its_names(host, pep):
    port = pep.address.rpartition(":")[2]
    answer = pep.send("/.well-known/authzen-configuration", method="GET", Host=f"{host}:{port}")

    assert answer.json["policy_decision_point"] == f"http://{host}:{port}"


def test_other_paths_methods_and_sizes(pep):
    assert pep.send("/access/v1/search/anything", "{}", Content_Type="application/json").status == 404
    assert pep.send("/access/v1/evaluation", method="GET").status == 405
    assert pep.ask("evaluation", QUESTION | {"padding": "x" * LARGEST_REQUEST}).status == 413


def test_a_pdp_that_breaks_permits_nothing(pep, monkeypatch, capfd):
    monkeypatch.setattr(site, "decide", lambda *_: 1 / 0)
    answer = pep.ask("evaluation", QUESTION, X_Request_ID="8")

    assert (answer.status, answer.headers["x-request-id"]) == (500, "8")
    assert "no permit" in answer.text and "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_it_explains_where_it_was_started_to(pdp_of, pep):
    told = pdp_of(PAY, explain=True).ask("evaluation", QUESTION).json["context"]

    assert told["determining"] == ["own"]
    assert len(told["trace"]) == len(PAY["rules"])
    assert pep.ask("evaluation", QUESTION).json == {"decision": True}
