"""`authlab relying-party`: the shop against a provider that it knows by its issuer only, over the network."""

import json
import os
import signal
import subprocess
import sys

import pytest

from labsrv.kit.browser.browser import Browser
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import Request, SocketTransport, Unreachable
from labsrv.labs.oidc.alone import OverTheNetwork, RelyingPartyProblem, run_shop
from labsrv.provider.command import run_alone
from tests.patience import PATIENCE

CLIENT = {"client_id": "shop", "client_secret": "not: a+secret"}


@pytest.fixture
def two():
    """Yield a provider and a shop that know each other."""
    provider = run_alone("http://127.0.0.1:0", [CLIENT | {"redirect_uris": ["http://127.0.0.1/later"]}], [], [])
    shop = run_shop(provider.provider.issuer, CLIENT["client_id"], CLIENT["client_secret"], 0)
    uris = [shop.as_json()["redirect_uri"]]
    provider.lab.db["idp_clients"].update_one({"_id": "shop"}, {"$set": {"redirect_uris": uris}})
    yield provider, shop
    shop.lab.stop()
    provider.lab.stop()


def alice_goes(shop, provider, where):
    """Let Alice log in by one of the shop's doors; return her browser."""
    alice = Browser("alice", transport=shop.lab.transport())
    alice.navigate(shop.as_json()[where])
    alice.submit("login", username="alice", password=provider.lab.people["alice"].password)
    alice.submit("consent", allow="yes")
    return alice


def test_alice_logs_in_and_sees_her_profile(two):
    provider, shop = two
    alice = alice_goes(shop, provider, "login")

    assert alice.page.url == shop.services.url("shop", "/account") and alice.page.status == 200
    assert alice.navigate(shop.as_json()["profile"]).sees("Alice")


def test_newcomers_are_shown_the_form_for_them(two):
    provider, shop = two
    page = Browser("dora", transport=shop.lab.transport()).navigate(shop.as_json()["signup"])

    assert page.url.startswith(provider.provider.issuer) and any(form.name == "signup" for form in page.forms)


@pytest.mark.parametrize("fault", ["wrong_iss", "wrong_aud", "wrong_nonce"])
def test_what_a_provider_answers_wrongly_lets_nobody_in(two, fault):
    provider, shop = two
    from labsrv.provider.faults.active import set_faults

    set_faults(provider.provider, [fault])
    alice = alice_goes(shop, provider, "login")

    assert alice.page.status == 400 and not shop.lab.db.sessions.find_one({})


def test_an_issuer_that_ends_with_a_slash_is_asked_and_is_another_one(two):
    provider, shop = two
    shop.lab.db.providers.update_one({}, {"$set": {"issuer": f"{provider.provider.issuer}/"}})
    page = Browser("alice", transport=shop.lab.transport()).navigate(shop.as_json()["login"])

    assert page.status == 400 and page.sees("says that it is somebody else")


@pytest.mark.parametrize("issuer", ["http://example.com", "ftp://127.0.0.1", "example.com", "http://[::1", ""])
def test_an_issuer_that_others_could_answer_for_is_refused(issuer):
    with pytest.raises(RelyingPartyProblem, match="--issuer"):
        run_shop(issuer, "shop", "secret", 0)


def test_who_does_not_answer_is_unreachable():
    for url in ("http://example.com/token", "http://127.0.0.1:1/token"):
        with pytest.raises(Unreachable):
            OverTheNetwork().send(Request("GET", url), Arrival("shop", "127.0.0.1"))


@pytest.mark.slow("starts a process")
def test_the_command_says_where_and_ends_cleanly():
    command = [sys.executable, "-m", "labsrv.cli", "relying-party", "--issuer", "http://127.0.0.1:9", "--port", "0"]
    given = ["--client-id", "shop", "--client-secret", "x"]
    process = subprocess.Popen([*command, *given, "--json"], stdout=subprocess.PIPE, text=True)
    ready = json.loads(process.stdout.readline())
    page = Browser("alice", transport=SocketTransport()).navigate(ready["login"])
    process.send_signal(signal.SIGTERM)

    assert page.status == 400 and page.sees("does not answer")
    assert ready["redirect_uri"].endswith("/callback")
    assert process.wait(PATIENCE) == 0
    process.stdout.close()


@pytest.mark.slow("starts a process")
def test_the_command_refuses_with_a_sentence():
    command = [sys.executable, "-m", "labsrv.cli", "relying-party", "--issuer", "http://example.com"]
    environment = os.environ | {"COLUMNS": "400"}
    done = subprocess.run(
        [*command, "--client-id", "a", "--client-secret", "b"], capture_output=True, text=True, env=environment
    )

    assert done.returncode == 2 and "--issuer 'http://example.com'" in done.stderr
