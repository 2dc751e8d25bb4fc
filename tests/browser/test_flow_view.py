"""FlowView in a real JupyterLab: by keys alone, a state changed on its way, a reload, a lab that stops, a restart."""

import pytest

from tests.browser.jupyter import DARK, LIGHT, JupyterLab
from tests.browser.made_notebook import rerun, restart_kernel, save_notebook, written
from tests.patience import wait_until

WINDOW = {"width": 900, "height": 1400}
HOSTILE = "<img src=x onerror=document.title='owned'>"
CELLS = [
    """from labsrv.labs import start
from labsrv.widgets import FlowView

lab = start("oidc")
view = FlowView(lab, lab.alice, lab.shop.login)
view""",
    "0",
]


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    """Yield a JupyterLab on a folder with that notebook."""
    written(tmp_path, "flow.ipynb", *CELLS)
    with JupyterLab(jupyter_server, tmp_path) as jupyter:
        yield jupyter


def test_a_login_is_stepped_through_and_a_changed_state_refused(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    jupyter.open(page, "flow.ipynb")
    give_room(page)
    jupyter.run_all(page)
    assert not jupyter.errors(page)
    view = page.locator(".al-fv")

    send_by_keys_until(page, view, "shop sends Alice's browser on to idp")
    fits(page, view)
    pictures(jupyter, page, view, tmp_path, "waits")
    look_at_a_back_channel(page, view)
    pictures(jupyter, page, view, tmp_path, "back-channel")
    change_the_state(page, view)
    pictures(jupyter, page, view, tmp_path, "refused")
    come_back(jupyter, page, view)
    assert view.locator("img").count() == 0 and "owned" not in page.title()

    rerun(page, page.locator(".jp-CodeCell").nth(1), "lab.stop()")
    view.locator(".al-ended-note", has_text="section ended").wait_for()
    rerun(page, page.locator(".jp-CodeCell").nth(0))
    view.locator(".al-fv-count", has_text="Message 1").wait_for()
    restart_kernel(page)
    page.locator(".al-gone").wait_for()


def give_room(page):
    """Close the file browser, as people do in a narrow window."""
    page.keyboard.press("ControlOrMeta+b")
    page.locator("#jp-left-stack").wait_for(state="hidden")


def title(view):
    return view.locator(".al-fv-title").inner_text()


def send_by_keys_until(page, view, words):
    """Press Enter on Send, which keeps the focus, until a message waits."""
    view.get_by_role("button", name="Send", exact=True).focus()
    for _ in range(20):
        if view.locator(".al-fv-title").count() and words in title(view):
            break
        step(page, view)
    assert words in title(view)
    assert page.evaluate("document.activeElement.dataset.key") == "send"


def fits(page, view):
    """See that nothing is cut off at the side."""
    assert view.evaluate("it => it.scrollWidth <= it.clientWidth")
    assert view.locator(".al-fv-table").evaluate("it => it.scrollWidth <= it.parentElement.clientWidth")


def pictures(jupyter, page, view, folder, name):
    """Take a picture in each theme."""
    for theme in (DARK, LIGHT):
        jupyter.use_theme(page, theme)
        view.screenshot(path=folder / f"flow-{name}-{'dark' if theme == DARK else 'light'}.png")


def look_at_a_back_channel(page, view):
    """Go on to the code's redemption: the shop waits in the middle of an answer."""
    view.get_by_role("button", name="Send", exact=True).focus()
    for _ in range(12):
        if "POST idp /token" in view.locator(".al-fv-line").inner_text():
            break
        step(page, view)
    assert "back channel" in view.locator(".al-fv-line").inner_text()
    assert "client_secret" in view.locator(".al-fv-table").inner_text()


def step(page, view):
    """Press Enter on the button that has the focus."""
    before = view.locator(".al-fv-sent").count()
    page.keyboard.press("Enter")
    wait_until(lambda: view.locator(".al-fv-sent").count() > before, "It was not sent.", page)


def change_the_state(page, view):
    """Begin again, change the state where it comes back, by keys, and see the shop refuse."""
    view.get_by_role("button", name="Begin again", exact=True).press("Enter")
    view.locator(".al-fv-count").get_by_text("Message 1", exact=True).wait_for()
    send_by_keys_until(page, view, "idp sends Alice's browser on to shop")

    state = view.get_by_label("Value of state in the address")
    state.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(HOSTILE)
    view.get_by_text("✎ changed").wait_for()
    for key in ("d", "d", "Backspace", "Backspace"):
        page.keyboard.press(key)
    assert page.locator(".jp-CodeCell").count() == len(CELLS)

    view.get_by_role("button", name="Drop iss in the address").press("Enter")
    assert page.evaluate("document.activeElement.dataset.key").startswith("keep")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.key").startswith("value")

    view.get_by_role("button", name="Send all").press("Enter")
    verdict = view.locator(".al-fv-verdict")
    verdict.wait_for()
    words = verdict.inner_text()
    assert "shop, the application, refuses." in words and "RFC 9700, 4.7.1" in words and "Because of state" in words


def come_back(jupyter, page, view):
    """Save, reload, and find it as it was."""
    before = view.locator(".al-fv-verdict").inner_text(), view.locator(".al-fv-sent").count()
    save_notebook(page, jupyter.folder / "flow.ipynb")
    jupyter.reload(page, "flow.ipynb")
    view.locator(".al-fv-verdict").wait_for()

    assert (view.locator(".al-fv-verdict").inner_text(), view.locator(".al-fv-sent").count()) == before
