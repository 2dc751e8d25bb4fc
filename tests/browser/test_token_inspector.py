"""TokenInspector in a real JupyterLab, in a real Chromium: by hand, from a cookie, and from a header."""

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import AS_THE_SYSTEM, JupyterLab
from tests.browser.made_notebook import let_tick, rerun, restart_kernel, written
from tests.patience import wait_until

WINDOW = {"width": 1400, "height": 1000}
HOSTILE = "<img src=x onerror=document.title='owned'>\u202e"
CELLS = [
    f"""import json
from labsrv.kit.tokens.keys import TokenKey
from labsrv.kit.tokens.signatures import sign_again
from labsrv.kit.tokens.compact import encode
from labsrv.labs import start
from labsrv.widgets import CookieInspector, TokenInspector, TrafficView, as_bearer

lab = start("sessions")
SECRET = "a secret of this lab, forty bytes long!!"

def made(**claims):
    parts = [encode(json.dumps(each).encode()) for each in ({{"alg": "HS256", "typ": "JWT"}}, claims)]
    return sign_again(".".join([*parts, ""]), "HS256", TokenKey("own", "secret", SECRET.encode()))

token = made(sub="alice", exp=int(lab.clock.time()) + 900)
endless = made(sub={HOSTILE!r})
lab.alice.jar.receive(f"token={{token}}; Path=/", lab.shop.url)
as_bearer(lab.bob, lab.shop.account)(token)""",
    "view = TokenInspector(token, clock=lab.clock, send=as_bearer(lab.carol, lab.shop.account)); view",
    "still = TokenInspector(endless, keys=SECRET); still",
    "CookieInspector(lab.alice, keys=SECRET)",
    "TrafficView(lab.traffic, keys=SECRET)",
    "lab.clock.advance(minutes=16)",
    "still.look(); still.token = endless; still.tell_time(); view.look()",
]
WATCH = """it => {
    window.changes = [];
    const note = (records) => window.changes.push(...records.map((each) => `${each.type} ${each.target.className}`));
    const watcher = new MutationObserver(note);
    watcher.observe(it, { subtree: true, childList: true, characterData: true, attributes: true });
}"""


@pytest.fixture(scope="module")
def page(chromium_browser, jupyter_server, tmp_path_factory):
    """Yield a page with that notebook, run but for the last two cells."""
    folder = tmp_path_factory.mktemp("tokens")
    written(folder, "tokens.ipynb", *CELLS[:5], "1", "2")
    context = chromium_browser.new_context(viewport=WINDOW, color_scheme=AS_THE_SYSTEM)
    page = context.new_page()
    with JupyterLab(jupyter_server, folder) as jupyter:
        jupyter.open(page, "tokens.ipynb")
        jupyter.run_all(page)
        assert not jupyter.errors(page)
        yield page
        context.close()


@pytest.fixture
def view(page):
    """Return the inspector of the second cell."""
    return page.locator(".jp-CodeCell").nth(1).locator(".al-ti")


def verdict(within):
    """Return the words of the verdict that is shown."""
    return within.locator(".al-ti-verdict").first.inner_text()


def says(page, view, words):
    wait_until(lambda: words in verdict(view), f"The verdict is not {words!r}: {verdict(view)}", page)


def test_a_token_is_checked_edited_signed_and_sent_by_hand(page, view):
    assert verdict(view).startswith("?Not checked No key") and "Expires in 14 min" in view.inner_text()
    assert "valid" not in view.inner_text().lower()
    key = view.get_by_label("A key of yours: a secret, PEM, JWK or JWKS")
    key.fill("a secret of this lab, forty bytes long!!")
    says(page, view, "Valid")

    claims = view.get_by_label("Claims, decoded")
    encoded = view.get_by_label("Claims on the wire, base64url")
    before = encoded.input_value()
    claims.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.type('"role": "admin",', delay=30)
    says(page, view, "does not fit")
    # What was typed stays as it was typed, and the cursor with it.
    assert claims.input_value().startswith('{"role": "admin",\n')
    assert claims.evaluate("it => [it.selectionStart, document.activeElement === it]") == [17, True]
    assert encoded.input_value() != before
    assert "The claims changed here" in verdict(view) and view.get_by_text("✎ edited").count() == 3

    view.get_by_label("Key to sign with").select_option(label="the key typed in (secret, 40 bytes)")
    view.get_by_role("button", name="Sign again").press("Enter")
    says(page, view, "Valid")
    view.get_by_role("button", name="Send to the lab").click()
    answer = view.locator(".al-ti-answer")
    wait_until(lambda: "303 See Other from GET" in answer.inner_text(), "It was not sent.", page)
    assert "Location" in answer.inner_text()


def test_it_expires_on_the_labs_clock(page, view):
    view.get_by_role("button", name="Undo all edits").click()
    says(page, view, "Valid")
    # Half a second before its end, as far as the front end knows: it needs no kernel to see it pass.
    rerun(page, page.locator(".jp-CodeCell").nth(5), "view.told = {'time': int(view.clock.time()) + 899, 'count': -1}")
    says(page, view, "Expired")
    rerun(page, page.locator(".jp-CodeCell").nth(5), "view.tell_time()")
    says(page, view, "Valid")

    rerun(page, page.locator(".jp-CodeCell").nth(5), CELLS[5])
    says(page, view, "Expired")
    assert "Expired 1 min" in view.locator(".al-ti-left").inner_text()


def test_nothing_flickers_and_nothing_hostile_acts(page):
    still = page.locator(".jp-CodeCell").nth(2).locator(".al-ti")
    still.evaluate(WATCH)
    rerun(page, page.locator(".jp-CodeCell").nth(6), CELLS[6])
    let_tick(page)

    assert page.evaluate("window.changes") == []
    assert "Valid" in verdict(still) and "<img" in still.inner_text() and r"\u202e" in still.inner_text()
    assert page.locator(".al img").count() == 0 and "owned" not in page.title()


def test_a_cookies_token_is_looked_into_in_its_place(page):
    cookies = page.locator(".al-ci")
    cookies.get_by_role("button", name="token").first.click()
    look = cookies.get_by_role("button", name="Look into the token in the cookie token")
    look.press("Enter")
    inspector = cookies.locator(".al-ti")
    says(page, inspector, "Expired")
    assert "Token in the cookie token" in inspector.inner_text()

    cookies.get_by_role("button", name="Close the token").press("Enter")
    inspector.wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.key") == "look"


def test_a_headers_token_is_looked_into_in_its_place(page):
    traffic = page.locator(".al-tv")
    traffic.get_by_role("button", name="bob to ").first.click()
    traffic.get_by_role("button", name="Look into the token in the header Authorization").click()
    inspector = traffic.locator(".al-ti")
    says(page, inspector, "Expired")
    assert "Token in the header Authorization of #1" in inspector.inner_text()
    # A key pressed in the token is no key of the view around it.
    inspector.get_by_label("Claims, decoded").press("Escape")
    expect(traffic.get_by_role("button", name="Close (Esc)")).to_be_visible()


def test_it_says_so_when_the_kernel_is_gone(page, view):
    restart_kernel(page)

    view.locator(".al-gone").wait_for()
