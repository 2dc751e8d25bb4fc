"""What the cells of the two-factor lesson must say, by cell."""

from tests.notebooks.course import SUCCEEDED, UNFIXED

SAYS = {
    "log-in": (r"alice: <Page 200 .*/login/second", r"alice's "),
    "second-step": (r"POST \S+/login +303 → /login/second", r"POST \S+/login/second +303 → /account", r"visits"),
    "hotp-by-hand": (r"^([0-9a-f]{2} ?){20} from byte \d+$", r"^(\d{6}) and the phone shows \1$"),
    "text-attack": (SUCCEEDED + r"after \d{6} came \d+", r"^\d{6} is your code for the tea shop\.$"),
    "check-by-hand": UNFIXED,
    "enrol-attack": (
        SUCCEEDED + "the secret was made",
        SUCCEEDED + "Alice's app is not",
        r"bob: <Page 200 .*/account/second",
    ),
    "check-enrol": UNFIXED,
    "window-attack": (SUCCEEDED + "she guessed", SUCCEEDED + "the form said"),
    "odds": (
        r"^41 right codes, 100 tries a second +2\.82 minutes$",
        r"^2 right codes, 5 tries in 15 minutes +1,040,000 minutes$",
        r"^The longest of them is 2\.0 years\.$",
    ),
    "check-small-window": (*UNFIXED, SUCCEEDED + "the form said", SUCCEEDED + "she guessed"),
    "replay-attack": (SUCCEEDED + "Alice's code worked", SUCCEEDED + "one code opened", SUCCEEDED + "she was right"),
    "check-each-step-once": (*UNFIXED, SUCCEEDED + "one code opened the account twice"),
    "check-count-tries": UNFIXED,
    "half-way-attack": (SUCCEEDED + "nobody asked", SUCCEEDED + "her phone is", SUCCEEDED + "her own code opened"),
    "check-half-way": (*UNFIXED, SUCCEEDED + "her own code"),
    "ways-attack": (
        SUCCEEDED + "the new password",
        SUCCEEDED + "the app's door asks for a password only",
        SUCCEEDED + "the shop asked for a cookie",
        SUCCEEDED + "the link was enough",
        r"alice@post\.localhost: 1 message",
    ),
    "check-every-way-in": (*UNFIXED, SUCCEEDED + "the shop asked for a cookie"),
    "lost-attack": (
        SUCCEEDED + "one code opened the account twice",
        SUCCEEDED + "her password alone",
        SUCCEEDED + "it is off, and Alice has no mail",
        SUCCEEDED + "the answer was Oolong",
    ),
    "check-recovery-codes": (*UNFIXED, SUCCEEDED + "the answer was Oolong"),
    "check-fresh-changes": (*UNFIXED, SUCCEEDED + "it is off"),
    "relay-attack": (r"^With a code: +Mallory is in:", r"^With a passkey: Mallory is out: .*http://mallory"),
    "compare-them": (r"is shown once 06_two_factor/each_step_once has all its points",),
    "pyotp-verify": (
        r"^otpauth://totp/Tea%20shop:alice\?secret=[A-Z2-7]{32}&issuer=Tea%20shop$",
        r"^The first time: True  The second time: True$",
        r"^One step late: False  With valid_window=1: True$",
    ),
}
