"""What the cells of the token lesson must say, by cell."""

from tests.notebooks.course import SUCCEEDED, UNFIXED

# Cells that only define something.
SILENT = {"start", "five-tokens"}

SAYS = {
    "sign-in": (r"'owner': 'alice'", r"POST .*/token +200", r"GET .*/api/orders +200"),
    "inspect": (r"Valid: The signature is that of key tea-2026-1", r"typ: at\+jwt", r"sub: alice", r"in 1 d 23 h"),
    "sign": (r"^eyJhbGciOiJIUzI1NiJ9\.eyJhbW91bnQiOjV9\.[\w-]{43}$",),
    "voucher-attacks": (
        SUCCEEDED + "one voucher paid 2 times",
        SUCCEEDED + "a voucher of 5 paid 5000",
        SUCCEEDED + r"guess \d+ was 'secret'",
        r"^[\d,]+ guesses per second$",
    ),
    "check-base64url": UNFIXED,
    "check-hs256": (*UNFIXED, SUCCEEDED + "guess"),
    "edit-and-send": (r"sub: mallory",),
    "four-tokens": (
        SUCCEEDED + "a token with alg 'none'",
        SUCCEEDED + "a token that she signed with the shop's public key",
        SUCCEEDED + "the ID token",
        SUCCEEDED + "an access token that was meant for the club",
    ),
    "check-policy": UNFIXED,
    "key-attacks": (
        SUCCEEDED + "a key that she had uploaded",
        r"'kid': '\.\./uploads/mallory\.png'",
        SUCCEEDED + "a key that she wrote into the statement",
        r"' UNION SELECT '-----BEGIN PUBLIC KEY",
        SUCCEEDED + "the key that the token brought along",
        SUCCEEDED + "the key on her own site",
        r"'jku': 'http://mallory\S*localhost",
    ),
    "check-keys-by-name": UNFIXED,
    "bearer-attacks": (
        r"^403 None .*DecodeError",
        r"^403 None .*Signature verification failed",
        r"^200 None .*mallory",
        r"JWT eyJ",
    ),
    "check-bearer": (*UNFIXED, SUCCEEDED + "she sent nothing", SUCCEEDED + "four bad tokens got 4"),
    "life-attack": (
        r"^localStorage: .*refresh_token",
        r'^access token: .*"owner":"alice"',
        r"^refresh token: True$",
        r"moved by 1 day",
    ),
    "check-short-lived": UNFIXED,
    "check-hand-over": UNFIXED,
    "refresh-attacks": (
        SUCCEEDED + "Alice's app was refused, and Mallory goes on",
        r" True +$",
        SUCCEEDED + "a token from before she logged out",
    ),
    "check-rotation": UNFIXED,
    "check-log-out": UNFIXED,
    "compare-them": (r"is shown once 03_jwt/policy has all its points",),
    "pyjwt": (
        r"^no signature: InvalidAlgorithmError$",
        r"^public key as secret: InvalidAlgorithmError$",
        r"^her own key: InvalidSignatureError$",
        r"^an unknown extension: InvalidTokenError$",
        r"^no end: accepted, for mallory$",
    ),
}
