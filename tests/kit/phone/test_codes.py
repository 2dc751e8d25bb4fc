"""The codes are those of the standards, and of other programs."""

import shutil
import subprocess

import pyotp
import pytest

from labsrv.kit.addresses.otpauth import Otpauth
from labsrv.kit.phone.codes import code_at, step_at
from tests.vectors import vector

SECRET = b"12345678901234567890"


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


def test_before_the_epoch_there_is_no_step():
    assert step_at(Otpauth(SECRET), -5) == step_at(Otpauth(SECRET), 29.9) == 0
