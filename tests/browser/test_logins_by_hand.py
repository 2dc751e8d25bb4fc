"""Two logins as a person makes them, with browser, mailbox and phone side by side in one notebook: by hand alone."""

import contextlib

import pytest

from tests.browser.jupyter import DARK, LIGHT, JupyterLab
from tests.browser.made_notebook import PASSWORD, framed, type_address, window, written

WINDOW = {"width": 1500, "height": 860}
CELL = """from labsrv.labs import start
from labsrv.widgets import BrowserView, Mailbox, Phone, beside

lab = start("{technique}")
lab.alice.navigate(lab.shop.url)
beside(BrowserView(lab.alice), Mailbox(lab.mail, lab.alice, open_in=lab.alice), Phone(lab, lab.alice))"""


@pytest.fixture
def opened(jupyter_server, chromium_page, tmp_path):
    """Yield `opened(technique, theme)`: a page with a notebook on that lab, run."""
    with contextlib.ExitStack() as running:

        def opened(technique, theme):
            written(tmp_path, "login.ipynb", CELL.format(technique=technique))
            chromium_page.set_viewport_size(WINDOW)
            jupyter = running.enter_context(JupyterLab(jupyter_server, tmp_path, theme=theme))
            jupyter.open(chromium_page, "login.ipynb")
            chromium_page.locator('[data-id="filebrowser"]').first.click()  # it makes room for three views
            jupyter.run_all(chromium_page)
            assert not jupyter.errors(chromium_page)
            return chromium_page

        yield opened


def show(page, path):
    """Keep a picture of the three views."""
    page.locator(".al-phone").scroll_into_view_if_needed()
    page.screenshot(path=path, animations="disabled")


def test_alice_logs_in_by_the_link_in_her_mail(opened, tmp_path):
    page = opened("passwordless", LIGHT)
    mail = page.locator(".al-mail")
    framed(page).get_by_role("link", name="Log in").click()
    framed(page).get_by_label("Your address").fill("alice@post.localhost")
    framed(page).get_by_role("button", name="Send me a link").click()

    mail.get_by_text("1 message").first.wait_for()
    show(page, tmp_path / "mail.png")
    mail.locator(".al-message-link").first.click()
    framed(page).get_by_role("heading", name="One more click").wait_for()
    show(page, tmp_path / "click.png")
    framed(page).get_by_role("button", name="Log in").click()
    framed(page).get_by_role("link", name="Account").click()
    framed(page).get_by_role("heading", name="Hello, alice.").wait_for()
    show(page, tmp_path / "in.png")


def test_alice_logs_in_with_the_code_on_her_phone(opened, tmp_path):
    page = opened("two_factor", DARK)
    phone = page.locator(".al-phone")
    framed(page).get_by_role("link", name="Log in").click()
    framed(page).get_by_label("Name").fill("alice")
    framed(page).get_by_label("Password").fill(PASSWORD)
    framed(page).get_by_role("button", name="Log in").click()
    framed(page).get_by_role("heading", name="Your code").wait_for()

    code = "".join(phone.locator(".al-phone-code").first.inner_text().split())
    assert len(code) == 6 and code.isdecimal(), code
    framed(page).get_by_label("Code", exact=True).fill(code)
    show(page, tmp_path / "code.png")
    framed(page).get_by_role("button", name="Go on").click()
    framed(page).get_by_role("heading", name="Hello, alice.").wait_for()

    type_address(page, window(page).get_by_label("Address in alice's browser").input_value())
    framed(page).get_by_role("link", name="Account").wait_for()
    show(page, tmp_path / "in.png")
