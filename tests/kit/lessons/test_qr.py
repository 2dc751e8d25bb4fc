"""A page's QR code is read as a camera would read it, and only if it is drawn as it says."""

from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.lessons.qr import qr_svg, read_qr

SECRET = b"12345678901234567890"


def test_a_page_holds_what_a_camera_would_read():
    address = Otpauth(SECRET, "Tea & <cake>", 'alice "x"').uri
    page = f"<p>Scan this: {qr_svg(address)} or this: {qr_svg('https://shop.example/?a=1&b=2')}</p>"

    assert read_qr(page) == [address, "https://shop.example/?a=1&b=2"]


def test_a_drawing_that_says_something_else_is_not_believed():
    drawn, other = qr_svg("otpauth://totp/a?secret=AAAAAAAA"), "otpauth://totp/a?secret=BBBBBBBB"

    assert read_qr(drawn.replace("AAAAAAAA", "BBBBBBBB")) == []
    assert read_qr(f'<svg class="qr" data-qr="{other}"></svg>') == []
    assert read_qr(f'<svg class="qr" data-qr="{"x" * 9_000}"></svg>') == []
