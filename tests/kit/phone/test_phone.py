"""The phone: it reads QR codes, shows codes by the lab's clock, gets texts, and can be lost."""

import pytest

from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.phone.codes import code_at, step_at
from labsrv.kit.phone.phone import LostPhone

SECRET = b"12345678901234567890"


@pytest.fixture
def phone(lab):
    return lab.phone(lab.alice)


def test_everybody_has_one_phone(lab, phone):
    assert lab.phone(lab.people["alice"]) is lab.phone("alice") is phone is not lab.phone(lab.bob)
    assert phone.number == lab.people["alice"].phone
    for stranger in (lab.browser("visitor"), "nobody", None):
        with pytest.raises(LookupError, match="nobody"):
            lab.phone(stranger)


def test_the_code_follows_the_labs_clock(lab, phone):
    phone.scan(Otpauth(SECRET, "Tea shop", "alice").uri)
    step = step_at(Otpauth(SECRET), lab.clock.time())
    codes = {code_at(Otpauth(SECRET), step + n): n for n in range(5)}
    assert codes[phone.code()] in (0, 1)

    lab.clock.advance(seconds=60)
    assert codes[phone.code()] in (2, 3)
    assert codes[phone.next_code()] == codes[phone.code()] + 1


def test_several_accounts_and_one_that_gives_way(phone):
    first = phone.scan(Otpauth(SECRET, "Tea shop", "alice").uri)
    phone.scan(Otpauth(SECRET + b"1", "Coffee shop", "alice").uri)
    assert [each.label for each in phone.accounts] == ["Tea shop: alice", "Coffee shop: alice"]
    assert phone.code("Tea shop") == phone.code("Tea shop: alice") == phone.code(first) != phone.code()

    phone.scan(Otpauth(SECRET + b"2", "Tea shop", "alice").uri)
    assert [each.label for each in phone.accounts] == ["Coffee shop: alice", "Tea shop: alice"]
    phone.remove("Tea shop")
    with pytest.raises(LookupError, match="no account 'Tea shop'"):
        phone.code("Tea shop")


def test_an_account_with_a_counter_counts_on(phone):
    phone.scan(Otpauth(SECRET, "Bank", "alice", "hotp").uri)
    expected = [code_at(Otpauth(SECRET), count) for count in range(4)]

    assert [phone.code(), phone.code(), phone.next_code(), phone.code(), phone.next_code()] == [
        *(expected[0], expected[0], expected[1], expected[1], expected[2])
    ]


def test_texts_come_to_the_phone(lab, phone):
    lab.sms.send(phone.number, "Your code is 012345")
    lab.sms.send(lab.people["bob"].phone, "Not yours")
    assert [each.text for each in phone.texts] == ["Your code is 012345"]
    assert lab.sms.last(lab.alice) == phone.texts[0]


LOST = {
    "code": lambda phone: phone.code(),
    "next_code": lambda phone: phone.next_code(),
    "accounts": lambda phone: phone.accounts,
    "texts": lambda phone: phone.texts,
    "scan": lambda phone: phone.scan(Otpauth(SECRET).uri),
    "remove": lambda phone: phone.remove(),
}


@pytest.mark.parametrize("ask", LOST.values(), ids=LOST)
def test_a_lost_phone_answers_nothing_and_found_again_it_is_as_it_was(phone, ask):
    phone.scan(Otpauth(SECRET, "Tea shop", "alice").uri)
    phone.lost = True
    with pytest.raises(LostPhone, match="Alice's phone is lost"):
        ask(phone)
    phone.lost = False
    assert [each.label for each in phone.accounts] == ["Tea shop: alice"]


def test_whoever_listens_hears_of_each_change(phone):
    heard = []
    phone.listeners.append(lambda: heard.append(len(phone.accounts) if not phone.lost else "lost"))
    phone.scan(Otpauth(SECRET, "Bank", "alice", "hotp").uri)
    phone.next_code()
    phone.lost = True
    assert heard == [1, 1, "lost"]


# The QR code.
