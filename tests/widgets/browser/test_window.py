"""BrowserWindow: the parts look at the same browser and lab, and all go together."""

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs import complete, furnish
from labsrv.labs.sessions.people import log_in
from labsrv.widgets.browser.window import BrowserWindow


@pytest.fixture
def lab():
    lab = Lab("sessions", place=FirstNumber(), hash_cost="low", report=lambda exchange: None)
    furnish(lab, "sessions", complete("sessions", {})(lab))
    yield lab
    lab.stop()


def test_the_tabs_stand_beside_the_page(lab):
    window = BrowserWindow(lab.alice, lab)
    page, tabs = window.children

    assert page.name == "alice" and not page.with_cookies
    assert list(tabs.titles) == ["Cookies", "Network", "Server store"]
    assert [type(each).__name__ for each in tabs.children] == ["CookieInspector", "TrafficView", "StoreView"]


def test_its_views_check_tokens_with_the_keys_that_it_is_given(lab):
    window = BrowserWindow(lab.alice, lab, keys="a secret")
    behind = window.behind

    assert [behind[name].token_keys for name in ("Cookies", "Network")] == ["a secret"] * 2
    window.close()


def test_nobody_listens_when_it_is_closed(lab):
    before = [list(each) for each in ears(lab)]
    window = BrowserWindow(lab.alice, lab)
    log_in(lab.alice, lab.shop)
    window.close()

    assert [list(each) for each in ears(lab)] == before


def ears(lab):
    return [lab.alice.listeners, lab.alice.jar.listeners, lab.alice.network.listeners, lab.traffic.listeners]
