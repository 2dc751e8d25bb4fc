"""Text that others wrote is harmless to look at, and of a length."""

from labsrv.kit.text import plain


def test_what_cannot_be_seen_is_written_out():
    assert plain("a\u202eb\x00c\ud800\U000e0041") == r"a\u202eb\u0000c\ud800\udb40\udc41"
    assert plain("Grüße, 東京 🍵\n\tok") == "Grüße, 東京 🍵\n\tok"
