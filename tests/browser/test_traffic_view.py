"""TrafficView and CodeDiff in a real JupyterLab: keys, details, floods, a narrow window, a reload and a restart."""

import re
from pathlib import Path

import pytest

from labsrv.widgets.traffic import view
from tests.browser.jupyter import JupyterLab
from tests.browser.made_notebook import restart_kernel, run_again, save_notebook, written
from tests.patience import wait_until

WINDOW = {"width": 1400, "height": 1000}
NARROW = {"width": 820, "height": 1000}
HOSTILE = "<img/src=x/onerror=document.title='owned'>"
CELLS = [
    f"""from labsrv.labs import secure, start
from labsrv.labs.sessions import flaws, people
from labsrv.widgets.code_diff import CodeDiff
from labsrv.widgets.traffic.view import TrafficView

lab = start("sessions")
people.log_in(lab.alice, lab.shop)
lab.clock.advance(minutes=31)
lab.alice.navigate(lab.shop.account)
lab.bob.jar.receive("<b>bold</b>={HOSTILE}", lab.shop.url)
lab.bob.navigate(lab.shop.url)
TrafficView(lab.traffic)""",
    'CodeDiff(secure("sessions", "begin_session"), flaws.keep_the_planted_id)',
    "0",
]
SOME = """for _ in range(20):
    people.log_in(lab.mallory, lab.shop)
    for _ in range(3):
        lab.mallory.load_image(lab.shop.url)"""
FLOOD = "for _ in range(2000): lab.alice.navigate(lab.shop.url)"
SCROLL = """async () => {
    const scroller = document.querySelector(".al-tv-scroller"), times = [];
    const frame = () => new Promise(requestAnimationFrame);
    let last = await frame();
    for (let step = 0; step < 60; step++) {
        scroller.scrollTop = scroller.scrollHeight * step / 60;
        const now = await frame();
        times.push(now - last);
        last = now;
    }
    return times.sort((a, b) => a - b)[30];
}"""
LINES = (Path(view.__file__).parent / "lines.js").read_text(encoding="utf-8")


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    """Yield a JupyterLab on a folder with that notebook."""
    written(tmp_path, "views.ipynb", *CELLS)
    with JupyterLab(jupyter_server, tmp_path) as jupyter:
        yield jupyter


def test_the_diagram_shows_what_happens(jupyter, chromium_page, tmp_path, record_figure):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    strangers = []
    page.on("request", lambda request: strangers.append(request.url) if "127.0.0.1" not in request.url else None)
    jupyter.open(page, "views.ipynb")
    jupyter.run_all(page)
    assert not jupyter.errors(page)
    view = page.locator(".al-tv")
    view.locator(".al-tv-message").first.wait_for()

    walk_by_keys(page, view)
    read_the_table(page, view)
    look_at_code(page)
    take_in_many(page, view, record_figure)
    view.screenshot(path=tmp_path / "many.png")
    hide_and_reload(jupyter, page, view)
    assert page.locator(".al-tv img, .al-tv-text b b").count() == 0 and "owned" not in page.title()
    assert not [url for url in strangers if url.startswith("http")]

    restart_kernel(page)
    wait_until(lambda: "Start the lab again" in page.locator(".al-gone").all_inner_texts()[0], "no notice", page)


NESTED = {
    "a site calls another before it answers": (
        [
            (1, "v:alice", "s:idp", 0),
            (2, "s:shop", "s:idp", 1),
            (3, "v:alice", "s:shop", 1),
            (4, "v:alice", "s:shop", 3),
        ],
        "1q 1r 3q 2q 2r 3r 4q 4r",
    ),
    "twice, and somebody else asks meanwhile": (
        [(1, "v:bob", "s:shop", 0), (2, "s:shop", "s:idp", 0), (3, "s:shop", "s:idp", 2), (4, "v:alice", "s:shop", 0)],
        "1q 1r 4q 2q 2r 3q 3r 4r",
    ),
    "others ask at the same time": (
        [(1, "v:bob", "s:shop", 0), (2, "v:alice", "s:shop", 0)],
        "1q 1r 2q 2r",
    ),
}


def lines_of(page, rows, unfolded=()):
    """Return the keys of the lines that are drawn, and what is said of each request."""
    rows = [{"status": 200, "at": 0, "follows": 0, "method": "GET", "path": "/", "after": 0} | each for each in rows]
    script = f"""([rows, unfolded]) => {{
        {LINES};
        const lines = linesOf(rows, {{ fold: false, unfolded: new Set(unfolded) }});
        const name = (key) => `${{key.slice(2)}}.localhost`;
        return [lines.map((line) => line.key), lines.map((line) => spoken(line, name))];
    }}"""
    return page.evaluate(script, [rows, list(unfolded)])


@pytest.mark.parametrize(("exchanges", "order"), NESTED.values(), ids=NESTED)
def test_a_call_is_drawn_within_the_request_that_it_is_for(exchanges, order, chromium_page):
    names = ("number", "from", "to", "after")
    keys, _ = lines_of(chromium_page, [dict(zip(names, each, strict=True)) for each in exchanges])

    assert keys == order.split()


# A login of somebody who is known at the provider: four requests in a row, and two of the shop's own in between.
WAY = [
    {"number": 1, "from": "s:shop", "to": "s:idp", "path": "/discovery"},
    {"number": 2, "from": "v:alice", "to": "s:shop", "path": "/login?return_to=/"},
    {"number": 3, "from": "v:alice", "to": "s:idp", "path": "/authorize?state=1", "follows": 2, "after": 2},
    {"number": 4, "from": "s:shop", "to": "s:idp", "path": "/token", "after": 3},
    {"number": 5, "from": "v:alice", "to": "s:shop", "path": "/callback?code=1", "follows": 3, "after": 3},
    {"number": 6, "from": "v:alice", "to": "s:shop", "path": "/account", "follows": 5, "after": 5},
]


def test_a_long_chain_of_redirects_is_closed_and_says_what_it_went_through(chromium_page):
    keys, said = lines_of(chromium_page, WAY)

    assert " ".join(keys) == "2q 1q 1r 4q 4r 2r"
    assert said[0].endswith("4 requests in a row, folded: /login, idp /authorize, shop /callback, /account")
    assert said[1] == "shop.localhost to idp.localhost: GET /discovery, in the back channel"


def test_a_long_chain_opens_with_each_call_in_its_place(chromium_page):
    keys, _ = lines_of(chromium_page, WAY, unfolded=[2])

    assert " ".join(keys) == "2q 1q 1r 2r 3q 3r 5q 4q 4r 5r 6q 6r"


def test_a_chain_of_three_is_open(chromium_page):
    keys, _ = lines_of(chromium_page, WAY[:5])

    assert " ".join(keys) == "2q 1q 1r 2r 3q 3r 5q 4q 4r 5r"


def label(page):
    """Return what a screen reader says of the place with the focus, without a second lab's number."""
    said = page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
    return re.sub(r"-\d+\.localhost", ".localhost", said)


def walk_by_keys(page, view):
    """Go through messages by keys alone, open one, close it; the notebook hears none of these keys."""
    view.get_by_role("button", name="POST /login").first.focus()
    page.keyboard.press("ArrowDown")
    wait_until(
        lambda: label(page) == "shop.localhost answers alice: 303, redirect to /, sets cookie __Host-sid",
        "Another place has the focus.",
        page,
    )

    page.keyboard.press("Enter")
    view.locator(".al-tv-details h3").wait_for()
    wait_until(lambda: label(page).startswith("#1 alice: POST"), "no focus", page)
    assert "stored, because" in view.locator(".al-tv-details").inner_text()
    for key in ("d", "d", "Escape"):
        page.keyboard.press(key)
    assert "sets cookie __Host-sid" in label(page) and view.locator(".al-tv-details").is_hidden()
    assert page.locator(".jp-CodeCell").count() == len(CELLS)

    page.keyboard.press("End")
    assert "shop.localhost answers bob: 200" in label(page)
    assert view.get_by_text("31 minutes later").count() == 1


def read_the_table(page, view):
    """Turn the diagram into a table, and open an exchange from there."""
    view.get_by_role("button", name="As a table").click()
    assert view.locator("tbody tr").count() == 5
    assert "+ <b>bold</b>" in view.locator("tbody").inner_text()

    view.get_by_role("button", name="Open exchange 5").click()
    view.locator(".al-tv-details h3").wait_for()
    assert HOSTILE in view.locator(".al-tv-details").inner_text()
    page.keyboard.press("Escape")
    wait_until(lambda: label(page) == "Open exchange 5", "Another place has the focus.", page)

    view.get_by_role("button", name="Open exchange 4").click()
    view.locator(".al-tv-details h3").wait_for()
    assert "What changed since #3" in view.locator(".al-tv-details").inner_text()
    page.keyboard.press("Escape")
    wait_until(lambda: label(page) == "Open exchange 4", "Another place has the focus.", page)
    view.get_by_role("button", name="As a table").click()


def look_at_code(page):
    """See two functions beside each other, and below each other where it is narrow."""
    sides = page.locator(".al-cd-title")
    assert sides.all_inner_texts() == ["secure: begin_session", "flawed: keep_the_planted_id"]
    assert "old" in page.locator(".al-cd mark").all_inner_texts()

    def tops():
        return [each.bounding_box()["y"] for each in sides.all()]

    wait_until(lambda: tops()[0] == tops()[1], "not beside each other", page)
    page.set_viewport_size(NARROW)
    wait_until(lambda: tops()[0] < tops()[1], "not below each other", page)
    page.set_viewport_size(WINDOW)


def take_in_many(page, view, record_figure):
    """Stay readable with 105 exchanges, folded, and with 2,000: lines out of sight do not exist."""
    run_again(page, 2, SOME)
    wait_until(lambda: view.locator(".al-tv-count").inner_text() == "105 exchanges", "not all came", page)
    assert view.get_by_label("fold redirects").is_checked()

    def goes_to_the_end():
        # The diagram may still be drawing what came last.
        view.locator(".al-tv-message").last.focus()
        page.keyboard.press("End")
        return label(page) == "mallory and shop.localhost: 3 assets: image ×3"

    wait_until(goes_to_the_end, "The last line is another.", page)
    page.keyboard.press("ArrowRight")
    wait_until(lambda: label(page).startswith("mallory to shop.localhost: GET /"), "Another place has the focus.", page)
    page.keyboard.press("ArrowLeft")
    wait_until(lambda: label(page).endswith("image ×3"), "Another place has the focus.", page)
    page.keyboard.press("ArrowUp")
    wait_until(
        lambda: label(page) == "shop.localhost answers mallory: 200, sets cookie __Host-sid",
        "Another place has the focus.",
        page,
    )

    run_again(page, 2, FLOOD)
    wait_until(lambda: view.locator(".al-tv-count").inner_text() == "2105 exchanges", "not all came", page)
    frame = page.evaluate(SCROLL)
    lines = view.locator(".al-tv-line").count()
    record_figure(
        "TrafficView: 2,105 exchanges, lines in the page, median frame while scrolling", f"{lines}, {frame:.0f} ms"
    )
    assert lines < 80


def hide_and_reload(jupyter, page, view):
    """Hide somebody, reload the page, and find it as it was."""
    view.get_by_role("button", name="visitor mallory").click()
    expected = "2005 of 2105 exchanges"
    wait_until(lambda: view.locator(".al-tv-count").inner_text() == expected, "not hidden", page)
    save_notebook(page, jupyter.folder / "views.ipynb")
    jupyter.reload(page, "views.ipynb")
    view.locator(".al-tv-message").first.wait_for()
    wait_until(lambda: view.locator(".al-tv-count").inner_text() == expected, "not as it was", page)
