"""A lab without a socket and with an enrolment page, for views of mail and of phones."""

from collections.abc import Iterator

import flask
import pytest
from markupsafe import Markup

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.qr import qr_svg

ACCOUNT = Otpauth(b"12345678901234567890", "Tea shop", "alice")
HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b[2J"


@pytest.fixture
def lab() -> Iterator[Lab]:
    lab = Lab("test", place=FirstNumber(), hash_cost="low", listens=False)
    lab.add_site("shop", shop())
    yield lab
    lab.stop()
    lab.clock.reset()


def shop() -> flask.Flask:
    """Return a site with a page to land on, one with an account's QR code, and one with another."""
    site = flask.Flask("a shop")
    page = Markup("<!doctype html><title>{}</title><h1>{}</h1>{}")
    site.add_url_rule("/in", "landing", lambda: page.format("Log in", "Log in", ""))
    site.add_url_rule("/enrol", "enrol", lambda: page.format("Enrol", "Scan this", qr_svg(ACCOUNT.uri)))
    site.add_url_rule("/poster", "poster", lambda: page.format("Tea", "Tea", qr_svg("https://tea.example/")))
    return site


def settled(view) -> None:
    """Let an update that waits come now."""
    view.pace.now()
