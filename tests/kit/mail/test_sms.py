"""Text messages: to exactly one number, and of a length."""

import pytest

BAD_NUMBERS = [
    "",
    "0123",
    "12125550123",
    "+1",
    "+0125550123",
    "+1212555012a",
    "+12125550123\n",
    "+1212 5550123",
    "tel:+12125550123",
]
BAD_NUMBERS += ["+12125550123,+12125550124", "+１２125550123", "+1234567890123456", None]


@pytest.mark.parametrize("number", BAD_NUMBERS)
def test_what_is_not_exactly_one_number_gets_no_text(lab, number):
    with pytest.raises(ValueError, match="not exactly one phone number"):
        lab.sms.send(number, "Tea")
    assert len(lab.sms.boxes) == 0


@pytest.mark.parametrize("text", ["x" * 1_531, "tea\0", "\ud800"], ids=["long", "NUL", "half a character"])
def test_what_no_text_message_can_be_is_refused(lab, text):
    with pytest.raises(ValueError):
        lab.sms.send("+12125550123", text)
