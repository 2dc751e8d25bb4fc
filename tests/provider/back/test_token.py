"""The token endpoint: what a code is bound to, what a refresh token is, and what is refused."""

import threading

import pytest

from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import Request
from tests.provider.conftest import PAY, SECRET, Application

# What is wrong in a request that is right in all else.
BAD_CODES = {
    "another redirect URI": ({"redirect_uri": "http://evil.localhost/callback"}, "invalid_grant"),
    "no redirect URI": ({"redirect_uri": None}, "invalid_grant"),
    "another verifier": ({"code_verifier": "A" * 43}, "invalid_grant"),
    "no verifier": ({"code_verifier": None}, "invalid_grant"),
    "a short verifier": ({"code_verifier": "short"}, "invalid_grant"),
    "another code": ({"code": "A" * 43}, "invalid_grant"),
    "no code": ({"code": None}, "invalid_grant"),
    "another grant type": ({"grant_type": "password"}, "unsupported_grant_type"),
    "implicit": ({"grant_type": "implicit"}, "unsupported_grant_type"),
    "no grant type": ({"grant_type": None}, "unsupported_grant_type"),
    "a grant type that it is not registered for": ({"grant_type": "client_credentials"}, "unauthorized_client"),
    "another API": ({"resource": PAY}, "invalid_target"),
}


@pytest.mark.parametrize(("changes", "error"), BAD_CODES.values(), ids=BAD_CODES)
def test_what_is_wrong_in_a_request(app, alice, changes, error):
    answer = app.redeem(app.log_in(alice)["code"], **changes)

    assert (answer.status, answer.error) == (400, error)
    assert answer.headers["Cache-Control"] == "no-store" and "access_token" not in answer.json()


def test_a_wrong_verifier_uses_the_code_up(app, alice):
    code = app.log_in(alice)["code"]
    app.redeem(code, code_verifier="A" * 43)

    assert app.redeem(code).error == "invalid_grant"


def test_the_challenge_is_not_the_verifier(app, alice):
    code = app.log_in(alice)["code"]

    assert app.redeem(code, code_verifier=app.sent["code_challenge"]).error == "invalid_grant"


def test_a_verifier_without_a_challenge_is_refused(as_client, alice):
    """RFC 9700, 4.8.2: a downgrade."""
    app = as_client("lax")
    code = app.log_in(alice, code_challenge=None, code_challenge_method=None)["code"]

    assert app.redeem(code).error == "invalid_grant"


def test_a_client_that_is_registered_so_may_do_without(as_client, alice):
    app = as_client("lax")
    code = app.log_in(alice, code_challenge=None, code_challenge_method=None)["code"]

    assert app.redeem(code, code_verifier=None).status == 200


@pytest.mark.parametrize(("seconds", "status"), [(58, 200), (60, 400), (600, 400)])
def test_a_code_is_good_for_a_minute(app, lab, alice, seconds, status):
    code = app.log_in(alice)["code"]
    lab.clock.advance(seconds=seconds)

    assert app.redeem(code).status == status


def test_a_code_is_taken_once_and_reuse_ends_what_came_of_it(app, alice):
    """RFC 6749, 4.1.2."""
    code = app.log_in(alice, scope="openid offline_access")["code"]
    tokens = app.redeem(code).json()
    assert app.userinfo(tokens["access_token"]).status == 200
    assert app.redeem(code).error == "invalid_grant"

    assert app.userinfo(tokens["access_token"]).status == 401
    assert app.refresh(tokens["refresh_token"]).error == "invalid_grant"
    assert app.introspect(tokens["access_token"]) == {"active": False}


def test_of_two_at_the_same_moment_one_wins_at_most(app, lab, alice):
    code = app.log_in(alice)["code"]
    answers = []
    with lab.db.gate("idp_codes"):
        both = [threading.Thread(target=lambda: answers.append(app.redeem(code))) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()

    good = [each for each in answers if each.status == 200]
    assert len(good) <= 1
    assert all(app.userinfo(each.json()["access_token"]).status == 401 for each in good)


def test_a_code_of_another_client(app, as_client, alice):
    code = app.log_in(alice)["code"]
    answer = as_client("own").call(
        "/token",
        as_client("own").basic(),
        grant_type="authorization_code",
        code=code,
        redirect_uri=app.callback,
        code_verifier=app.verifier,
    )

    assert answer.error == "invalid_grant"


# Client authentication.


def test_by_post(as_client, alice):
    app = as_client("post")
    code = app.log_in(alice)["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.callback}

    assert app.call("/token", client_id="post", client_secret="wrong", **fields).error == "invalid_client"
    answer = app.call("/token", client_id="post", client_secret=SECRET, code_verifier=app.verifier, **fields)
    assert answer.status == 200


def test_a_public_client(as_client, alice):
    app = as_client("public")
    code = app.log_in(alice)["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.callback}

    assert app.call("/token", client_id="public", code_verifier=app.verifier, **fields).status == 200


def test_a_refused_client_is_told_how(app):
    answer = app.call("/token", {"Authorization": "Basic c2hvcDp3cm9uZw=="}, grant_type="authorization_code")

    assert (answer.status, answer.error) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


ODD_REQUESTS = {
    "a secret in the address": {"query": f"?client_id=shop&client_secret={SECRET}"},
    "JSON": {"headers": {"Content-Type": "application/json"}},
}


@pytest.mark.parametrize("changes", ODD_REQUESTS.values(), ids=ODD_REQUESTS)
def test_a_request_in_another_form(app, changes):
    said = {"grant_type": "authorization_code", "code": "x"}
    answer = app.call("/token", app.basic() | changes.get("headers", {}), query=changes.get("query", ""), **said)

    assert (answer.status, answer.error) == (400, "invalid_request")


def test_a_field_that_comes_twice(app, alice):
    headers = {"Host": app.provider.issuer[7:], "Content-Type": "application/x-www-form-urlencoded"} | app.basic()
    body = b"grant_type=authorization_code&code=a&code=b"
    visit = Arrival("app", "127.0.0.1")
    raw = app.lab.transport().send(Request("POST", f"{app.provider.issuer}/token", list(headers.items()), body), visit)
    visit.end()

    assert raw.status == 400 and b"once" in raw.body


def test_by_get_there_is_nothing(app):
    assert app.call("/token", app.basic(), method="GET").status == 405


# Refreshing.


def test_a_refresh_token_is_rotated(app, lab, alice):
    first = app.tokens(alice, scope="openid offline_access")
    _, before = app.read(first["id_token"])
    lab.clock.advance(days=1)
    second = app.refresh(first["refresh_token"]).json()
    _, after = app.read(second["id_token"])

    assert second["refresh_token"] != first["refresh_token"]
    assert app.userinfo(second["access_token"]).status == 200
    # OpenID Connect Core, 12.2.
    assert all(after[name] == before[name] for name in ("iss", "sub", "aud", "auth_time"))
    assert after["iat"] > before["iat"] and "nonce" not in after
    assert app.refresh(second["refresh_token"]).status == 200


def test_reuse_ends_the_family(app, alice):
    first = app.tokens(alice, scope="openid offline_access")
    second = app.refresh(first["refresh_token"]).json()
    assert app.refresh(first["refresh_token"]).error == "invalid_grant"

    assert app.refresh(second["refresh_token"]).error == "invalid_grant"
    assert app.userinfo(second["access_token"]).status == 401


def test_two_logins_are_two_families(app, alice):
    first, other = (app.tokens(alice, scope="openid offline_access") for _ in range(2))
    app.refresh(first["refresh_token"])
    app.refresh(first["refresh_token"])

    assert app.refresh(other["refresh_token"]).status == 200


@pytest.mark.parametrize("step", [1, 29])
def test_a_login_ends_after_thirty_days_in_use_or_not(app, lab, alice, step):
    token = app.tokens(alice, scope="openid offline_access")["refresh_token"]
    days = 0
    while days + step < 30:
        lab.clock.advance(days=step)
        days += step
        token = app.refresh(token).json()["refresh_token"]
    lab.clock.advance(days=30 - days)

    assert app.refresh(token).error == "invalid_grant"


SCOPES = {
    "nothing asked": (None, "openid profile offline_access"),
    "less": ("openid", "openid"),
    "the same": ("offline_access profile openid", "offline_access profile openid"),
    "more": ("openid email", None),
    "a part of a word": ("open", None),
    "one of an API": ("openid read:pay", None),
    "two blanks": ("openid  profile", None),
}


@pytest.mark.parametrize(("asked", "got"), SCOPES.values(), ids=SCOPES)
def test_a_scope_does_not_grow(app, alice, asked, got):
    token = app.tokens(alice, scope="openid profile offline_access")["refresh_token"]
    answer = app.refresh(token, scope=asked)

    assert answer.error == ("" if got else "invalid_scope")
    assert answer.json().get("scope") == got
    if got is None:
        assert app.refresh(token).status == 200


def test_narrow_once_is_not_narrow_for_ever(app, alice):
    """RFC 6749, 6: the scope of the refresh token stays that of the grant."""
    token = app.tokens(alice, scope="openid profile offline_access")["refresh_token"]
    narrow = app.refresh(token, scope="openid").json()

    assert app.userinfo(narrow["access_token"]).json().keys() == {"sub"}
    assert app.refresh(narrow["refresh_token"]).json()["scope"] == "openid profile offline_access"


def test_another_client_neither_refreshes_nor_ends_it(app, as_client, alice):
    token = app.tokens(alice, scope="openid offline_access")["refresh_token"]

    assert as_client("own").refresh(token).error == "invalid_grant"
    assert app.refresh(token).status == 200


@pytest.mark.parametrize("token", ["", "A" * 43, "\ud83d".encode("utf-8", "replace").decode()])
def test_a_refresh_token_that_is_none(app, token):
    assert app.refresh(token).error == "invalid_grant"


def test_an_access_token_does_not_refresh(app, alice):
    assert app.refresh(app.tokens(alice, scope="openid offline_access")["access_token"]).error == "invalid_grant"


def test_without_offline_access_there_is_no_refresh_token(app, alice):
    assert "refresh_token" not in app.tokens(alice)


def test_who_is_not_registered_to_refresh_gets_none(as_client, alice):
    app = as_client("public")
    code = app.log_in(alice, scope="openid offline_access")["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.callback}
    tokens = app.call("/token", client_id="public", code_verifier=app.verifier, **fields).json()

    assert tokens["scope"] == "openid" and "refresh_token" not in tokens


# Clients for themselves.


def test_a_client_for_itself(lab, provider):
    app = Application(lab, provider, "robot")
    answer = app.call("/token", app.basic(), grant_type="client_credentials", scope="read:pay write:pay", resource=PAY)
    _, claims = app.read(answer.json()["access_token"], PAY)

    assert claims["sub"] == claims["client_id"] == "robot" and claims["scope"] == "read:pay"
    assert "auth_time" not in claims and "id_token" not in answer.json()


def test_a_client_for_itself_says_for_which_api(lab, provider):
    app = Application(lab, provider, "robot")

    assert app.call("/token", app.basic(), grant_type="client_credentials").error == "invalid_target"
