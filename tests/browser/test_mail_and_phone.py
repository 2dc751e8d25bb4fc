"""Mailbox and Phone in a real JupyterLab, in a real Chromium: a link is followed, a QR code scanned, a code read."""

import shutil
import subprocess

import pyotp
import pytest

from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.lessons.qr import qr_svg
from tests.browser.jupyter import AS_THE_SYSTEM, JupyterLab
from tests.browser.made_notebook import framed, let_tick, rerun, restart_kernel, written
from tests.patience import wait_until

WINDOW = {"width": 1600, "height": 1100}
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
HOSTILE = "<img src=x onerror=document.title='owned'>\u202e"
CELLS = [
    """from flask import Flask
from markupsafe import Markup
from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.lessons.qr import qr_svg
from labsrv.labs import start
from labsrv.widgets import BrowserView, Mailbox, Phone, beside

lab = start("sessions")
account = Otpauth(b"12345678901234567890", "Tea shop", "alice")
enrol = Flask("enrol")
page = Markup("<!doctype html><title>Enrol</title><h1>Scan this</h1>") + qr_svg(account.uri)
enrol.add_url_rule("/", "home", lambda: page)
lab.add_site("enrol", enrol)
lab.alice.navigate(lab.enrol.url)

def write(subject, text, html=None):
    lab.mail.send(lab.alice.person.email, subject, text, html=html)""",
    "beside(BrowserView(lab.alice), Mailbox(lab.mail, lab.alice), Phone(lab, lab.alice))",
    f"""write("Tea", "Your tea is ready.")
write({HOSTILE[:-1]!r}, {HOSTILE!r}, "<p>" + {HOSTILE!r})
write("Your link", "Log in: " + lab.shop.login + "?token=abc.")
lab.sms.send(lab.alice.person.phone, {HOSTILE!r})""",
    "lab.clock.advance(minutes=31)",
    "print(lab.clock.time(), lab.phone(lab.alice).code())",
]
WATCH = """it => {
    window.changes = [];
    const note = (records) => window.changes.push(...records.map((each) => `${each.type} ${each.target.className}`));
    new MutationObserver(note).observe(it, { subtree: true, childList: true, characterData: true, attributes: true });
}"""


@pytest.fixture(scope="module")
def page(chromium_browser, jupyter_server, tmp_path_factory):
    """Yield a page with that notebook, run but for the last two cells."""
    folder = tmp_path_factory.mktemp("messages")
    written(folder, "messages.ipynb", *CELLS[:3], "1", "2")
    context = chromium_browser.new_context(viewport=WINDOW, color_scheme=AS_THE_SYSTEM)
    page = context.new_page()
    with JupyterLab(jupyter_server, folder) as jupyter:
        jupyter.open(page, "messages.ipynb")
        jupyter.run_all(page)
        assert not jupyter.errors(page)
        yield page
        context.close()


@pytest.fixture
def mail(page):
    return page.locator(".al-mail")


@pytest.fixture
def phone(page):
    return page.locator(".al-phone")


def cell(page, number):
    return page.locator(".jp-CodeCell").nth(number)


def code_of(phone):
    """Return the code of the first account, as it is read."""
    return phone.locator(".al-phone-code").first.inner_text().replace(" ", "").replace("\n", "")


def test_a_message_is_opened_and_its_link_followed_by_keyboard(page, mail, tmp_path):
    mail.get_by_text("3 messages, 2 unread").wait_for()
    mail.get_by_role("button", name="Your link").press("Enter")
    link = mail.locator(".al-message-link")
    assert link.inner_text().endswith("/login?token=abc")
    link.focus()
    assert mail.locator(".al-mail-where").inner_text().endswith("/login?token=abc")

    link.press("Enter")
    framed(page).get_by_role("heading", name="Log in").wait_for()
    mail.get_by_text("Opened in alice's browser: The tea shop: log in.").wait_for()
    page.screenshot(path=tmp_path / "mail.png")


def test_the_source_is_one_click_away(page, mail):
    mail.get_by_role("button", name="Source").click()
    body = mail.locator(".al-mail-body pre", has_text="Message-ID:")
    body.wait_for()
    assert body.inner_text().startswith("From: The tea shop <shop@post.localhost>\n")

    mail.get_by_role("button", name="Close").click()
    mail.locator(".al-mail-open").wait_for(state="hidden")
    focus = "it => document.activeElement.dataset.key"
    wait_until(lambda: mail.evaluate(focus) == "row 2", "The focus did not come back to the list.", page)


def test_nothing_hostile_acts(page, mail, phone):
    mail.get_by_role("button", name="<img").click()
    mail.get_by_text(r"\u202e").first.wait_for()
    phone.get_by_text(r"\u202e").wait_for()

    assert page.locator(".al-mail img, .al-phone img").count() == 0 and "owned" not in page.title()


def test_the_phone_scans_the_page_and_shows_the_code(page, phone):
    phone.get_by_role("button", name="Scan the QR code in alice's browser").click()
    phone.get_by_text("There is no QR code on the page").wait_for()
    page.get_by_role("region", name="alice's browser").get_by_role("button", name="Back").click()
    framed(page).get_by_role("heading", name="Scan this").wait_for()
    phone.get_by_role("button", name="Scan the QR code in alice's browser").press("Enter")
    phone.get_by_text("Added Tea shop: alice.").wait_for()

    shown = code_of(phone)
    assert shown in codes_around(page)
    phone.get_by_role("button", name="Next code").click()
    then = phone.locator(".al-phone-code-next").inner_text().replace(" ", "")
    assert then in codes_around(page)


def codes_around(page):
    """Return what an implementation that is not ours computes for the lab's time, and for the steps beside it."""
    rerun(page, cell(page, 4), CELLS[4])
    now = float(cell(page, 4).locator(".jp-OutputArea-output").first.inner_text().split()[0])
    moments = [int(now + 30 * n) for n in (-1, 0, 1, 2)]
    if shutil.which("oathtool"):
        return [oathtool(moment) for moment in moments]
    return [pyotp.TOTP(SECRET).at(moment) for moment in moments]


def oathtool(moment):
    command = ["oathtool", "--totp", "--base32", f"--now=@{moment}", SECRET]
    return subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout.strip()


def test_the_ring_empties_with_the_labs_clock(page, phone):
    before = code_of(phone)
    rerun(page, cell(page, 3), CELLS[3])
    wait_until(lambda: code_of(phone) not in (before, "······"), "The code did not move with the clock.", page)
    assert code_of(phone) in codes_around(page)

    rest = phone.locator(".al-phone-rest").first
    lengths = set()

    def empties():
        lengths.add(rest.evaluate("it => it.style.strokeDashoffset"))
        return len(lengths) > 3

    wait_until(empties, "It is drawn anew only on a word from the kernel.", page)


def test_a_camera_reads_the_same_secret_off_the_screen(page, tmp_path, record_figure):
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp, which reads QR codes, is not installed")
    image = pytest.importorskip("PIL.Image", reason="Pillow, which reads pictures, is not installed")
    page.locator(".al-browser").screenshot(path=tmp_path / "qr.png")
    with image.open(tmp_path / "qr.png") as picture:
        found = zxingcpp.read_barcodes(picture)

    assert [pyotp.parse_uri(each.text).secret for each in found] == [SECRET]
    record_figure("QR codes on a screenshot of BrowserView that zxing-cpp reads", f"{len(found)} of 1, the same secret")


ENROLMENTS = {
    "short": Otpauth(b"tea", "", "a"),
    "usual": Otpauth(b"12345678901234567890", "Tea shop", "alice@post.localhost"),
    "long, in other letters": Otpauth(
        bytes(range(64)), "Teeläden & Söhne, 緑茶", "alice", algorithm="SHA512", digits=8
    ),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("enrolment", ENROLMENTS.values(), ids=ENROLMENTS)
def test_a_camera_reads_each_qr_code_in_a_page_of_its_own(chromium_page, tmp_path, enrolment, scheme):
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp, which reads QR codes, is not installed")
    image = pytest.importorskip("PIL.Image", reason="Pillow, which reads pictures, is not installed")
    chromium_page.emulate_media(color_scheme=scheme)
    chromium_page.set_content(
        f"<style>:root {{ color-scheme: light dark }}</style><h1>Scan</h1>{qr_svg(enrolment.uri)}"
    )
    chromium_page.screenshot(path=tmp_path / "page.png")
    with image.open(tmp_path / "page.png") as picture:
        found = zxingcpp.read_barcodes(picture)

    assert [Otpauth.parse(each.text) for each in found] == [enrolment]


def test_what_stays_the_same_is_not_drawn_anew(page, mail, phone):
    mail.evaluate(WATCH)
    rerun(page, cell(page, 3), "lab.mail.send('bob@post.localhost', 'Not hers', 'x')")
    let_tick(page)
    assert page.evaluate("window.changes") == []

    phone.locator(".al-phone-accounts").evaluate("it => { it.firstElementChild.dataset.mark = 'the same'; }")
    rerun(page, cell(page, 3), "lab.clock.advance(seconds=30)")
    let_tick(page)
    assert phone.locator("[data-mark='the same']").count() == 1, "The open account stays the very element it was."
    assert phone.get_by_role("button", name="Next code").get_attribute("aria-expanded") == "true"


def test_a_lost_phone_shows_nothing_and_is_found_again(page, phone, tmp_path):
    switch = phone.get_by_role("switch", name="Lost")
    switch.press("Space")
    phone.get_by_text("This phone is lost").wait_for()
    assert phone.locator(".al-phone-code:visible").count() == 0
    rerun(page, cell(page, 3), "lab.phone(lab.alice).lost")
    assert "True" in cell(page, 3).inner_text()
    page.screenshot(path=tmp_path / "lost.png")

    switch.press("Space")
    phone.locator(".al-phone-code").first.wait_for()


def test_they_say_so_when_the_kernel_is_gone(page, mail, phone):
    restart_kernel(page)
    page.locator(".al-gone").nth(2).wait_for()
    assert page.locator(".al-gone").count() == 3
