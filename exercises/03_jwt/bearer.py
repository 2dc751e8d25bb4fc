"""Ask for a token properly, and say little when you refuse.

The shop takes the second word of the header `Authorization`, whatever the first one is; where there is no header, it
hands what it has, nothing, to the verifier, and sends the verifier's complaint back. So apps need not say `Bearer`, and
their tokens stand in a log that blots out what follows that word. And whoever tries tokens out is told what to mend.

A request has one Bearer token, or it is asked for one. Each refusal has its status.  (RFC 6750, 2.1 and 3; OWASP ASVS
5.0, 16.2.5 and 16.5.1; CWE-209, CWE-532)
"""


def bearer_token(authorization: str | None) -> str | None:
    """Return the token of a request with this `Authorization` (None where there is no such header), or None."""
    # TODO: The header is the word `Bearer`, in any case, one blank or more, and one token: one or more ASCII letters,
    # digits and - . _ ~ + / and then, perhaps, signs `=`. Nothing stands before or behind that, no line break either.
    # There is no token in any other header, nor in none. `re.fullmatch` wants all of a text to fit.
    words = (authorization or "").split(" ")
    return words[1] if len(words) > 1 else "undefined"


def refusal(why: str, error: Exception | None, scope: str) -> tuple[int, str, dict[str, str]]:
    """Return the status, the header `WWW-Authenticate` and the JSON of a refusal.

    `why` is "missing" where there is no token, "invalid" where it is bad, with what the verifier said in `error`, and
    "scope" where it is good and lacks the `scope` that is wanted.

    A challenge is the word `Bearer`, or that and parameters, name="value", with a blank before the first and commas
    between them: `Bearer realm="tea shop", error="…"`. A realm is a name for what is guarded; you need none.
    """
    # TODO: "missing": 401, and a challenge `Bearer` that names no error. "invalid": 401, and a challenge with
    # error="invalid_token", the same whatever `error` says. "scope": 403, and a challenge with
    # error="insufficient_scope" and scope="…", the one that is wanted. What the JSON says is up
    # to you, except that it is the same for all bad tokens.
    return 403, "", {"error": why, "message": str(error)}
