"""What each parameter of a login is for, and what breaks without it: a sentence each, with the section that says so.

RFC 6749 is OAuth 2.0, RFC 7636 PKCE, RFC 9700 the best practice, RFC 9207 the issuer in the answer, RFC 8707 resources.
"""

from labsrv.kit.flows.messages import Parameter

CORE = "OpenID Connect Core"

PARAMETERS: dict[str, tuple[str, str]] = {
    "state": (
        "Ties the answer to the login that this browser began; without it, Alice ends up in Mallory's account.",
        "RFC 6749, 10.12; RFC 9700, 4.7.1",
    ),
    "nonce": (
        "Comes back inside the ID token; without it, an ID token of another login passes for the answer to this one.",
        f"{CORE}, 3.1.2.1, 3.1.3.7 (11)",
    ),
    "code_challenge": (
        "The hash of a secret that only the shop has; without it, whoever finds the code can redeem it.",
        "RFC 7636, 4.2",
    ),
    "code_challenge_method": (
        "How the challenge was made; without S256 it is the secret itself, for everybody on the way to read.",
        "RFC 7636, 4.3",
    ),
    "code": (
        "Stands for the login, once and briefly; without it, tokens would come through the browser.",
        "RFC 6749, 4.1.2",
    ),
    "code_verifier": (
        "The secret behind the challenge; without it, a code that leaked is worth as much as one's own.",
        "RFC 7636, 4.5",
    ),
    "iss": (
        "Says which provider answers; without it, one provider's code is carried to another, Mallory's for example.",
        "RFC 9207, 2",
    ),
    "redirect_uri": (
        "Where the answer goes, character by character as registered; without that check, codes go to Mallory's page.",
        "RFC 6749, 3.1.2; RFC 9700, 4.1.3",
    ),
    "client_id": (
        "Which application asks; without it, nobody knows where answers may go, nor whose code it is.",
        "RFC 6749, 2.2",
    ),
    "client_secret": (
        "Shows that it is this application; without it, whoever has a code may come for the tokens.",
        "RFC 6749, 2.3.1",
    ),
    "scope": (
        "What the shop wants to know; without openid in it, this is no login and there is no ID token.",
        f"{CORE}, 3.1.2.1",
    ),
    "response_type": (
        "What is to come back: a code; without it the provider can't know, and a token in an address would be in logs.",
        "RFC 6749, 3.1.1; RFC 9700, 2.1.2",
    ),
    "response_mode": (
        "How the answer comes back: query, fragment or form_post; without it, as is usual for the response_type.",
        "OAuth 2.0 Multiple Response Types, 2.1",
    ),
    "prompt": (
        "Whether somebody is to be asked; without it, whoever is logged in at the provider passes unasked.",
        f"{CORE}, 3.1.2.1",
    ),
    "max_age": (
        "How long ago the login may be, in seconds; without it, a login of last week is good enough.",
        f"{CORE}, 3.1.2.1",
    ),
    "acr_values": (
        "How surely somebody is to be recognised; without it, a password alone may do.",
        f"{CORE}, 3.1.2.1",
    ),
    "id_token_hint": (
        "Whom the shop expects, by an earlier ID token; without it, somebody else may be logged in, or out.",
        f"{CORE}, 3.1.2.1; RP-Initiated Logout, 2",
    ),
    "login_hint": ("The name to begin with; without it, people type it.", f"{CORE}, 3.1.2.1"),
    "screen_hint": ("Which page to show first; without it, the one for logging in.", "no standard: Auth0's"),
    "logout_token": (
        "Says whose session has ended, signed by the provider; without it, anybody could log people out.",
        "OpenID Connect Back-Channel Logout, 2.4",
    ),
    "post_logout_redirect_uri": (
        "Where to go after the log-out, as registered; without that check, the provider sends people anywhere.",
        "OpenID Connect RP-Initiated Logout, 3",
    ),
    "refresh_token": (
        "Buys new tokens without the person; without turning it over at each use, a thief keeps up with its owner.",
        "RFC 6749, 6; RFC 9700, 4.14",
    ),
    "resource": (
        "For which API the token is to be; without it, one API can use at another what it was sent.",
        "RFC 8707, 2",
    ),
    "audience": ("For which API the token is to be, under an older name for resource.", "no standard: Auth0's"),
    "grant_type": (
        "What is handed in for tokens: a code, a refresh token; without it, the provider can't read the rest.",
        "RFC 6749, 4.1.3",
    ),
    "access_token": (
        "Opens what the person has agreed to; without it, the provider tells nobody anything about them.",
        "RFC 6750, 2.1",
    ),
    "error": ("Why there is no code; without it, the shop would wait for an answer.", "RFC 6749, 4.1.2.1"),
    "error_description": ("The same, for developers; it is not to be shown to people.", "RFC 6749, 4.1.2.1"),
    "username": ("Who logs in. Only the provider reads it: the shop never sees this form.", ""),
    "password": ("Their password. Only the provider reads it: the shop never sees this form.", ""),
    "allow": ("Alice agrees that the shop may know what it has asked for.", f"{CORE}, 3.1.2.4"),
    "step": ("The provider's own: how far somebody has come on its pages.", ""),
    "return_to": ("The shop's own: which of its pages comes after the login.", ""),
}

UNKNOWN = ("A name of their own: the two agree on what it means.", "")


def words_about(parameter: Parameter) -> tuple[str, str]:
    """Return what a parameter is for and what breaks without it, and the section."""
    return PARAMETERS.get(parameter.name, UNKNOWN)
