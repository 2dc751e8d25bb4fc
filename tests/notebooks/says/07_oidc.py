"""What the cells of the lesson on OpenID Connect must say, by cell."""

from tests.notebooks.course import SUCCEEDED, UNFIXED

SAYS = {
    "start": (r"^<Lab oidc: http://shop\S+, http://idp\S+, http://social\S+, http://mallory\S+>$",),
    "first-login": (r"alice: <Page 200 .*/account", r"Who +Request"),
    "asked": (r"^state +[\w-]{43}$", r"^nonce +[\w-]{43}$", r"^code_challenge +[\w-]{43}$", r"^response_type +code$"),
    "look-inside": (r"iss: http://idp\S", r"aud: tea-shop", r"nonce: [\w-]{43}"),
    "flow": (r"A login of bob, message by message", r"Next: "),
    "pkce-attack": (SUCCEEDED + "code and secret are enough",),
    "check-pkce": (*UNFIXED, SUCCEEDED + "code and secret"),
    "check-begin-login": (*UNFIXED, SUCCEEDED + "the state was the verifier", SUCCEEDED + "there was a refresh token"),
    "answer-attack": (SUCCEEDED + "Alice is in Mallory's account", r"alice: <Page 200 .*/account"),
    "mix-up-attack": (SUCCEEDED + "the shop brought her the house's code", r"mallory"),
    "check-take-answer": (*UNFIXED, SUCCEEDED + "Alice is in Mallory's account", SUCCEEDED + "the shop brought her"),
    "idtoken-attack": (SUCCEEDED + "a token that she wrote herself", r"mallory: <Page 200 .*/account"),
    "check-read-id-token": (*UNFIXED, SUCCEEDED + "a token that she wrote herself"),
    "fits-attack": (SUCCEEDED + "Alice's code ended Mallory's login", r"mallory: <Page 200 .*/account"),
    "check-same-login": (*UNFIXED, SUCCEEDED + "Alice's code ended Mallory's login"),
    "take-over-attack": (SUCCEEDED + "she reads everybody's wages",),
    "check-take-over": (*UNFIXED, SUCCEEDED + "she reads everybody's wages", SUCCEEDED + "the shop took her for"),
    "accounts-attack": (SUCCEEDED + "the address was enough", r"mallory: <Page 200 .*/account", r"identities"),
    "check-whose-account": (
        *UNFIXED,
        SUCCEEDED + "the address was enough",
        SUCCEEDED + "her own word was enough",
        SUCCEEDED + "the subject was enough",
    ),
    "linking-attack": (SUCCEEDED + "Mallory's way in was added to Alice's account", r"identities"),
    "check-link-account": (*UNFIXED, SUCCEEDED + "Mallory's way in was added"),
    "check-keep-tokens": (*UNFIXED, SUCCEEDED + "script reads Alice's access token"),
    "compare-them": (r"is shown once 07_oidc/whose_account has all its points",),
}
