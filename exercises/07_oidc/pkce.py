"""Show that it was you who began.

Alice comes back from her provider with a code in the address, and the shop trades it for tokens, with its client
secret. Mallory has found that secret in an old repository, and a code of Alice's, not yet used, in a log. She trades it
herself.

With PKCE the shop draws a secret for each login, the *verifier*. It sends the verifier's hash along with the question:
the *challenge*. The verifier itself goes to the provider with the code, from server to server, where no log has it.
The provider compares. Everybody does so, whether they have a client secret or not.
(RFC 7636, 4.2; RFC 9700, 2.1.1; OWASP ASVS 5.0, 10.2.1; CWE-345)
"""


def code_challenge(verifier: str) -> str:
    """Return the challenge that belongs to a verifier, by the method S256. The shop goes without PKCE where it is "".

    A verifier has 43 to 128 characters: letters and digits of ASCII, and - . _ ~ (RFC 7636, 4.1).
    """
    # TODO: Every verifier has the challenge that RFC 7636, 4.2 gives it: the SHA-256 of its characters, all 32 bytes,
    #       in base64url, without padding. It is the same each time: the shop asks as a login begins, and as it ends.
    return ""
