"""BrowserView in a real JupyterLab: people use it, a hostile page gets nowhere, and it says when its lab is gone."""

import contextlib
import http.server
import statistics
import threading

import pytest

from tests.browser.hostile_page import CLICKED, PROBES, hostile_page
from tests.browser.jupyter import DARK, LIGHT, JupyterLab
from tests.browser.made_notebook import framed, let_tick, rerun, restart_kernel, save_notebook, window, written
from tests.patience import wait_until

WINDOW = {"width": 1300, "height": 1000}
SHOP = """
from ipywidgets import HBox
from labsrv.labs import start
from labsrv.labs.sessions.people import log_in
from labsrv.widgets.browser.view import BrowserView
lab = start("sessions")
"""
ALICE = "BrowserView(lab.alice)"
TALL = "BrowserView(lab.alice, height=560)"
BOTH = "HBox([BrowserView(lab.alice), BrowserView(lab.mallory)])"
OPEN = "lab.alice.navigate(lab.shop.login)"


class Ear(http.server.ThreadingHTTPServer):
    """A server that hears who asks for what; what our own Browser asks for, on the kernel's side, is apart."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), EarAnswers)
        self.heard, self.by_kernel, self.page = [], [], ""
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class EarAnswers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        ours = self.headers.get("User-Agent", "").startswith("Authlab/")
        if self.path != "/":
            (self.server.by_kernel if ours else self.server.heard).append(self.path)
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        with contextlib.suppress(OSError):  # a page that was left does not listen
            self.wfile.write(self.server.page.encode() if self.path == "/" else b"")

    do_POST = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def ear():
    ear = Ear()
    yield ear
    ear.shutdown()
    ear.server_close()


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    with JupyterLab(jupyter_server, tmp_path, theme=LIGHT) as jupyter:
        yield jupyter


def opened(jupyter, page, *cells):
    """Open a notebook with these cells and run it."""
    page.set_viewport_size(WINDOW)
    jupyter.open(page, written(jupyter.folder, "views.ipynb", *cells))
    jupyter.run_all(page)
    assert not jupyter.errors(page)


def cell(page, number):
    return page.locator(".jp-CodeCell").nth(number)


def test_people_use_it_and_code_and_view_agree(jupyter, chromium_page, tmp_path, record_figure):
    page = chromium_page
    opened(jupyter, page, SHOP, BOTH, OPEN)

    framed(page).locator("input[name=name]").fill("alice")
    framed(page).locator("input[name=password]").fill("alice-likes-oolong-tea")
    framed(page).locator("input[name=password]").press("Enter")
    framed(page).get_by_text("Your basket: empty.").wait_for()
    window(page).get_by_text("1 cookie").wait_for()
    framed(page).get_by_role("button", name="Into the basket").nth(1).click()
    framed(page).get_by_text("Your basket: Sencha.").wait_for()

    rerun(
        page, cell(page, 2), "lab.mallory.navigate(lab.mallory.page or lab.sites['mallory'].url)\nlab.alice.page.title"
    )
    framed(page, "mallory").get_by_text("You won a teapot!").wait_for()
    page.mouse.move(0, 0)
    cell(page, 1).locator(".jp-OutputArea-output").first.screenshot(path=tmp_path / "shop.png")

    window(page).get_by_label("Address in alice's browser").fill(page_address(page, "/account"))
    window(page).get_by_label("Address in alice's browser").press("Enter")
    framed(page).get_by_text("Hello, alice.").wait_for()
    # By keyboard: the link is focused and Enter follows it, as in a page of one's own.
    framed(page).get_by_role("link", name="Change the password").press("Enter")
    framed(page).get_by_role("heading", name="Change the password").wait_for()
    back = window(page).get_by_role("button", name="Back")
    back.focus()
    back.press("Enter")
    framed(page).get_by_text("Hello, alice.").wait_for()

    record_figure("BrowserView, click to updated view (ms, median of 15)", click_to_view(page))
    light = ground_of(page)
    jupyter.use_theme(page, DARK)
    framed(page).get_by_role("heading").first.wait_for()
    wait_until(lambda: ground_of(page) != light, "The shop stays light in the dark.", page)
    page.mouse.move(0, 0)
    cell(page, 1).locator(".jp-OutputArea-output").first.screenshot(path=tmp_path / "shop-dark.png")


def ground_of(page):
    """Return the colour on which the page in Alice's frame stands."""
    return framed(page).locator("body").evaluate("it => getComputedStyle(it).backgroundColor")


def page_address(page, path):
    """Return an address on the shop as somebody types it, without http://."""
    url = window(page).get_by_label("Address in alice's browser").input_value()
    return url.removeprefix("http://").split("/")[0] + path


MEASURE = """async () => {
    const page = document.querySelector("iframe.al-page").contentDocument;
    const links = [...page.querySelectorAll("[data-href]")];
    const changed = new Promise((resolve) => new MutationObserver(resolve).observe(page.body, { childList: true }));
    const begun = performance.now();
    links.find((link) => ["/", "/account"].includes(link.dataset.href) && link.dataset.href !== window.before).click();
    window.before = window.before === "/" ? "/account" : "/";
    await changed;
    return performance.now() - begun;
}"""


def click_to_view(page):
    """Return how long it takes from a click on a link until the next page stands in the frame, in ms."""
    return round(statistics.median(page.evaluate(MEASURE) for _ in range(15)), 1)


def test_it_survives_a_reload_and_tells_of_a_restart(jupyter, chromium_page, tmp_path):
    page = chromium_page
    opened(jupyter, page, SHOP, ALICE, OPEN)
    framed(page).get_by_role("heading", name="Log in").wait_for()
    save_notebook(page, jupyter.folder / "views.ipynb")
    jupyter.reload(page, "views.ipynb")
    framed(page).get_by_role("heading", name="Log in").wait_for()
    framed(page).get_by_role("link", name="The tea shop").click()
    framed(page).get_by_role("heading", name="Our teas").wait_for()

    rerun(page, cell(page, 2), "lab.stop()")
    window(page).get_by_text("As it was when this section ended").wait_for()
    framed(page).get_by_role("link", name="Log in").click()
    page.screenshot(path=tmp_path / "stopped.png")
    assert window(page).get_by_role("button", name="Reload").is_disabled()
    framed(page).get_by_role("heading", name="Our teas").wait_for()

    restart_kernel(page)
    page.get_by_text("Start the lab again").wait_for()
    page.screenshot(path=tmp_path / "restarted.png")


# Playwright itself stumbles over names that hide methods: it is told where to press.
IN_FRAME = "iframe.al-page"
BAITS = """([selector, number]) => {
    const frame = Document.prototype.querySelector.call(document, selector);
    const page = frame ? frame.contentDocument : document;
    const baits = [...Document.prototype.getElementsByClassName.call(page, "bait")];
    if (number === null) return baits.length;
    baits[number].scrollIntoView({ block: "center" });
    const place = frame ? frame.getBoundingClientRect() : { x: 0, y: 0 };
    const box = baits[number].getBoundingClientRect();
    return [place.x + box.x + Math.min(box.width, 10) / 2, place.y + box.y + box.height / 2];
}"""


def click_bait(page, number, frame="#none"):
    """Press the mouse where a bait is."""
    page.mouse.click(*page.evaluate(BAITS, [frame, number]))


def visit_again(page, number):
    """Let Alice visit the hostile page anew, and wait until it is in her frame with all its baits.

    (It comes without the link in a drawing, with the one to /api.)
    """
    rerun(page, cell(page, 2), f"lab.alice.navigate(lab.hostile.url + '?{number}')")
    address = window(page).get_by_label("Address in alice's browser")
    wait_until(lambda: address.input_value().endswith(f"?{number}"), "The page was not visited again.", page)
    wait_until(lambda: page.evaluate(BAITS, [IN_FRAME, None]) == len(CLICKED), "No hostile page.", page)


# Whatever a click has sent is on its way before this.
LET_GO_OUT = "fetch('/api').then((answer) => answer.text())"


HOSTILE = """
from flask import Flask
app = Flask("hostile")
app.add_url_rule("/", "home", lambda: {markup!r})
lab.add_site("hostile", app)
lab.alice.navigate(lab.hostile.url)
"""


def test_a_hostile_page_gets_nowhere(jupyter, chromium_page, ear, tmp_path, record_figure):
    page = chromium_page
    asked, opened_windows = [], []
    probes = CLICKED | {"the notebook's own server": "<img src=/api/probe><a class=bait href=/api/probe>x</a>"} | PROBES
    page.context.on("request", lambda request: asked.append(request))
    page.context.on("page", lambda window: opened_windows.append(window.url))
    # The kernel's Browser goes to labs only: here it takes the ear for one.
    shop = f"{SHOP}\nfrom labsrv.kit.http.server import LISTENING\nLISTENING.add({ear.server_port})"
    opened(jupyter, page, shop, TALL, HOSTILE.format(markup=hostile_page(ear.url, probes)))
    here = page.url

    for number in range(len(CLICKED)):
        visit_again(page, number)
        click_bait(page, number, IN_FRAME)
        page.evaluate(LET_GO_OUT)
    visit_again(page, len(CLICKED))
    let_tick(page)
    page.screenshot(path=tmp_path / "hostile.png")

    assert ear.heard == []
    # What the policy stopped is in the list as well, with that reason.
    left = [each for each in asked if each.failure != "csp" and each.url.startswith("http")]
    assert [each.url for each in left if each.url.startswith(ear.url) or "probe" in each.url] == []
    assert [each.url for each in left if each.frame.parent_frame] == []
    assert (page.url, opened_windows) == (here, [])
    assert ear.by_kernel, "What the page shows was loaded by the Browser in the kernel."
    record_figure("BrowserView, hostile probes that got nowhere", len(probes))


def test_the_probes_do_bite_elsewhere(chromium_browser, ear, record_figure):
    """Without the view's walls the same probes are heard: otherwise the test above would say nothing."""
    probes = PROBES | CLICKED
    silent = [name for name, markup in probes.items() if not bites(chromium_browser, ear, name, markup)]

    record_figure(
        "Hostile probes that are heard in a page of their own", f"{len(probes) - len(silent)} of {len(probes)}"
    )
    assert silent == []


def bites(browser, ear, name, markup):
    """Say whether a probe is heard in a page without walls."""
    ear.heard.clear()
    ear.page = hostile_page(ear.url, {name: markup})
    context = browser.new_context()
    page = context.new_page()
    page.goto(ear.url + "/", wait_until="commit")
    if name in CLICKED:
        page.wait_for_load_state("domcontentloaded")
        click_bait(page, 0)
    with contextlib.closing(context), contextlib.suppress(TimeoutError):
        return wait_until(lambda: any(path != "/favicon.ico" for path in ear.heard), "Nothing was heard.", page)
    return False
