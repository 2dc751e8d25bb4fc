"""The services at the other end of a pipe behave as the plain objects do."""

from datetime import UTC, datetime, timedelta

import pytest

from labsrv.kit.mail.head import BadHeader
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.services import Services


@pytest.fixture(params=["plain", "remote"])
def services(request) -> Services:
    return request.getfixturevalue(request.param)


def test_all_of_them_are_there(services):
    services.db.users.insert_one({"_id": "alice", "password_hash": services.hasher.hash("a fake password")})
    stored = services.db.users.find_one({"_id": "alice"})["password_hash"]

    assert services.hasher.verify(stored, "a fake password")
    assert not services.hasher.verify(services.hasher.decoy, "a fake password")
    assert services.hasher.log == ["hash", "verify", "verify"]
    assert services.hasher.calls == 3
    assert not services.hasher.needs_rehash(stored)
    assert services.url("idp", "/token") == "http://idp.localhost:8000/token"
    assert services.url("shop") == "http://shop.localhost:8000/"
    assert abs(services.clock.now() - datetime.now(UTC)) < timedelta(seconds=2)


def test_a_site_sends_mail_and_texts_and_reads_none(plain, services):
    services.mail.send("alice@post.localhost", "Tea", "It is ready.", html="<p>It is ready.</p>")
    services.sms.send("+12125550123", "Your code is 012345")

    assert plain.mail.last("alice@post.localhost").html == "<p>It is ready.</p>"
    assert plain.sms.last("+12125550123").text == "Your code is 012345"


def test_what_mail_refuses_is_refused_the_same_over_a_pipe(plain, services, monkeypatch):
    with pytest.raises(BadHeader, match="not exactly one mail address"):
        services.mail.send("alice@post.localhost, mallory@post.localhost", "Tea", "It is ready.")
    with pytest.raises(BadHeader, match="not exactly one phone number"):
        services.sms.send("0123", "Your code is 012345")
    monkeypatch.setattr("labsrv.kit.mail.mailboxes.MOST_KEPT", 0)
    with pytest.raises(Undelivered, match="mailboxes are full"):
        services.mail.send("alice@post.localhost", "Tea", "It is ready.")


def test_the_counting_is_done_where_nobody_under_test_can_reach_it(plain, remote):
    remote.hasher.hash("a fake password")
    remote.hasher.log = []
    remote.hasher.log.clear()

    assert plain.hasher.log == ["hash"]
    assert remote.hasher.cost == plain.hasher.cost
    assert remote.hasher.decoy == plain.hasher.decoy
