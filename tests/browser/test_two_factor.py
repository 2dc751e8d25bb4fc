"""The second factor with things that are not ours: a real Chromium, a decoder of QR codes, and oathtool."""

import io
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from labsrv import labs
from labsrv.kit.addresses.names import LabNumber
from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.lessons.lab import Lab


@pytest.fixture
def lab():
    """A running lab of the sound shop, which real browsers can reach."""
    lab = Lab("two_factor", place=LabNumber(), hash_cost="low", report=lambda exchange: None)
    labs.furnish(lab, "two_factor", labs.complete("two_factor", {})(lab))
    yield lab
    lab.stop()
    lab.clock.reset()


def oathtool(secret, lab):
    """Return the code that Debian's oathtool makes of a secret now."""
    if not shutil.which("oathtool"):
        pytest.skip("no oathtool on this machine (Debian's package oathtool)")
    command = ["oathtool", "--totp", "--base32", f"--now=@{int(lab.clock.time())}", secret]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()


def type_password(page, lab, who):
    """Make the first step in a real browser."""
    page.goto(lab.shop.login)
    page.get_by_label("Name").fill(who.person.name)
    page.get_by_label("Password").fill(who.person.password)
    page.get_by_role("button", name="Log in").click()


def type_code(page, code):
    """Type a code into the page that asks for one."""
    page.locator("input[name=code]").fill(code)
    page.locator("main form").first.get_by_role("button").click()


def test_a_code_of_oathtool_logs_alice_in(lab, chromium_page):
    secret = lab.db.factors.find_one({"_id": "alice"})["secret"]
    type_password(chromium_page, lab, lab.alice)
    expect(chromium_page).to_have_url(lab.shop.second)

    type_code(chromium_page, oathtool(secret, lab))
    expect(chromium_page).to_have_url(lab.shop.account)
    expect(chromium_page.get_by_role("heading", name="Hello, alice.")).to_be_visible()


def test_the_qr_code_on_a_screenshot_has_the_secret(lab, chromium_page):
    """Bob scans what is on the screen, with a decoder that is not ours, and logs in with oathtool from then on."""
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp, which reads QR codes, is not installed")
    image = pytest.importorskip("PIL.Image", reason="Pillow, which opens the screenshot, is not installed")
    type_password(chromium_page, lab, lab.bob)
    chromium_page.goto(lab.shop.new_app)
    (found,) = zxingcpp.read_barcodes(image.open(io.BytesIO(chromium_page.screenshot())))
    secret = Otpauth.parse(found.text).secret_text
    assert secret == lab.db.factors.find_one({"_id": "bob"})["proposed"]

    type_code(chromium_page, oathtool(secret, lab))
    expect(chromium_page).to_have_url(lab.shop.account)
    lab.clock.advance(seconds=30)
    chromium_page.context.clear_cookies()
    type_password(chromium_page, lab, lab.bob)
    type_code(chromium_page, oathtool(secret, lab))
    expect(chromium_page.get_by_role("heading", name="Hello, bob.")).to_be_visible()
