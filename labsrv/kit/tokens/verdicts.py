"""Whether a token holds, with the keys that one gives, and why not.

    verdict = judge(token, keys, now=lab.clock.time())
    verdict.state, verdict.word, verdict.because, verdict.hints

    empty, unreadable ── no token                     unsigned ── nobody has signed it
    unchecked ── no key that could say                broken ── the signature is nobody's whose key was given
    refused ── it fits, and must be refused anyway    early, valid, expired ── it fits; what the clock says

"Valid" is said of a token whose signature was checked with a given key and fits, and of no other. Whether it is meant
for a receiver (`iss`, `aud`, `typ`) only that receiver can say.
"""

from dataclasses import dataclass, replace
from typing import Literal

from labsrv.kit.text import plain
from labsrv.kit.tokens.compact import Token
from labsrv.kit.tokens.failures import another_key, brought_along, why_it_does_not_fit
from labsrv.kit.tokens.keys import KeySet, TokenKey
from labsrv.kit.tokens.signatures import HASHES, NEEDS, SHORTEST_RSA, fits, mac, spellings_as_secret, suits
from labsrv.kit.tokens.times import duration, times_of

State = Literal["empty", "unreadable", "unsigned", "unchecked", "broken", "refused", "early", "valid", "expired"]

WORDS: dict[State, str] = {
    "empty": "No token",
    "unreadable": "Unreadable",
    "unsigned": "Not signed",
    "unchecked": "Not checked",
    "broken": "The signature does not fit",
    "refused": "To be refused",
    "early": "Too early",
    "valid": "Valid",
    "expired": "Expired",
}
MEANT = "Whether it is meant for the reader who gets it (iss, aud, typ), only that reader knows."
ENDLESS = "It has no exp: it never ends."
CONFUSED = (
    "It was made with HMAC, and the secret was the text of a public key, which everybody has. A verifier that lets the "
    "header choose the algorithm takes it for its own (RFC 8725, 2.1)"
)


@dataclass(frozen=True)
class Verdict:
    """What is to be thought of a token: `because` is a sentence, `hints` are further ones. `key` fitted."""

    state: State
    because: str
    hints: tuple[str, ...] = ()
    key: TokenKey | None = None

    @property
    def word(self) -> str:
        """Return the state in one or a few words."""
        return WORDS[self.state]


def judge(token: Token, keys: KeySet, now: float) -> Verdict:
    """Return the verdict at a moment, in seconds since the epoch."""
    return [verdict for since, verdict in verdicts(token, keys) if since is None or since <= now][-1]


def verdicts(token: Token, keys: KeySet) -> list[tuple[float | None, Verdict]]:
    """Return the verdicts that follow each other in time, each with the moment from which on it stands."""
    signature = check_signature(token, keys)
    if signature.state != "valid":
        return [(None, signature)]

    times = times_of(token.claims.members)
    if times.faults:
        because = f"The signature fits, but {' and '.join(times.faults)} (RFC 7519, 2)."
        return [(None, replace(signature, state="refused", because=because))]
    return in_time(signature, times.nbf, times.exp)


def in_time(fitting: Verdict, nbf: float | None, exp: float | None) -> list[tuple[float | None, Verdict]]:
    """Return what follows of a signature that fits: too early before `nbf`, expired from `exp` on (RFC 7519, 4.1)."""
    hints = tuple(each for each in fitting.hints if each != MEANT)
    early = Verdict("early", f"{fitting.because} It is not to be accepted before its nbf.", hints, fitting.key)
    over = Verdict("expired", f"{fitting.because} Its time is over: exp has passed.", hints, fitting.key)
    fine = fitting if exp is not None else replace(fitting, hints=(ENDLESS, *fitting.hints))

    turns: list[tuple[float | None, Verdict]] = [(None, fine)] if nbf is None else [(None, early), (nbf, fine)]
    if exp is not None:
        turns = [turn for turn in turns if turn[0] is None or turn[0] < exp] + [(exp, over)]
    return turns


def check_signature(token: Token, keys: KeySet) -> Verdict:
    """Return what the signature alone says; "valid" if it is that of a given key."""
    early = without_a_key(token)
    if early:
        return early

    # A key of another kind, or for another use, is not tried at all: that is how algorithms get confused.
    alg = token.alg
    candidates = [key for key in keys.usable if not unfit(key, token)]
    if not candidates:
        hints = (*brought_along(token), *another_key(token, candidates, keys), *keys.faults)
        return judge_confused(token, keys) or Verdict("unchecked", nothing_to_check_with(token, keys), hints)

    # A wrong signature may be a known mistake or a known attack, and then it has a name.
    signature = token.signature.data or b""
    key = next((each for each in candidates if fits(alg, each, token.signed, signature)), None)
    if key is None:
        return judge_confused(token, keys) or Verdict("broken", *why_it_does_not_fit(token, candidates, keys))
    return judge_fitting(token, key)


def without_a_key(token: Token) -> Verdict | None:
    """Return the verdict on a token that no key can help, or None."""
    if token.fault:
        return Verdict("empty" if not token.compact else "unreadable", token.fault)
    for name in ("header", "claims", "signature"):
        part = getattr(token, name)
        if part.data is None or (name == "header" and part.fault):
            return Verdict("unreadable", f"The {name} cannot be read. {part.fault}")

    alg = token.alg
    if not isinstance(alg, str):
        missing = "names no algorithm" if alg is None else "has an alg that is no text"
        return Verdict("unreadable", f"Its header {missing} (RFC 7515, 4.1.1).")
    if alg.lower() == "none":
        return judge_unsigned(token, alg)
    return None


def judge_unsigned(token: Token, alg: str) -> Verdict:
    """Return the verdict on `none`, however it is spelled."""
    hints = [] if alg == "none" else [f"Exactly “{plain(alg)}” is no algorithm: names are compared letter by letter."]
    hints += ["There is something where the signature stands. It says nothing."] if token.signature.data else []
    return Verdict("unsigned", f"Its alg is {plain(alg)}: whoever sent it may have written all of it.", tuple(hints))


def unfit(key: TokenKey, token: Token) -> str:
    """Return why a key is none to check this token with; nothing if it is one (RFC 7517, 4)."""
    alg, kid = token.alg, token.header.members.get("kid")
    if not suits(alg, key):
        return f"{key.name} is no key for {plain(alg)} ({key.what})"
    if kid is not None and key.kid is not None and key.kid != kid:
        return f"{key.name} has another kid"
    if key.alg is not None and key.alg != alg:
        return f"{key.name} is for {plain(key.alg)} only"
    if key.use not in (None, "sig"):
        return f"{key.name} has use={plain(key.use)}"
    if key.ops is not None and "verify" not in key.ops:
        return f"{key.name} has key_ops without verify"

    return ""


def nothing_to_check_with(token: Token, keys: KeySet) -> str:
    """Return why no key can say anything about this token."""
    if token.alg not in NEEDS:
        return f"Its alg, {plain(token.alg[:40])}, is none that this view knows."
    if not keys.usable:
        return "No key was given to check the signature with. Anybody can write what stands here."

    reasons = [unfit(key, token) for key in keys.usable]
    more = f", and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return f"None of the keys given can check it: {'; '.join(reasons[:3])}{more}."


def judge_confused(token: Token, keys: KeySet) -> Verdict | None:
    """Return the verdict on an HMAC whose secret is a public key's text, or None where it is none."""
    if token.alg not in HASHES:
        return None

    for key in (each for each in keys.usable if each.kind != "secret"):
        if any(mac(token.alg, each, token.signed) == token.signature.data for each in spellings_as_secret(key)):
            return Verdict("refused", f"{CONFUSED}. The key is {key.name} ({key.what}).")
    return None


def judge_fitting(token: Token, key: TokenKey) -> Verdict:
    """Return the verdict on a signature that fits: a sound reader refuses some tokens all the same."""
    because = f"The signature is that of {key.name} ({key.what}), by {token.alg}."
    if refused := must_be_refused(token):
        return Verdict("refused", f"{because} But {refused}.", key=key)

    about = f"Its middle part is no set of claims. {token.claims.fault}" if token.claims.fault else MEANT
    return Verdict("valid", because, (*weaknesses(token.alg, key), about), key)


def must_be_refused(token: Token) -> str:
    """Return why a token is to be refused whatever its signature says."""
    if "crit" in token.header.members:
        return "its crit names extensions that a reader has to understand, and this one knows none (RFC 7515, 4.1.11)"
    if token.header.members.get("b64", True) is not True:
        return "its b64 says that the middle part was signed as it is, and this reader decodes it (RFC 7797, 6)"
    if twice := (*token.header.twice, *token.claims.twice):
        names = ", ".join(plain(each[:40]) for each in twice[:5])
        return f"two readers may read it differently: it names {names} twice (RFC 7515, 4; RFC 7519, 4)"

    return ""


def weaknesses(alg: str, key: TokenKey) -> list[str]:
    """Return what is weak about a key."""
    if alg in HASHES and len(key.material) < HASHES[alg]().digest_size:
        least = HASHES[alg]().digest_size
        return [f"A secret of {len(key.material)} bytes may be guessed: {alg} asks for {least} (RFC 7518, 3.2)."]
    if key.kind == "RSA" and key.material.key_size < SHORTEST_RSA:
        return [f"RSA of {key.material.key_size} bits is too short: {SHORTEST_RSA} at least (RFC 7518, 3.3)."]

    return []


def about_time(token: Token, now: float) -> str:
    """Return how long a token has left, or since when it has none; nothing where it has no exp."""
    exp = times_of(token.claims.members).exp
    if exp is None:
        return ""

    return f"expires in {duration(exp - now)}" if now < exp else f"expired {duration(now - exp)} ago"
