"""What the cells of the passwords lesson must say, by cell."""

from tests.notebooks.course import NO_POINTS, SUCCEEDED, UNFIXED

SAYS = {
    "log-in": (
        r"keeps: \{plaintext\}bob-takes-two-sugars$",
        r"POST \S+/login +303 → /account",
        r"POST \S+/account/password +303",
        r"\{MD5\}",
    ),
    "any-password-attack": (r"<Page 200 .*/account ", r"mallory: <Page 200"),
    "check-compare-it": (NO_POINTS,),
    "run-compare-it": (SUCCEEDED + "any password at all",),
    "stolen-attack": (r"^\{MD5\}[0-9a-f]{32}$", r"^It is: sunshine-baseball$"),
    "rates-here": (r"^MD5 +[\d,]{7,} guesses a second$", r"^argon2id 19 MiB × 2 +[\d.]+ guesses a second$"),
    "graphics-card-table": (r"^MD5 +164,100,000,000 +published", r"^argon2id 64 MiB × 3 .*an upper bound"),
    "check-store-slowly": (*UNFIXED, r"'sunshine-baseball', found within 100,000 guesses"),
    "check-rehash": UNFIXED,
    "choosing-attack": (SUCCEEDED + "Bob was let choose", SUCCEEDED + "his password up to character 72", r"False$"),
    "check-acceptable": UNFIXED,
    "check-every-character": UNFIXED,
    "oracle-words": (r"^anna → wrong$", r"^hilda → no account$", SUCCEEDED),
    "oracle-times": (
        r"^customers +median +[\d.]+ ms",
        r"^invented names +median +[\d.]+ ms",
        SUCCEEDED + r"hashes made for a customer: 1, for a stranger: 0; she hears",
    ),
    "check-same-answer": UNFIXED,
    "guessing-attack": (
        SUCCEEDED + "one password opened the account of walter",
        SUCCEEDED + "Walter has the right password",
        r"account walter",
        r"walter: <Page 429",
    ),
    "check-count-guesses": (*UNFIXED, SUCCEEDED + "Walter"),
    "check-trusted-devices": UNFIXED,
    "desk-attack": (r"^<Page 200 .*/account ",),
    "check-change-password": (*UNFIXED, SUCCEEDED + "a password that Mallory chose for her opens"),
    "compare-them": (r"is shown once 01_passwords/same_answer has all its points",),
    "crypt-context": (r"^\{MD5\}", r"^\(True, '\$argon2id\$", r"^\(False, None\)$"),
}
