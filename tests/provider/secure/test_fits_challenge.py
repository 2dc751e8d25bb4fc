"""PKCE at the token endpoint, with the vector of RFC 7636."""

import pytest

from labsrv.provider.secure.fits_challenge import fits_challenge

# RFC 7636, Appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_standards_own_values():
    assert fits_challenge(CHALLENGE, VERIFIER)
    assert fits_challenge(None, None)


BAD = {
    "no verifier": (CHALLENGE, None),
    "no challenge": (None, VERIFIER),
    "the challenge itself": (CHALLENGE, CHALLENGE),
    "another": (CHALLENGE, "A" * 43),
    "a character more": (CHALLENGE, VERIFIER + "A"),
    "a character less": (CHALLENGE, VERIFIER[:-1]),
    "a line more": (CHALLENGE, VERIFIER + "\n"),
    "an empty one": (CHALLENGE, ""),
    "two empty ones": ("", ""),
    "letters beyond ASCII": (CHALLENGE, "é" * 43),
    "a very long one": (CHALLENGE, "A" * 129),
}


@pytest.mark.parametrize(("challenge", "verifier"), BAD.values(), ids=BAD)
def test_all_else(challenge, verifier):
    assert fits_challenge(challenge, verifier) is False
