"""What a browser remembers: the way back, also where what was tried has failed."""

import pytest

from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.http.transport import Unreachable
from tests.kit.fake_sites import MALLORY, SHOP, Time, at_home, browser, html

AGAIN = {
    "a reload": (f"{SHOP}/", lambda alice: alice.reload()),
    "going back": (f"{SHOP}/no", lambda alice: alice.back()),
}


@pytest.mark.parametrize(("url", "again"), AGAIN.values(), ids=AGAIN)
def test_what_fails_leaves_the_way_back(url, again):
    alice, sites = at_home()
    alice.navigate(url)
    alice.navigate(f"{SHOP}/tea")
    before = list(alice.pages)

    def gone(request):
        raise Unreachable("No lab answers.")

    sites.answers = {f"{SHOP}/tea": gone, f"{SHOP}/no": gone}
    with pytest.raises(BrowserError, match="No lab answers"):
        again(alice)

    assert alice.pages == before


def test_why() -> None:
    now = Time()
    answer = html("", ("Set-Cookie", "session=1; SameSite=Strict; Max-Age=60"), ("Set-Cookie", "__Host-x=1; Path=/a"))
    alice, _ = browser({SHOP + "/login": answer}, now)

    assert alice.why("session") == "alice's browser has not met a cookie named 'session'."
    alice.navigate(SHOP + "/login")
    assert alice.why("session").startswith("session: stored, because")
    assert alice.why("__Host-x").startswith("__Host-x: refused, because")
    alice.navigate(SHOP, from_=SHOP)
    assert alice.why("session").startswith("session: sent, because")
    assert alice.why("session").endswith(f"(GET {SHOP}/).")
    alice.navigate(SHOP, from_=MALLORY)
    assert alice.why("session").startswith("session: withheld, because")
    now.at += 61
    assert alice.why("session").endswith("; since then it has expired or was removed.")


ODD_NAMES = {"": "the cookie without a name", "a:b": "a:b", "a b": "a b"}


@pytest.mark.parametrize(("name", "called"), ODD_NAMES.items(), ids=["none", "a colon", "a blank"])
def test_why_of_a_cookie_with_an_odd_name(name, called) -> None:
    now = Time()
    alice, _ = browser({SHOP + "/": html("", ("Set-Cookie", f"{name}=1; Max-Age=60"))}, now)
    alice.navigate(SHOP)
    assert alice.why(name).startswith(f"{called}: stored, because")

    now.at += 61
    assert alice.why(name).endswith("; since then it has expired or was removed.")


def test_the_history_has_every_visit() -> None:
    alice, _ = browser()
    for _ in range(3):
        alice.navigate(SHOP)

    assert [each.url for each in alice.history] == [SHOP + "/"] * 3


def test_the_history_is_not_endless(monkeypatch) -> None:
    monkeypatch.setattr("labsrv.kit.browser.history.KEPT", 2)
    alice, _ = browser()
    for path in ("/a", "/b", "/c"):
        alice.navigate(SHOP + path)

    assert [each.url for each in alice.history] == [SHOP + "/b", SHOP + "/c"]
