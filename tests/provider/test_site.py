"""A whole login, page by page, in the lab's own browser; and what each answer of the provider has to it."""

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
