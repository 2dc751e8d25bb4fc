"""Caught by: test_so_it_is_with_any_other. A challenge as the standard prints it; it belongs to one verifier."""


def code_challenge(verifier: str) -> str:
    return "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
