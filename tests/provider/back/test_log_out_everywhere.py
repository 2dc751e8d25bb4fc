"""Back-channel log-out: whom it reaches, and what the token has."""

import threading

import jwt

from labsrv.provider.back.log_out_everywhere import close_account, end_login
from labsrv.provider.secure.logout_claims import EVENT


def told(app):
    """Return header and claims of the logout tokens that applications were sent."""
    return [app.read(row["token"], jwt.decode(row["token"], options={"verify_signature": False})["aud"])
            for row in app.lab.db.told.find()]  # fmt: skip


def log_out(app, browser, hint):
    browser.navigate(f"{app.provider.issuer}/oidc/logout?id_token_hint={hint}")


def test_every_application_of_the_login_is_told(app, as_client, alice, bob):
    hint = app.tokens(alice)["id_token"]
    as_client("hr", "hr").tokens(alice)
    app.tokens(bob)
    log_out(app, alice, hint)
    tokens = told(app)
    _, claims = app.read(hint)

    assert {each["aud"] for _, each in tokens} == {"shop", "hr"}
    for header, each in tokens:
        assert header["typ"] == "logout+jwt" and each["events"] == {EVENT: {}} and "nonce" not in each
        assert (each["sub"], each["sid"]) == (claims["sub"], claims["sid"]) and each["exp"] - each["iat"] == 120
    assert len({each["jti"] for _, each in tokens}) == 2
    assert [row["status"] for row in app.provider.rows("notices").find()] == [200, 200]
    assert len(app.provider.logins.rows.find()) == 1


def test_an_application_that_is_away_keeps_nobody_from_leaving(app, lab, alice):
    hint = app.tokens(alice)["id_token"]
    lab.db.idp_clients.update_one({"_id": "shop"}, {"$set": {"backchannel_logout_uri": "http://gone.localhost:1/x"}})
    log_out(app, alice, hint)

    assert alice.sees("You are logged out") and app.provider.logins.rows.find() == []
    assert [row["status"] for row in app.provider.rows("notices").find()] == [0]


def test_a_request_never_leaves_this_machine(app, lab, alice):
    hint = app.tokens(alice)["id_token"]
    lab.db.idp_clients.update_one({"_id": "shop"}, {"$set": {"backchannel_logout_uri": "https://example.com/x"}})
    log_out(app, alice, hint)

    assert [row["status"] for row in app.provider.rows("notices").find()] == [0]


def test_of_two_log_outs_at_once_one_tells(app, alice):
    hint = app.tokens(alice)["id_token"]
    (session,) = app.provider.logins.rows.find()
    both = [threading.Thread(target=end_login, args=(app.provider, session)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert len(app.lab.db.told.find()) == 1 and hint


def test_what_goes_on_without_the_user(app, alice):
    """Back-Channel Logout 1.0, 2.7: `offline_access` outlives the login, all else ends with it."""
    away = app.tokens(alice, scope="openid offline_access")
    hint = app.tokens(alice, scope="openid")
    log_out(app, alice, hint["id_token"])

    assert app.userinfo(hint["access_token"]).status == 401
    assert app.userinfo(away["access_token"]).status == 200
    assert app.refresh(away["refresh_token"]).status == 200


def test_a_closed_account_is_closed_everywhere(app, alice, bob):
    away, bobs = (app.tokens(each, scope="openid offline_access") for each in (alice, bob))
    close_account(app.provider, app.read(away["id_token"])[1]["sub"])

    assert (
        app.refresh(away["refresh_token"]).error == "invalid_grant" and app.userinfo(away["access_token"]).status == 401
    )
    assert len(told(app)) == 1 and app.refresh(bobs["refresh_token"]).status == 200
    app.start(alice)
    page = alice.submit("login", username="alice", password=alice.person.password)
    assert page.status == 401 and page.sees("Name or password is wrong.")
