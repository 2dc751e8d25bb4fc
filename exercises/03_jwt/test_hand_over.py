"""Keep the token of a month away from script.

What `hand_over` promises about what script sees, and about the cookie that it does not see.
"""

import base64

from labsrv.grading import promise
from labsrv.labs.jwt.compact import parts
from labsrv.labs.jwt.moves import COOKIE, copy_refresh_token
from labsrv.labs.jwt.people import orders, refresh, sees_orders_of, sign_in, storage

PLACE = 7
DECIDES = ("hand_over",)

DAY = 24 * 60 * 60

# How somebody might write what script ought not to have.
WRITINGS = {
    "as it is": lambda text: text,
    "backwards": lambda text: text[::-1],
    "as base64": lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
    "as hexadecimal": lambda text: text.encode().hex(),
    "its first half": lambda text: text[: len(text) // 2],
    "its second half": lambda text: text[len(text) // 2 :],
}


def cookie_of(browser):
    """Return the cookie that the refresh token is in, or None."""
    return next((each for each in browser.jar.all() if each.name == COOKIE), None)


def kept_by(browser):
    """Return what script of the app got, with the two tokens that belong to it."""
    kept = storage(browser)
    for name in ("access_token", "id_token"):
        assert isinstance(kept.get(name), str), f"The JSON has no `{name}`: {', '.join(map(str, kept)) or 'nothing'}."
    return kept


@promise()
def test_alice_stays_signed_in(lab, shop, alice):
    """Alice's app gets new tokens whenever the old ones are over, for days."""
    sign_in(alice, shop)
    for _ in range(5):
        lab.clock.advance(days=1)
        assert orders(alice, shop).status == 401, "A token of yesterday still works."
        # A browser that refuses a cookie says so to nobody but those who ask.
        assert refresh(alice, shop).status == 200, f"Alice's app was refused new tokens. {alice.why(COOKIE)}"
        assert sees_orders_of(alice, shop, alice.person.name), "The new token does not work."


@promise()
def test_the_app_knows_who_it_is(shop, alice, bob):
    """The app has an access token and an ID token, of the person who signed in, also when it got new ones."""
    for person in (alice, bob):
        sign_in(person, shop)
    for person in (alice, bob, alice):
        name = person.person.name
        kept = kept_by(person)
        header, claims = parts(kept["id_token"])
        assert (header.get("typ"), claims.get("sub")) == ("JWT", name), f"`id_token` is no ID token of {name}'s."
        assert sees_orders_of(person, shop, name), f"{name} does not see any orders."
        assert refresh(person, shop).status == 200, f"{name}'s app was refused new tokens. {person.why(COOKIE)}"
        assert sees_orders_of(person, shop, name), f"{name}'s app has new tokens, and they show somebody else's orders."


@promise(
    points=3,
    after=test_alice_stays_signed_in,
    asvs="3.3.4",
    cwe=1004,
    hints=[
        "Look at `storage(lab.alice)`: that is what one line of script reads. Which of the tokens is worth most?",
        "Which place in a browser sends what is in it to the shop, and shows it to no script?",
        "A cookie with `HttpOnly` is sent, and not shown to script: `set_cookie` has an argument `httponly`.",
    ],
)
def test_script_sees_no_refresh_token(shop, alice):
    """Script finds no refresh token: in no answer of the shop, and in no cookie that it may read."""
    sign_in(alice, shop)
    for _ in range(2):
        token = copy_refresh_token(alice, shop)
        assert token, f"The shop keeps no refresh token in this browser. {alice.why(COOKIE)}"
        seen = str(storage(alice))
        alice.navigate(shop.url)
        for how, writing in WRITINGS.items():
            assert writing(token) not in seen, f"The refresh token stands in what script gets, {how}."
            assert writing(token) not in alice.script_cookies(), f"Script reads it in `document.cookie`, {how}."
        refresh(alice, shop)


@promise(
    points=2,
    after=test_script_sees_no_refresh_token,
    asvs="3.3.3",
    cwe=1275,
    hints=[
        "Who may set this cookie, who may have it sent, and over which channel?",
        "Which three conditions does a browser attach to a name that begins with `__Host-`?",
        "`__Host-` wants Secure, Path=/ and no Domain. SameSite, Lax or Strict, keeps other sites from sending it.",
    ],
)
def test_no_other_site_has_a_part_in_it(lab, shop, alice):
    """The cookie is for the shop alone, over a secure channel, and no other site's page has it sent along."""
    sign_in(alice, shop)
    cookie = cookie_of(alice)

    assert cookie, f"The browser keeps no cookie {COOKIE}."
    assert cookie.secure and cookie.host_only and cookie.path == "/", f"{COOKIE} is not for the shop alone: {cookie}."
    assert cookie.same_site in ("Strict", "Lax"), (
        f"The cookie says SameSite={cookie.same_site}, and every site's page has it sent along."
        if cookie.same_site
        else "The cookie does not say what other sites may cause (SameSite)."
    )
    before = lab.db.grants.count_documents({})
    alice.navigate(lab.sites["mallory"].url)
    alice.submit(shop.refresh, from_=lab.sites["mallory"].url)
    assert lab.db.grants.count_documents({}) == before, "A form on Mallory's page refreshed Alice's tokens."


@promise(
    points=1,
    after=test_script_sees_no_refresh_token,
    asvs="3.3.1",
    cwe=613,
    hints=[
        "Alice closes her browser in the evening. Which cookies are there in the morning?",
        "For how long is the token in it good?",
    ],
)
def test_it_outlives_the_evening(lab, shop, alice):
    """The cookie is kept when the browser is closed, for as long as the token in it is good: thirty days."""
    sign_in(alice, shop)
    cookie = cookie_of(alice)

    assert cookie and cookie.expires is not None, "The cookie is gone when Alice closes her browser."
    days = (cookie.expires - lab.clock.time()) / DAY
    assert abs(days - 30) < 0.01, f"The cookie is kept for {days:.2f} days, and the token is good for 30."
    lab.clock.advance(days=20)
    assert refresh(alice, shop).status == 200, "On day 20 Alice's app was refused."
    later = cookie_of(alice)
    assert later and later.expires is not None, "The next cookie is gone when Alice closes her browser."


@promise(
    points=1,
    after=test_the_app_knows_who_it_is,
    cwe=573,
    hints=[
        "An app has to know how to use a token, and when to get the next one. Where does it read that?",
        "The rule (RFC 6749, 5.1): `token_type` (Bearer) is required, `expires_in` (seconds) recommended.",
    ],
)
def test_the_answer_is_that_of_the_standard(shop, alice):
    """The answer says what kind of token it is, and for how many seconds it is good."""
    sign_in(alice, shop)
    kept = kept_by(alice)

    assert str(kept.get("token_type", "")).lower() == "bearer", f"`token_type` is {kept.get('token_type')!r}."
    seconds = kept.get("expires_in")
    assert type(seconds) in (int, float) and seconds == 900, (
        f"`expires_in` is {seconds!r}; the token lives for 900 seconds."
    )
