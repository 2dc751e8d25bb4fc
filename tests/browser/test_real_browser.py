"""A real Chromium visits a lab: the server hears what it hears of our own browsers, and the cookies hold there too."""

import pytest
import requests
from playwright.sync_api import expect

from labsrv.kit.addresses.names import LabNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs import complete, flaws_of, furnish
from labsrv.labs.sessions.attacks import send_a_form_from_elsewhere


@pytest.fixture
def open_shop():
    """Return `open_shop(**decisions)`: the sessions lab with these decisions and sound ones for the rest."""
    labs = []

    def open_shop(**decisions):
        lab = Lab("sessions", place=LabNumber(), hash_cost="low", report=lambda exchange: None)
        labs.append(lab)
        furnish(lab, "sessions", complete("sessions", decisions)(lab))
        return lab

    yield open_shop
    for lab in labs:
        lab.stop()


@pytest.fixture
def lab(open_shop):
    return open_shop()


def log_in(page, lab):
    """Let Alice sit down at the real browser, and type."""
    alice = lab.people["alice"]
    page.goto(lab.shop.login)
    page.fill("input[name=name]", alice.name)
    page.fill("input[name=password]", alice.password)
    page.click("main button")
    page.wait_for_url(lab.shop.url)


def cookies_in(page):
    return {each["name"]: each for each in page.context.cookies()}


def test_a_real_login_is_in_the_traffic_with_its_cookie(lab, chromium_page):
    log_in(chromium_page, lab)
    chromium_page.goto(lab.shop.account)

    seen = [each for each in lab.traffic.of("Chromium") if "favicon" not in each.url]
    assert [(each.method, each.url, each.status) for each in seen] == [
        ("GET", lab.shop.login, 200),
        ("POST", lab.shop.login, 303),
        ("GET", lab.shop.url, 200),
        ("GET", lab.shop.account, 200),
    ]
    set_cookie = seen[1].response_header("Set-Cookie")
    assert set_cookie.startswith("__Host-sid=") and "; Secure;" in set_cookie
    assert seen[1].request_body.startswith(b"next=&name=alice")
    assert [each.request_header("Cookie") for each in seen[2:]] == [set_cookie.split(";")[0]] * 2
    assert chromium_page.inner_text("h1") == "Hello, alice."


def test_a_real_browser_keeps_the_host_cookie_as_ours_does(lab, chromium_page):
    log_in(chromium_page, lab)
    lab.alice.submit(lab.shop.login, name="alice", password=lab.people["alice"].password)
    kept, ours = cookies_in(chromium_page)["__Host-sid"], lab.alice.jar.get("__Host-sid")

    assert (kept["secure"], kept["httpOnly"], kept["sameSite"]) == (True, True, "Lax")
    assert (kept["secure"], kept["httpOnly"], kept["sameSite"]) == (ours.secure, ours.http_only, ours.same_site)
    assert (kept["domain"], kept["path"], kept["expires"]) == (ours.domain, ours.path, -1)
    assert chromium_page.evaluate("document.cookie") == ""


def test_logging_out_empties_the_real_browsers_jar(lab, chromium_page):
    log_in(chromium_page, lab)
    chromium_page.click("form[name=logout] button")
    chromium_page.wait_for_url(lab.shop.url)

    assert "__Host-sid" not in cookies_in(chromium_page)
    chromium_page.goto(lab.shop.account)
    expect(chromium_page).to_have_url(f"{lab.shop.login}?next=/account")


@pytest.mark.parametrize("flawed", [False, True], ids=["SameSite=Lax", "no SameSite"])
def test_a_form_from_mallorys_page_does_what_it_does_in_the_notebook(open_shop, chromium_page, flawed):
    decisions = {"cookie_settings": flaws_of("sessions")["leave_samesite_to_the_browser"]} if flawed else {}
    lab = open_shop(**decisions)
    log_in(chromium_page, lab)
    chromium_page.goto(lab.sites["mallory"].url)
    chromium_page.click("form[name=claim] button")
    chromium_page.wait_for_url(lambda url: url.startswith(lab.shop.account if flawed else lab.shop.login))

    assert bool(lab.db.addresses.find_one({"_id": "alice"})) is flawed
    lab.db.addresses.delete_many({})
    assert send_a_form_from_elsewhere(lab).succeeded is flawed


UNKNOWN_HOSTS = {
    "the address of the machine": "127.0.0.1:{port}",
    "a name that someone else's DNS gives": "rebound.example:{port}",
    "a neighbour that this lab has not": "shop-99.localhost:{port}",
    "no port": "shop.localhost",
    "another port": "shop.localhost:1",
}


@pytest.mark.parametrize("host", UNKNOWN_HOSTS.values(), ids=UNKNOWN_HOSTS)
def test_an_unknown_host_is_refused(lab, host):
    with requests.Session() as session:
        session.trust_env = False
        url = f"http://127.0.0.1:{lab.server.port}/"
        answer = session.get(url, headers={"Host": host.format(port=lab.server.port)}, timeout=10)

    assert (answer.status_code, "Set-Cookie" in answer.headers, len(lab.traffic)) == (421, False, 0)


def test_a_real_browser_is_refused_at_an_unknown_host_too(lab, chromium_page):
    answer = chromium_page.goto(f"http://nobody.localhost:{lab.server.port}/")

    assert answer.status == 421
    assert not lab.traffic.of("Chromium")
