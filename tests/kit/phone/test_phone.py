"""The address in an enrolment's QR code, and the phone that reads it."""

import shutil
import subprocess

import pyotp
import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.addresses.otpauth import BadOtpauth, Otpauth
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.qr import qr_svg, read_qr
from labsrv.kit.phone.codes import code_at, step_at
from labsrv.kit.phone.phone import LostPhone
from tests.vectors import vector

SECRET = b"12345678901234567890"

ADDRESSES = {
    "whole": (
        "otpauth://totp/Tea%20shop:alice@post.localhost?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tea%20shop"
        "&algorithm=SHA256&digits=8&period=60",
        Otpauth(SECRET, "Tea shop", "alice@post.localhost", "totp", "SHA256", 8, 60),
    ),
    "short": ("otpauth://totp/alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Otpauth(SECRET, "", "alice")),
    "the issuer in the label only": (
        "otpauth://totp/Tea%20shop%3A%20alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        Otpauth(SECRET, "Tea shop", "alice"),
    ),
    "a secret as people type it": (
        "otpauth://totp/alice?secret=gezd%20gnbv-gy3t%20qojq+gezdgnbvgy3tqojq",
        Otpauth(SECRET, "", "alice"),
    ),
    "a secret with padding": ("otpauth://totp/alice?secret=MZXW6YQ%3D", Otpauth(b"foob", "", "alice")),
    "a counter": (
        "otpauth://hotp/alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=7",
        Otpauth(SECRET, "", "alice", "hotp", counter=7),
    ),
    "something that nobody knows": (
        "otpauth://totp/alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&image=tea",
        Otpauth(SECRET, "", "alice"),
    ),
}


@pytest.mark.parametrize(("address", "meant"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_understood_and_written_again(address, meant):
    assert Otpauth.parse(address) == meant
    assert Otpauth.parse(meant.uri) == meant


GOOD = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NO_ADDRESSES = {
    "nothing": "",
    "a web address": f"https://totp/alice?{GOOD}",
    "no secret": "otpauth://totp/alice?issuer=Tea",
    "an empty secret": "otpauth://totp/alice?secret=",
    "a secret that is not base32": "otpauth://totp/alice?secret=018",
    "a secret of half a byte": "otpauth://totp/alice?secret=A",
    "a huge secret": "otpauth://totp/alice?secret=" + "A" * 800,
    "a huge address": f"otpauth://totp/{'a' * 3_000}?{GOOD}",
    "two secrets": f"otpauth://totp/alice?{GOOD}&secret=AAAAAAAA",
    "another kind": f"otpauth://motp/alice?{GOOD}",
    "another algorithm": f"otpauth://totp/alice?{GOOD}&algorithm=MD5",
    "few digits": f"otpauth://totp/alice?{GOOD}&digits=1",
    "digits in words": f"otpauth://totp/alice?{GOOD}&digits=six",
    "digits of another alphabet": f"otpauth://totp/alice?{GOOD}&digits=%EF%BC%96",
    "no period": f"otpauth://totp/alice?{GOOD}&period=0",
    "a negative period": f"otpauth://totp/alice?{GOOD}&period=-30",
    "a period of days": f"otpauth://totp/alice?{GOOD}&period=864000",
    "a counter that is missing": f"otpauth://hotp/alice?{GOOD}",
    "a huge counter": f"otpauth://hotp/alice?{GOOD}&counter=9223372036854775808",
    "a colon in a name": f"otpauth://totp/Tea:alice:bob?{GOOD}",
    "brackets in pieces": f"otpauth://[totp/alice?{GOOD}",
    "many things": f"otpauth://totp/alice?{GOOD}" + "".join(f"&x{n}=1" for n in range(40)),
}


@pytest.mark.parametrize("address", NO_ADDRESSES.values(), ids=NO_ADDRESSES)
def test_what_no_app_could_use_is_refused(address):
    with pytest.raises(BadOtpauth):
        Otpauth.parse(address)


def test_a_secret_is_not_printed():
    assert "1234" not in repr(Otpauth(SECRET)) and "GEZD" not in repr(Otpauth(SECRET))


def test_codes_are_those_of_rfc_4226():
    for row in vector("rfc/rfc4226_appendix_d.json")["rows"]:
        assert code_at(Otpauth(SECRET), row["count"]) == row["hotp"]


def test_codes_are_those_of_rfc_6238():
    published = vector("rfc/rfc6238_appendix_b.json")
    for row in published["rows"]:
        account = Otpauth(published["seeds_ascii"][row["algorithm"]].encode(), algorithm=row["algorithm"], digits=8)
        assert code_at(account, step_at(account, row["time"])) == row["totp"]


# Its HOTP knows SHA-1 only, as RFC 4226 does.
@pytest.mark.parametrize("digits", [6, 7, 8])
@pytest.mark.parametrize(
    ("kind", "algorithm"), [("totp", "SHA1"), ("totp", "SHA256"), ("totp", "SHA512"), ("hotp", "SHA1")]
)
def test_oathtool_computes_the_same_codes(kind, digits, algorithm):
    if not shutil.which("oathtool"):
        pytest.skip("no oathtool on this machine (Debian's package oathtool)")
    account = Otpauth(SECRET + bytes([digits]), kind=kind, digits=digits, algorithm=algorithm)
    for count in (0, 1, 3, 59_000_000):
        when = (
            ["--totp=" + algorithm, f"--now=@{count * 30 + 29}"] if kind == "totp" else ["--hotp", f"--counter={count}"]
        )
        said = subprocess.run(
            ["oathtool", "--base32", f"--digits={digits}", *when, account.secret_text],
            capture_output=True, text=True, timeout=10, check=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert said.stdout.strip() == code_at(account, count)


def test_pyotp_understands_the_address_and_computes_the_same():
    account = Otpauth(SECRET, "Tea shop", "alice", algorithm="SHA512", digits=8)
    assert pyotp.parse_uri(account.uri).at(1_700_000_000) == code_at(account, step_at(account, 1_700_000_000))
    theirs = pyotp.TOTP(pyotp.random_base32(), name="alice@post.localhost", issuer="Tea shop").provisioning_uri()
    assert Otpauth.parse(theirs).label == "Tea shop: alice@post.localhost"


# The phone.


@pytest.fixture
def lab():
    lab = Lab("test", place=FirstNumber(), hash_cost="low", listens=False)
    yield lab
    lab.stop()
    lab.clock.reset()


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


# The QR code.


def test_a_page_holds_what_a_camera_would_read():
    address = Otpauth(SECRET, "Tea & <cake>", 'alice "x"').uri
    page = f"<p>Scan this: {qr_svg(address)} or this: {qr_svg('https://shop.example/?a=1&b=2')}</p>"

    assert read_qr(page) == [address, "https://shop.example/?a=1&b=2"]


def test_a_drawing_that_says_something_else_is_not_believed():
    drawn, other = qr_svg("otpauth://totp/a?secret=AAAAAAAA"), "otpauth://totp/a?secret=BBBBBBBB"

    assert read_qr(drawn.replace("AAAAAAAA", "BBBBBBBB")) == []
    assert read_qr(f'<svg class="qr" data-qr="{other}"></svg>') == []
    assert read_qr(f'<svg class="qr" data-qr="{"x" * 9_000}"></svg>') == []


def test_before_the_epoch_there_is_no_step():
    assert step_at(Otpauth(SECRET), -5) == step_at(Otpauth(SECRET), 29.9) == 0
