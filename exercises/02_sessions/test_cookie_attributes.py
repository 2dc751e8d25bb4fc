"""Set the session's cookie with care.

What `cookie_settings` promises, seen in a strict browser: what it stores, sends and shows to script.
"""

from labsrv.grading import promise
from labsrv.labs.sessions.people import is_logged_in, log_in, log_out, session_cookie

PLACE = 2
DECIDES = ("cookie_settings",)


def after_login(browser, shop):
    """Log in, and return the cookie that the browser stored."""
    log_in(browser, shop)
    return session_cookie(browser, shop)


def claim_the_teapot(browser, lab):
    """Press the button on Mallory's page, which sends a form to the shop."""
    browser.navigate(lab.sites["mallory"].url)
    browser.submit("claim")


def address_of(browser, lab):
    """Return where this person's tea goes."""
    row = lab.db.addresses.find_one({"_id": browser.person.name})
    return row["line"] if row else None


@promise()
def test_alice_logs_in(shop, alice):
    """The browser accepts the cookie, and Alice is logged in."""
    page = log_in(alice, shop)
    said = [each.reason for exchange in page.exchanges for each in exchange.cookies_set]

    assert is_logged_in(alice, shop), f"Alice is not logged in. The cookie was {said[0] if said else 'not set'}."


@promise()
def test_alice_comes_by_a_link(lab, shop, alice):
    """Alice follows a link to the shop from another site, and is logged in at her next click at the latest."""
    log_in(alice, shop)
    alice.navigate(shop.account, from_=lab.sites["mallory"].url)
    page = alice.navigate(shop.account, from_=shop.url)

    assert page.url == shop.account and page.sees(f"Hello, {alice.person.name}."), (
        "Whoever has followed a link to the shop has to log in again."
    )


@promise()
def test_alice_logs_out(shop, alice):
    """Logging out removes the cookie from the browser, and Alice can log in again."""
    log_in(alice, shop)
    assert session_cookie(alice, shop), "Alice logged in, and the browser has no cookie."
    log_out(alice, shop)
    assert session_cookie(alice, shop) is None, "After the log-out the browser still has the cookie."

    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Alice logged out and can't log in again."


@promise(
    points=1,
    after=test_alice_logs_in,
    asvs="3.3.4",
    cwe=1004,
    hints=[
        "`lab.alice.script_cookies()` is what `document.cookie` shows on the current page.",
        "`HttpOnly` keeps a cookie from script; Flask's argument for it is `httponly`.",
    ],
)
def test_script_can_not_read_it(shop, alice):
    """Script on a page of the shop does not see the cookie."""
    cookie = after_login(alice, shop)
    page = alice.navigate(shop.account)

    assert page.sees(alice.person.name), "Alice logged in and does not see her account."
    assert cookie.value not in alice.script_cookies(), "Script on the page reads the session's cookie."


@promise(
    points=1,
    after=test_alice_logs_in,
    asvs="3.3.1",
    cwe=614,
    hints=[
        "Look at the cookie in `show.cookies(lab.alice)`. On which connections may it travel?",
        "`Secure` does: the cookie then travels over https only (and to *.localhost, which counts as secure).",
    ],
)
def test_it_never_travels_in_the_clear(shop, alice):
    """The cookie is for secure channels only."""
    assert after_login(alice, shop).secure, "The cookie would also travel over plain http."


@promise(
    points=2,
    after=test_alice_comes_by_a_link,
    asvs="3.3.2",
    cwe=1275,
    hints=[
        "Log Alice in, let her press the button on Mallory's page, and read `show.sent(lab.alice.page.exchanges[0])`.",
        "What does a browser assume where nothing is said, and for how long does it make an exception?",
        "Without SameSite it counts as Lax, but for two minutes forms have it too; not where one says Lax or Strict.",
    ],
)
def test_a_form_from_elsewhere_goes_without_it(lab, shop, alice):
    """A form on Mallory's page changes nothing in Alice's account, neither right after the log-in nor later."""
    log_in(alice, shop)
    for when in ("right after the log-in", "three minutes later"):
        claim_the_teapot(alice, lab)
        assert address_of(alice, lab) is None, f"The form on Mallory's page changed Alice's address, {when}."
        lab.clock.advance(minutes=3)

    assert is_logged_in(alice, shop), "Alice saw Mallory's page, and is logged out."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="3.3.3",
    cwe=565,
    hints=[
        "Who else may set a cookie for `shop.localhost`? Try `attacks.toss_a_cookie(lab)`.",
        "Browsers read the beginning of a cookie's name. Which one promises that this very host set it?",
        "`__Host-` does. It demands Secure, Path=/ and no Domain, or the browser refuses the cookie.",
    ],
)
def test_a_sister_site_can_not_set_it(lab, shop, alice, mallory):
    """A cookie that Mallory sets from the shop's picture host is not taken for the shop's own."""
    cookie = after_login(mallory, shop)
    alice.navigate(f"{lab.pics.url}teapot?name={cookie.name}&value={cookie.value}")

    assert not is_logged_in(alice, shop, as_=mallory), (
        f"The shop's picture host set a cookie of the name {cookie.name!r} for the whole shop, as browsers let it do "
        "with such a name: Alice is in Mallory's account."
    )


@promise(
    points=1,
    after=test_alice_logs_in,
    cwe=539,
    hints=[
        "`show.cookies(lab.alice)` has a column *Until*. What should it say on a shared computer?",
        "A cookie without Max-Age and Expires goes when the browser is closed.",
    ],
)
def test_it_ends_with_the_browser(shop, alice):
    """When the browser is closed, the cookie is gone."""
    after_login(alice, shop)
    alice.jar.forget_session_cookies()

    assert session_cookie(alice, shop) is None, "The cookie is still there after the browser was closed."
