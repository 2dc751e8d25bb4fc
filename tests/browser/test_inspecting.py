"""CookieInspector, StoreView and ClockControl in a real JupyterLab, in a real Chromium."""

import pytest

from tests.browser.jupyter import DARK, JupyterLab
from tests.browser.made_notebook import restart_kernel, save_notebook, written
from tests.patience import wait_until

WINDOW = {"width": 1400, "height": 1000}
HOSTILE = "<img src=x onerror=document.title='owned'>"
CELLS = [
    """from labsrv.labs import start
from labsrv.labs.sessions.people import log_in, put_in_basket
from labsrv.widgets.clock_control import ClockControl
from labsrv.widgets.cookies.inspector import CookieInspector
from labsrv.widgets.store.view import StoreView

lab = start("sessions")
log_in(lab.alice, lab.shop)
host = lab.place.host("shop")
lab.alice.jar.receive(f"tea=oolong; Path=/; Domain={host}; Max-Age=3600", lab.shop.url)
lab.alice.jar.receive("tracker=1; Path=/basket", lab.shop.url)""",
    "CookieInspector(lab.alice, sites=lab.sites)",
    "StoreView(lab.db)",
    "ClockControl(lab.clock)",
    f"""lab.alice.jar.receive("<b>bold</b>={HOSTILE}", lab.shop.url)
put_in_basket(lab.alice, lab.shop, "{HOSTILE}")
put_in_basket(lab.alice, lab.shop, "Sencha");""",
]


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    """Yield a JupyterLab on a folder with that notebook, in the dark."""
    written(tmp_path, "views.ipynb", *CELLS)
    with JupyterLab(jupyter_server, tmp_path, theme=DARK) as jupyter:
        yield jupyter


def picture(page, view, path):
    """Keep a picture of one view."""
    page.locator(view).screenshot(path=path, animations="disabled")


def test_the_views_show_what_happens_and_answer_come_back_and_say_when_it_ends(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    strangers = []
    page.on("request", lambda request: strangers.append(request.url) if "127.0.0.1" not in request.url else None)
    jupyter.open(page, "views.ipynb")
    jupyter.run_all(page)
    assert not jupyter.errors(page)

    ask_about_a_cookie(page, tmp_path)
    look_into_the_store(page, tmp_path)
    move_the_clock(page, tmp_path)
    page.screenshot(path=tmp_path / "page.png")

    assert page.locator(".al img, .al b").count() == 0 and "owned" not in page.title()
    come_back(jupyter, page)
    assert not [url for url in strangers if url.startswith("http")]


def ask_about_a_cookie(page, pictures):
    """Choose the session's cookie, and ask whether Mallory's form would carry it."""
    view = page.locator(".al-ci")
    view.get_by_role("button", name="__Host-sid").click()
    wait_until(lambda: "__Host-" in view.locator(".al-ci-name").inner_text(), "not chosen", page)
    view.get_by_label("it comes from").select_option(index=3)
    view.get_by_label("by", exact=True).select_option("form")

    verdict = view.locator(".al-ci-verdict")
    wait_until(lambda: "cross-site POST" in verdict.inner_text(), "no answer", page)
    assert verdict.inner_text().startswith("✕ Withheld")
    picture(page, ".al-ci", pictures / "inspector.png")

    view.get_by_role("button", name="tea").focus()
    page.keyboard.press("Enter")
    wait_until(lambda: "→ Sent" in verdict.inner_text(), "the fresh cookie without SameSite stays at home", page)
    view.get_by_label("when").select_option("180")
    wait_until(lambda: "Withheld" in verdict.inner_text(), "after two minutes it does not", page)
    assert page.evaluate("document.activeElement.dataset.key").startswith("tea\n")
    picture(page, ".al-ci", pictures / "inspector-tea.png")


def look_into_the_store(page, pictures):
    """See the basket's change, open the row, go to another collection by keyboard."""
    view = page.locator(".al-sv")
    assert "alice: POST /basket → 303" in view.locator(".al-sv-cause").inner_text()
    assert "Sencha" in view.locator(".al-sv-cell-changed strong").all_inner_texts()[-1]
    view.locator(".al-sv-open").first.click()
    wait_until(lambda: HOSTILE in "".join(view.locator(".al-sv-whole").all_inner_texts()), "not opened", page)
    assert page.evaluate("document.activeElement.dataset.key").startswith("row ")
    picture(page, ".al-sv", pictures / "store.png")

    view.get_by_role("tab", selected=True).focus()
    page.keyboard.press("ArrowRight")
    wait_until(lambda: "users" in view.get_by_role("tab", selected=True).inner_text(), "no other tab", page)
    assert page.evaluate("document.activeElement.dataset.name") == "users"
    picture(page, ".al-sv", pictures / "store-users.png")


def move_the_clock(page, pictures):
    """Move on, watch the seconds pass and the cookie of an hour expire, come back."""
    view = page.locator(".al-clock")
    before = view.locator(".al-clock-time").inner_text()
    wait_until(lambda: view.locator(".al-clock-time").inner_text() != before, "the clock stands still", page)
    view.get_by_role("button", name="+13 h").click()
    wait_until(lambda: "13 h ahead" in view.inner_text(), "not moved", page)
    wait_until(lambda: page.locator(".al-ci").get_by_role("button", name="tea").count() == 0, "not expired", page)
    picture(page, ".al-clock", pictures / "clock.png")

    view.get_by_label("Moment in UTC").fill("2031-02-03T04:05")
    view.get_by_role("button", name="Go there").click()
    wait_until(lambda: "3 Feb 2031" in view.inner_text(), "not there", page)
    view.get_by_role("button", name="Back to now").click()
    wait_until(lambda: "the same as real time" in view.inner_text(), "not back", page)


def come_back(jupyter, page):
    """Save, reload the page, and find the views as they were; restart the kernel, and see each of them say so."""
    save_notebook(page, jupyter.folder / "views.ipynb")
    jupyter.reload(page, "views.ipynb")
    page.locator(".al-clock-time").wait_for()
    page.locator(".al-ci").get_by_role("button", name="__Host-sid").wait_for()
    page.locator(".al-sv").get_by_role("tab", name="sessions").wait_for()

    restart_kernel(page)
    page.locator(".al-gone").nth(2).wait_for()
