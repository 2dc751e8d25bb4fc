"""The table of refusals: which party, because of which parameter, says what, and by which rule of the standards."""

from typing import Literal, NamedTuple

Party = Literal["provider", "client"]

CORE = "OpenID Connect Core"
PAGE = "page"  # what is said by a page for people, and by no error code


class Rule(NamedTuple):
    """A row: this party, because of this parameter, said this ("*": whatever it said). `must`: it always has to."""

    party: Party
    parameter: str
    said: str
    section: str
    rule: str
    must: bool = True


RULES = (
    # The shop reads what the browser brings.
    Rule("client", "state", PAGE, "RFC 9700, 4.7.1; RFC 6749, 10.12",
         "An answer belongs to the login that this browser began, or it is thrown away."),
    Rule("client", "iss", PAGE, "RFC 9207, 2.4",
         "The answer has to name the provider that was asked, character by character."),
    Rule("client", "code", PAGE, "RFC 6749, 4.1.2",
         "An answer without a code is a refusal."),
    Rule("client", "nonce", PAGE, f"{CORE}, 3.1.3.7 (11)",
         "The nonce in the ID token has to be the one that was sent."),
    Rule("client", "max_age", PAGE, f"{CORE}, 3.1.3.7 (13)",
         "The login has to be as recent as was asked for: auth_time says when it was.", False),
    Rule("client", "acr_values", PAGE, f"{CORE}, 3.1.3.7 (12)",
         "The ID token has to say that somebody was recognised as surely as was asked for.", False),
    Rule("client", "logout_token", "*", "OpenID Connect Back-Channel Logout, 2.6",
         "A log-out token is checked like an ID token, and is for this shop."),
    # The provider reads what the browser brings.
    Rule("provider", "redirect_uri", PAGE, "RFC 9700, 4.1.3; RFC 6749, 4.1.2.1",
         "Nobody is sent to an address that is not registered, character by character."),
    Rule("provider", "client_id", PAGE, "RFC 6749, 4.1.2.1",
         "For an application that nobody knows, nobody is sent anywhere."),
    Rule("provider", "code_challenge", "invalid_request", "RFC 7636, 4.4.1; RFC 9700, 2.1.1",
         "A challenge comes with S256, and has 43 characters."),
    Rule("provider", "code_challenge_method", "invalid_request", "RFC 7636, 4.4.1; RFC 9700, 2.1.1",
         "The method is S256: plain, and no method, is the secret itself."),
    Rule("provider", "response_type", "invalid_request", "RFC 6749, 3.1.1",
         "A request says what is to come back."),
    Rule("provider", "response_type", "unsupported_response_type", "RFC 6749, 4.1.2.1",
         "Only what the provider knows can come back."),
    Rule("provider", "response_type", "unauthorized_client", "RFC 6749, 4.1.2.1",
         "Only what the application is registered for can come back."),
    Rule("provider", "scope", "invalid_scope", f"{CORE}, 3.1.2.1",
         "A request for a login has openid in its scope.", False),
    Rule("provider", "prompt", "*", f"{CORE}, 3.1.2.1",
         "A prompt is one of the words that there are, and none goes with no other.", False),
    Rule("provider", "max_age", "invalid_request", f"{CORE}, 3.1.2.1",
         "A max_age is a number of seconds.", False),
    Rule("provider", "id_token_hint", "*", f"{CORE}, 3.1.2.2",
         "The hint is an ID token of this provider's, about whoever is there."),
    Rule("provider", "resource", "invalid_target", "RFC 8707, 2",
         "A token is made for an API that is known here."),
    Rule("provider", "audience", "invalid_target", "RFC 8707, 2",
         "A token is made for an API that is known here."),
    Rule("provider", "post_logout_redirect_uri", PAGE, "OpenID Connect RP-Initiated Logout, 3",
         "After a log-out, nobody is sent to an address that is not registered."),
    Rule("provider", "step", PAGE, "RFC 9700, 4.7",
         "A page of the way belongs to the browser that it was made for.", False),
    Rule("provider", "username", PAGE, f"{CORE}, 3.1.2.3",
         "Who logs in shows that it is them.", False),
    Rule("provider", "password", PAGE, f"{CORE}, 3.1.2.3",
         "Who logs in shows that it is them."),
    # The provider reads what the shop sends.
    Rule("provider", "code", "invalid_grant", "RFC 6749, 4.1.2, 5.2",
         "A code is redeemed once, in time, by whom it was made for."),
    Rule("provider", "code_verifier", "invalid_grant", "RFC 7636, 4.6",
         "The hash of the verifier has to be the challenge that the login began with."),
    Rule("provider", "code_challenge", "invalid_grant", "RFC 7636, 4.6; RFC 9700, 4.8.2",
         "The verifier has to fit the challenge, and one without a challenge fits none."),
    Rule("provider", "code_challenge_method", "invalid_grant", "RFC 9700, 4.8.2",
         "A verifier that comes without a challenge shows that somebody took it out."),
    Rule("provider", "redirect_uri", "invalid_grant", "RFC 6749, 4.1.3",
         "The code is redeemed with the address that it was sent to."),
    Rule("provider", "client_id", "invalid_client", "RFC 6749, 3.2.1, 5.2",
         "Only the application that the code was made for redeems it, and shows that it is that one."),
    Rule("provider", "client_secret", "invalid_client", "RFC 6749, 2.3.1, 5.2",
         "The application shows its secret."),
    Rule("provider", "grant_type", "*", "RFC 6749, 5.2",
         "A request for tokens says what is handed in for them."),
    Rule("provider", "refresh_token", "invalid_grant", "RFC 6749, 5.2; RFC 9700, 4.14.2",
         "A refresh token is used once, by whom it was made for."),
    Rule("provider", "scope", "*", "RFC 6749, 6",
         "Nobody gets more than the person has agreed to.", False),
    Rule("provider", "access_token", "*", "RFC 6750, 3.1",
         "Claims are told to whoever has an access token for them."),
    # Whatever was touched, or nothing was.
    Rule("provider", "", "login_required", f"{CORE}, 3.1.2.6",
         "Nobody is logged in, and nobody was to be asked."),
    Rule("provider", "", "consent_required", f"{CORE}, 3.1.2.6",
         "Nobody has agreed, and nobody was to be asked."),
    Rule("provider", "", "access_denied", "RFC 6749, 4.1.2.1",
         "The person has said no."),
    Rule("provider", "", "invalid_grant", "RFC 6749, 5.2",
         "A code or token is used once, in time, by whom it was made for."),
)  # fmt: skip
