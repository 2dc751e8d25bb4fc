"""What the cells of the passwordless lesson must say, by cell."""

from tests.notebooks.course import NO_POINTS, SUCCEEDED, UNFIXED

SAYS = {
    "ask": (r"^Hello alice,$", r"^http://shop\S*/magic\?token=ey", r"alice@post\.localhost: 1 message$"),
    "look-inside": (r"expirationDate",),
    "a-week-later": (r"<Page 200 .*/account ", r"sees Alice's account: True$"),
    "guess-attack": (SUCCEEDED + "the token is a hash", r"1 message$"),
    "check-issue-link": (
        NO_POINTS,
        SUCCEEDED + "the token is a hash",
        SUCCEEDED + "the stolen table",
        SUCCEEDED + "the link that she did not need",
    ),
    "race-attack": (SUCCEEDED + "of twenty requests with one link, 20 opened",),
    "check-take-link": (
        *UNFIXED,
        SUCCEEDED + "a link that was used",
        SUCCEEDED + "of twenty requests with one link, 20",
    ),
    "check-press-button": (*UNFIXED, SUCCEEDED + "the scanner used"),
    "whose-attack": (
        SUCCEEDED + "Alice saved her card",
        r"^Mallory reads: True$",
        r"^The tea shop \S+ sends http://mallory\S*/magic\?token=",
    ),
    "check-same-browser": (*UNFIXED, SUCCEEDED + "Alice saved"),
    "check-link-address": (*UNFIXED, SUCCEEDED + "the token that Alice's click"),
    "asking-attack": (SUCCEEDED + "the answer says who", SUCCEEDED + "asked from 30 machines, and 30 mails came"),
    "check-tell-nothing": (*UNFIXED, SUCCEEDED + "the link that the page showed her"),
    "check-mailbox-limit": (*UNFIXED, SUCCEEDED + "asked 30 times", SUCCEEDED + "asked from 30 machines"),
    "codes-attack": (r"^She is in: True$",),
    "check-draw-codes": (*UNFIXED, SUCCEEDED + "whoever knows the time", SUCCEEDED + "a code spelt"),
    "chance-plot": (r"^no limit .*  100 % after 1 days", r"^five per code .* 58\.4 % after 365 days$", r"0\.727 %"),
    "check-count-tries": (
        *UNFIXED,
        SUCCEEDED + "20 of 20 guesses at Alice",
        SUCCEEDED + "20 of 20 guesses at the same",
    ),
    "check-bound-code": (*UNFIXED, SUCCEEDED + "Mallory's own code", SUCCEEDED + "Alice's code opened"),
    "forgotten-attack": (SUCCEEDED + "a session from before", r"2 messages$"),
    "check-reset-password": (
        *UNFIXED,
        SUCCEEDED + "a password that Mallory chose",
        SUCCEEDED + "a session from before",
        SUCCEEDED + "a link from before",
    ),
    "compare-them": (r"is shown once 04_passwordless/take_link has all its points",),
    "signed-token": (r"^\{'user': 'alice'\}$", r"^\{'user': 'alice'\} once more$"),
}
