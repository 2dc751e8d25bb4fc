"""Say no to a request in words that its sender can do something with.

Alice's application comes with a token that has ended, and the API says 403: you may not. So the application tells Alice
that she may not see her pay, where a fresh token would have done. And Mallory's tea club, which Alice lets ask whether
she is good for an amount (`credit`), raises pay: there is an `edit` in `credit`.

Who has shown nothing, who has shown something that is no good, and who may not are three different matters.
(RFC 6750, 3 and 3.1; RFC 6749, 3.3; OWASP ASVS 5.0, 8.2.1 and 10.3.2; CWE-863)
"""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    """Return status and parameters of `WWW-Authenticate: Bearer`, or None for a request that may go on.

    `sent` says whether there was a token at all. `claims` has what it says, or is None where it was no good. `scope` is
    the one word that this request needs. Of `401, {"realm": "pay"}` the API makes 401, and the header
    `WWW-Authenticate: Bearer realm="pay"`.
    """
    # TODO: No token: 401, and no `error`, `error_description` or `error_uri`. One that is no good: 401, and for the
    #       `error` "invalid_token". One whose scope does not have the word: 403, and for the `error`
    #       "insufficient_scope", with the word that is needed as `scope`. A token's scope is the text in its "scope",
    #       words with a blank between each two; what is no text has no words, and no other claim has any. A word is
    #       that one from its first character to its last, or another. More parameters are yours to add; each value
    #       goes between quotes into the header, and has none but the signs that RFC 6750, 3, lets stand there.
    if claims is None:
        return 403, {"error": "access_denied"}
    if scope in str(claims["scope"]):
        return None

    return 403, {"error": "access_denied", "error_description": f'There is no "{scope}".'}
