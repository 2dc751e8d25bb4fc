"""What TokenInspector's front end gets to see of a token: plain data, bounded, harmless to look at."""

from typing import Any

from labsrv.kit.cookies.words import moment
from labsrv.kit.json_text import laid_out
from labsrv.kit.text import cut, plain
from labsrv.kit.tokens.compact import Part, Token
from labsrv.kit.tokens.keys import KeySet, TokenKey
from labsrv.kit.tokens.signatures import SIGNING, signing_with
from labsrv.kit.tokens.times import duration
from labsrv.kit.tokens.verdicts import Verdict
from labsrv.kit.tokens.words import MOST_WORDS, Member, words_about_claims, words_about_header

LONGEST_PART = 8_000
LONGEST_SENTENCE = 400
MOST_HINTS = 8
NEW_KEY = -1
WORDS_FOR = {"header": words_about_header, "claims": words_about_claims}


def part_shown(name: str, part: Part, draft: str | None) -> dict[str, Any]:
    """Return one part: as it came, as text to edit, and a word about each member; `whole` says if it can be edited."""
    text = draft if draft is not None else text_of(part)
    words = WORDS_FOR[name](part.members) if name in WORDS_FOR else []
    return {
        "segment": cut(plain(part.segment), LONGEST_PART),
        "text": cut(text, LONGEST_PART),
        "whole": len(part.segment) <= LONGEST_PART and len(text) <= LONGEST_PART and part.data is not None,
        "fault": part.fault,
        "twice": [cut(plain(each), 40) for each in part.twice[:5]],
        "words": [word_shown(each) for each in words],
        "more": max(0, len(part.members) - MOST_WORDS),
    }


def text_of(part: Part) -> str:
    """Return a part's text laid out, or as it is where it is no JSON, or its bytes where it is no text."""
    if part.text is None:
        return (part.data or b"").hex(" ")[:LONGEST_PART]

    return plain(laid_out(part.text) if part.value is not None else part.text)


def word_shown(word: Member) -> list[Any]:
    """Return a word as a row: name, what it says, what that means, where that stands, its tone, its time twice."""
    when = "" if word.time is None else moment(word.time)
    return [word.name, word.says, word.meaning, word.source, word.tone, word.time, when]


def verdict_shown(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain data."""
    return {
        "state": verdict.state,
        "word": verdict.word,
        "because": sentence(verdict.because),
        "hints": [sentence(each) for each in verdict.hints[:MOST_HINTS]],
    }


def sentence(text: str) -> str:
    """Return a sentence that may quote what others wrote, in a form that can be shown."""
    return cut(plain(text), LONGEST_SENTENCE)


def keys_shown(keys: KeySet) -> dict[str, Any]:
    """Return the names and sizes of keys, never the keys, and what can be signed with each."""
    by_alg: dict[str, list[list[Any]]] = {alg: [] for alg in SIGNING}
    for index, key in enumerate(keys.usable):
        for alg in signing_with(key):
            by_alg[alg].append([index, label(key, alg)])
    for alg in SIGNING:
        by_alg[alg].append([NEW_KEY, "no key: nobody signs" if alg == "none" else "a new key, which nobody else has"])

    return {
        "names": [f"{key.name} ({key.what})" for key in keys.usable],
        "faults": [sentence(each) for each in keys.faults[:MOST_HINTS]],
        "signing": by_alg,
    }


def label(key: TokenKey, alg: str) -> str:
    """Return how a key is offered to sign with."""
    if alg.startswith("HS") and key.kind != "secret":
        return f"{key.name}: the public key's text, taken for a secret"

    return f"{key.name} ({key.what})"


def as_lines(token: Token, verdict: Verdict, now: float) -> list[str]:
    """Return a token, the verdict on it, and what its members mean, as lines of plain text."""
    lines = [f"Token, {len(token.compact):,} characters. {verdict.word}: {sentence(verdict.because)}"]
    lines += [f"  {sentence(hint)}" for hint in verdict.hints[:MOST_HINTS]]
    for name, words in (("header", words_about_header), ("claims", words_about_claims)):
        part = getattr(token, name)
        found = words(part.members)
        lines += [f"{name}: {part.fault}" if part.fault else name] if found or part.fault else []
        lines += [f"  {word.name}: {word.says}{relative(word, now)}. {with_source(word)}" for word in found]
    return lines


def relative(word: Member, now: float) -> str:
    """Return when a time is, and how far from now."""
    if word.time is None:
        return ""

    far = f"in {duration(word.time - now)}" if word.time > now else f"{duration(now - word.time)} ago"
    return f" = {moment(word.time)}, {far}"


def with_source(word: Member) -> str:
    """Return what a word means, with its source."""
    return f"{word.meaning} ({word.source})" if word.source else word.meaning
