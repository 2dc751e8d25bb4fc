"""A whole login, page by page, in the lab's own browser; and what each answer of the provider has to it."""

import socket

from labsrv.kit.pipe.peer import Peer
from labsrv.kit.pipe.remote import RemoteServices
from labsrv.kit.pipe.served import serve_clock, serve_services
from labsrv.kit.pipe.site_requests import SiteRequests
from labsrv.provider.site import create_provider
from tests.provider.conftest import allow, log_in


def test_a_login_from_the_first_click_to_the_profile(app, alice):
    page = app.start(alice)
    assert page.status == 200 and page.sees("Log in") and page.sees("to go on to The tea shop")
    page = log_in(alice)
    assert page.sees("Is The tea shop to know this?") and page.sees("your e-mail address")
    allow(alice)
    answer = app.answer(alice)
    assert answer["state"] == app.sent["state"] and answer["iss"] == app.provider.issuer

    tokens = app.redeem(answer["code"]).json()
    assert tokens["token_type"] == "Bearer" and tokens["expires_in"] == 600
    header, claims = app.read(tokens["id_token"])
    assert header["typ"] == "JWT" and claims["nonce"] == app.sent["nonce"]
    profile = app.userinfo(tokens["access_token"]).json()
    assert profile == {
        "sub": claims["sub"],
        "name": "Alice",
        "preferred_username": "alice",
        "email": "alice@post.localhost",
        "email_verified": True,
    }


def test_the_same_with_its_store_at_the_other_end_of_a_pipe(lab, app, alice):
    """So a lesson can run it in a process of its own, with a decision that a learner wrote."""
    here, there = socket.socketpair()
    served = serve_services(lab, requests=SiteRequests("idp", lab.sites, lab.transport))
    with Peer.over(here, served), Peer.over(there, serve_clock()) as peer:
        lab.add_site("idp", create_provider(RemoteServices(peer)))
        tokens = app.tokens(alice, scope="openid profile offline_access")
        fresh = app.refresh(tokens["refresh_token"]).json()

        assert app.userinfo(fresh["access_token"]).json()["name"] == "Alice"
        assert app.introspect(fresh["access_token"])["active"]
        alice.navigate(f"{app.provider.issuer}/oidc/logout?id_token_hint={tokens['id_token']}")
    assert alice.sees("You are logged out") and app.provider.logins.rows.find() == []
    assert len(lab.db.told.find()) == 1, "The application is told over the pipe as well."
