"""`authlab provider`: where it runs, what it prints, and what it says of a broken clients.json."""

import json
import os
import signal
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from labsrv.provider.command import ProviderProblem, place_of, read_clients, read_resources, run_alone
from tests.patience import PATIENCE

WEB = {"client_id": "web", "client_secret": "not-a-secret", "redirect_uris": ["http://127.0.0.1:3000/callback"]}


def written(tmp_path, what):
    path = tmp_path / "clients.json"
    path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return path


BROKEN = {
    "no JSON": ('[\n{"client_id": "web",}\n]', "line 2: this is no JSON"),
    "an object": ({"client_id": "web"}, "is a list of clients"),
    "an empty list": ([], "is a list of clients"),
    "a text in it": (["web"], "client 1 is no object"),
    "no name": ([WEB, {"redirect_uris": ["http://127.0.0.1/"]}], "client 2: 'client_id' is missing"),
    "a misspelled member": ([WEB | {"redirect_uri": "x"}], "client 1 (web): 'redirect_uri' is no member"),
    "one address in place of a list": ([WEB | {"redirect_uris": "http://x"}], "'redirect_uris' is a list of texts"),
    "no addresses": ([WEB | {"redirect_uris": []}], "'redirect_uris' is missing"),
    "a pattern": ([WEB | {"redirect_uris": ["http://*.localhost/"]}], "without a pattern"),
    "a fragment": ([WEB | {"redirect_uris": ["http://x.localhost/#a"]}], "without a fragment"),
    "no whole address": ([WEB | {"redirect_uris": ["/callback"]}], "write a whole address"),
    "no secret": ([WEB | {"client_secret": ""}], "'client_secret' is missing"),
    "a secret too many": ([WEB | {"token_endpoint_auth_method": "none"}], "take one out"),
    "an unknown method": ([WEB | {"token_endpoint_auth_method": "jwt"}], "is one of client_secret_basic"),
    "an unknown response type": ([WEB | {"response_types": ["token"]}], "has some of code, id_token"),
    "no true": ([WEB | {"require_pkce": "no"}], "'require_pkce' is true or false"),
    "two of a name": ([WEB, WEB], "client 2 (web) is there twice"),
}


@pytest.mark.parametrize(("what", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_said_with_its_place(tmp_path, what, words):
    with pytest.raises(ProviderProblem) as raised:
        read_clients(written(tmp_path, what))

    assert words in str(raised.value) and "clients.json" in str(raised.value)


BAD_PLACES = {
    "another machine": ("http://example.com:9000", "is not on this machine"),
    "https": ("https://127.0.0.1:9000", "is not on this machine"),
    "no port": ("http://127.0.0.1", "has no port"),
    "a port that is none": ("http://127.0.0.1:99999", "has no port"),
    "a path": ("http://127.0.0.1:9000/tenant", "more than a host and a port"),
    "a user": ("http://me@127.0.0.1:9000", "more than a host and a port"),
    "no address": ("9000", "is not on this machine"),
}


@pytest.mark.parametrize(("issuer", "words"), BAD_PLACES.values(), ids=BAD_PLACES)
def test_an_issuer_that_could_not_be_served(issuer, words):
    with pytest.raises(ProviderProblem, match=words):
        place_of(issuer)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "idp.localhost"])
def test_an_issuer_on_this_machine(host):
    assert place_of(f"http://{host}:9000/") == (host, 9000)


@pytest.mark.parametrize("given", ["http://api.localhost", "", "a  b"])
def test_an_api_without_scopes(given):
    with pytest.raises(ProviderProblem, match="its scopes"):
        read_resources((given,))


def asked(address, path, headers=None, method="GET", body=None):
    """Return status, headers and body of what a server answers to a request as it is."""
    connection = HTTPConnection("127.0.0.1", urlsplit(address).port, timeout=PATIENCE)
    connection.request(method, path, body, headers or {"Host": urlsplit(address).netloc})
    answer = connection.getresponse()
    try:
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_it_answers_under_the_name_it_was_given_and_no_other():
    alone = run_alone("http://127.0.0.1:0", [WEB], ["http://api.localhost/pay read:pay"], ["wrong_iss"])
    try:
        issuer = alone.provider.issuer
        status, _, body = asked(issuer, "/.well-known/openid-configuration")
        assert status == 200 and json.loads(body)["issuer"] == issuer
        assert "read:pay" in json.loads(body)["scopes_supported"]
        assert asked(issuer, "/", {"Host": "evil.localhost"})[0] == 421
        assert set(alone.as_json()["people"]) == {"alice", "bob", "carol"}
        assert "alice-likes-oolong-tea" in alone.as_text() and issuer in alone.as_text()
    finally:
        alone.lab.stop()


def test_an_unknown_fault_leaves_nothing_running():
    with pytest.raises(LookupError, match="There is no fault 'nonsense'"):
        run_alone("http://127.0.0.1:0", [WEB], [], ["nonsense"])


def command(*args):
    return [sys.executable, "-m", "labsrv.cli", "provider", "--issuer", "http://127.0.0.1:0", *args]


@pytest.mark.slow("starts a process")
def test_the_command_says_where_and_ends_cleanly(tmp_path):
    clients = str(written(tmp_path, [WEB]))
    process = subprocess.Popen(command("--clients", clients, "--json"), stdout=subprocess.PIPE, text=True)
    ready = json.loads(process.stdout.readline())
    assert asked(ready["issuer"], "/.well-known/jwks.json")[0] == 200
    put = {"Host": ready["issuer"][7:], "Content-Type": "application/json"}
    assert json.loads(asked(ready["issuer"], "/faults", put, "PUT", '["wrong_aud"]')[2]) == {"faults": ["wrong_aud"]}
    process.send_signal(signal.SIGTERM)

    assert process.wait(PATIENCE) == 0
    assert ready["clients"] == ["web"] and ready["people"]["bob"] == "bob-prefers-earl-grey"
    process.stdout.close()


@pytest.mark.slow("starts a process")
def test_the_command_refuses_with_a_sentence(tmp_path):
    environment = os.environ | {"COLUMNS": "400"}
    broken = command("--clients", str(written(tmp_path, "[")))
    done = subprocess.run(broken, capture_output=True, text=True, env=environment)

    assert done.returncode == 2 and "this is no JSON" in done.stderr and "Traceback" not in done.stderr
