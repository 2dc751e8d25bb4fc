"""What the cells of the lesson on single sign-on must say, by cell."""

from tests.notebooks.course import SUCCEEDED, UNFIXED

SAYS = {
    "start": (r"^<Lab sso: http://shop\S+, ",),
    "one-login": (r"Who +Request", r"GET hr\S*/login"),
    "lamps": (r"The tea shop +on +an application", r"Fakebook +on +upstream"),
    "half-way-out": (r"alice: <Page 200 .*/account",),
    "address-attack": (SUCCEEDED + "what follows an @ is the host",),
    "check-right-address": (*UNFIXED, SUCCEEDED + "what follows an @"),
    "code-attack": (SUCCEEDED + "the club has tokens that were for the shop",),
    "check-code-once": (*UNFIXED, SUCCEEDED + "the club has tokens", SUCCEEDED + "yesterday's code works today"),
    "check-no-downgrade": (*UNFIXED, SUCCEEDED + "code and secret", SUCCEEDED + "nobody asked for the verifier"),
    "refresh-attack": (SUCCEEDED + "both have tokens now",),
    "check-fresh-tokens": (*UNFIXED, SUCCEEDED + "both have tokens now", SUCCEEDED + "Alice's orders are cancelled"),
    "api-attack": (SUCCEEDED + "who may read orders",),
    "api-token": (r"iss: http://idp\S", r"typ: at\+jwt", r"client_id: tea-hr"),
    "check-token-for-us": (*UNFIXED, SUCCEEDED + "who may read orders"),
    "answer-attack": (SUCCEEDED + "`credit` was enough to edit",),
    "check-right-answer": (*UNFIXED, SUCCEEDED + "`credit` was enough"),
    "step-up-attack": (SUCCEEDED + "a new token is no new login",),
    "check-step-up": (*UNFIXED,),
    "out-attack": (SUCCEEDED + "Tea Identity still knew Alice", r"Tea Identity +on +the provider"),
    "check-leave": (*UNFIXED,),
    "told-attack": (SUCCEEDED + "an ID token for the club logs Alice out",),
    "check-logout-token": (*UNFIXED,),
    "check-ended-elsewhere": (*UNFIXED,),
    "who-attack": (SUCCEEDED + "Alice is logged out, everywhere", r"The tea shop +off"),
    "check-who-may-log-out": (*UNFIXED,),
    "compare-them": (r"is shown once 08_sso/who_may_log_out has all its points",),
}
