"""An enrolment's address: what apps understand is understood and written again, all else is refused."""

import pytest

from labsrv.kit.addresses.otpauth import BadOtpauth, Otpauth, decode_secret

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


@pytest.mark.parametrize("many", [1, 3, 6, 30])
def test_a_length_that_no_bytes_have_is_said(many):
    with pytest.raises(BadOtpauth, match=f"{many} letters, a length that no bytes have"):
        decode_secret("A" * many)
