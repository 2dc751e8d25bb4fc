"""Headers and cookies of every page; and two providers in one lab."""

import pytest

from labsrv.provider.moving_in import move_in
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider, provider_of
from tests.provider.conftest import Application, allow, clients, log_in

PAGES = ["/", "/authorize", "/login", "/oidc/logout", "/v2/logout", "/faults", "/upstream/nobody", "/nothing"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_headers(app, alice, path):
    page = alice.navigate(app.provider.issuer + path)
    policy = page.headers["Content-Security-Policy"]

    assert page.headers["Cache-Control"] == "no-store" and page.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in policy and "default-src 'none'" in policy and "script-src" not in policy
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_pages_on_the_way_as_well(app, alice):
    pages = [app.start(alice), log_in(alice)]

    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert "<script" not in page.text


def test_two_providers_share_neither_rows_nor_cookies(app, lab, alice):
    settings = ProviderSettings(name="fakebook", title="Fakebook")
    lab.add_site("fakebook", create_provider(lab, settings))
    second = provider_of(lab, settings)
    move_in(second, [lab.people["bob"]], clients(lab))
    other = Application(lab, second)

    app.tokens(alice)
    page = other.start(alice)
    assert page.sees("Fakebook") and page.sees("Log in")
    alice.submit("login", username="alice", password=alice.person.password)
    assert alice.page.status == 401
    log_in(alice, lab.people["bob"])
    allow(alice)

    assert other.redeem(other.answer(alice)["code"]).status == 200
    names = {cookie.name for cookie in alice.jar.all()}
    assert names == {f"__Host-{name}-{what}" for name in ("idp", "fakebook") for what in ("login", "browser")}
    assert {key["kid"] for key in second.keys.published()} == {"fakebook-rsa-1", "fakebook-ec-1"}
