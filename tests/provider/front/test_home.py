"""One's own page: what one agreed to, and an end to it."""

from tests.provider.front.test_going_on import page_name


def test_consent_is_taken_back_with_all_that_came_of_it(app, alice, bob):
    tokens = app.tokens(alice, scope="openid offline_access")
    bobs = app.tokens(bob, scope="openid offline_access")
    page = alice.navigate(f"{app.provider.issuer}/")
    assert page.sees("Hello, Alice") and page.sees("The tea shop")
    alice.submit(page.forms[0])

    assert app.refresh(tokens["refresh_token"]).error == "invalid_grant"
    assert app.userinfo(tokens["access_token"]).status == 401
    assert app.refresh(bobs["refresh_token"]).status == 200
    app.start(alice)
    assert page_name(alice) == "consent"


def test_nobody_else_takes_it_back(app, lab, alice):
    tokens = app.tokens(alice)
    page = alice.submit(f"{app.provider.issuer}/consents/revoke", from_=lab.shop.url, method="POST", client_id="shop")

    assert page.status == 400 and app.userinfo(tokens["access_token"]).status == 200


def test_a_stranger_sees_nothing(app, alice):
    assert alice.navigate(f"{app.provider.issuer}/").sees("Nobody is logged in")


def test_an_application_can_be_begun_from_here(app, lab, alice):
    """OpenID Connect Core, 4."""
    lab.db.idp_clients.update_one({"_id": "shop"}, {"$set": {"initiate_login_uri": lab.url("shop", "/start?x=1")}})
    app.tokens(alice)
    page = alice.navigate(f"{app.provider.issuer}/")
    (link,) = (each.url for each in page.links if "/start" in each.url)

    assert link.startswith(lab.url("shop", "/start?x=1&iss=http%3A%2F%2Fidp.localhost")) and "login_hint=alice" in link
