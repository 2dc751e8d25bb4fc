"""Who has refused, and by which rule: read from the answers that came, and not from what was expected to come.

refusals(walk.messages)      each refusal of the way, in order: who, what was said, and the rule
nobody_refused(messages)     the rules by which somebody should have
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from labsrv.kit.browser.page import decode_text
from labsrv.kit.flows.messages import FlowMessage
from labsrv.kit.flows.rules import PAGE, RULES, Party, Rule
from labsrv.kit.html.document import read_document
from labsrv.kit.http.transport import RawResponse
from labsrv.kit.text import cut

LONGEST = 240
PARAGRAPH = re.compile(r"<p(?: class=.?wrong[^>]*)?>(.*?)</p>", re.DOTALL)
# Whoever is sent one of these is a provider.
FOR_PROVIDERS = {"client_id", "grant_type", "response_type", "access_token", "id_token_hint"}


@dataclass(frozen=True)
class FlowRefusal:
    """One party said no: in which message's answer, in what words, because of which parameter, by which rule."""

    number: int
    party: str
    said: str
    words: str
    parameter: str = ""
    rule: str = ""
    section: str = ""


def refusals(messages: Sequence[FlowMessage]) -> list[FlowRefusal]:
    """Return the refusals in the order in which they were said; of the first one, why."""
    found: list[FlowRefusal] = []
    for message in sorted(messages, key=lambda each: each.answered):
        said, words = said_in(message.answer) if message.answer else ("", "")
        if not said:
            continue
        # The first one says why; the others follow from it.
        rule = None if found else rule_for(party_of(message.receiver, messages), said, touched(messages))
        parameter, why, section = (rule.parameter, rule.rule, rule.section) if rule else ("", "", "")
        found.append(FlowRefusal(message.number, message.receiver, said, words, parameter, why, section))
    return found


def said_in(answer: RawResponse) -> tuple[str, str]:
    """Return the error code with which an answer refuses, or `PAGE`, and its words; two times "" where it does not."""
    location = answer.fields.get("Location")
    if 300 <= answer.status < 400 and location:
        query = parse_qs(urlsplit(location).query)
        return short(query.get("error", [""])[0]), short(query.get("error_description", [""])[0])
    if answer.status < 400:
        return "", ""

    told = json_of(answer.body)
    if isinstance(told.get("error"), str):
        return short(told["error"]), short(str(told.get("error_description", "")))
    _, named, rest = answer.fields.get("WWW-Authenticate", "").partition('error="')
    if named:
        return short(rest.partition('"')[0]), ""
    return PAGE, words_of(answer)


def words_of(answer: RawResponse) -> str:
    """Return what a page says to people."""
    text = decode_text(answer.body, answer.fields.get("Content-Type", ""))
    main = text[max(0, text.find("<main")) :]
    # What it says is in a paragraph; one with a link in it says what to do next.
    said = next((each[1] for each in PARAGRAPH.finditer(main) if "<a" not in each[1]), main)
    return short(read_document(said).visible if "<" in text else text)


def short(text: str) -> str:
    """Return words of a length to be shown."""
    return cut(text, LONGEST)


def json_of(body: bytes) -> dict[str, Any]:
    """Return the JSON object that a body is, or an empty one."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def party_of(name: str, messages: Sequence[FlowMessage]) -> Party:
    """Return whether a site is a provider or the client of one, by what it was sent."""
    to_it = [message for message in messages if message.receiver == name]
    names = {parameter.name for message in to_it for parameter in message.parameters}
    return "provider" if names & FOR_PROVIDERS else "client"


def touched(messages: Sequence[FlowMessage]) -> list[str]:
    """Return the parameters that were changed or left out on the way, the last one first."""
    return [name for message in reversed(messages) for name in reversed(message.touched)]


def rule_for(party: Party, said: str, because_of: Sequence[str]) -> Rule | None:
    """Return the row that fits, or None."""
    for parameter in (*because_of, ""):
        for rule in RULES:
            if (rule.party, rule.parameter) == (party, parameter) and rule.said in (said, "*"):
                return rule
    return None


def nobody_refused(messages: Sequence[FlowMessage]) -> list[tuple[str, Rule]]:
    """Return the rules by which somebody should have refused what was touched, where nobody has: parameter and rule."""
    if refusals(messages):
        return []

    expected = {rule.parameter: rule for rule in reversed(RULES) if rule.must and rule.parameter}
    return [(name, expected[name]) for name in dict.fromkeys(touched(messages)) if name in expected]
