"""What the view shows of a walk, as plain data: the message that waits, those that were sent, who refuses and why."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from labsrv.kit.addresses.urls import path_of
from labsrv.kit.browser.page import decode_text
from labsrv.kit.flows.messages import FlowMessage, Parameter
from labsrv.kit.flows.refusals import FlowRefusal, json_of, nobody_refused, party_of, refusals, said_in
from labsrv.kit.flows.rules import PAGE, Party
from labsrv.kit.flows.walk import Walk
from labsrv.kit.flows.words import words_about
from labsrv.kit.html.document import read_document
from labsrv.kit.http.transport import RawResponse
from labsrv.kit.text import cut, plain

LONGEST_VALUE = 2_000
LONGEST = 120
LONGEST_NAMES = 80
MOST_PARAMETERS = 60
HIDDEN = "••••••••"
Row = dict[str, Any]

FRONT = "{who}'s browser carries it: whoever uses that, or has got into it, reads this and may change it."
BACK = "From server to server: no browser sees it. That it can be changed here is this lab's doing."
MOST_NAMES = 3
PARTY: dict[Party, str] = {"provider": "the provider", "client": "the application"}


def waiting(walk: Walk) -> Row:
    """Return the message that waits, or nothing."""
    message = walk.next
    if message is None:
        return {}

    rows = [parameter_row(place, each) for place, each in enumerate(message.parameters[:MOST_PARAMETERS])]
    about = BACK if message.channel == "back" else FRONT.format(who=walk.browser.name.capitalize())
    return common(message) | {"title": title_of(message, walk.browser.name), "about": about, "parameters": rows}


def sent(walk: Walk) -> list[Row]:
    """Return the messages that were sent, with what came back."""
    said_no = {each.number for each in refusals(walk.messages)}
    return [sent_row(each, walk, each.number in said_no) for each in list(walk.messages)]


def sent_row(message: FlowMessage, walk: Walk, refused: bool) -> Row:
    """Return a message that was sent."""
    touched = [f"{name} {what}" for name, what in message.touched.items()]
    came = cut(plain(message.trouble), 240) or (came_back(message.answer, walk) if message.answer else "")
    return common(message) | {
        "touched": [short(each) for each in touched],
        "came": came,
        "refused": refused,
        "held": message.held,
    }


def common(message: FlowMessage) -> Row:
    """Return what is to be seen of every message."""
    return {
        "number": message.number,
        "kind": message.kind,
        "channel": message.channel,
        "from": short(message.sender),
        "to": short(message.receiver),
        "method": short(message.request.method),
        "path": short(path_of(message.request.url)),
        "within": message.within,
    }


def title_of(message: FlowMessage, name: str) -> str:
    """Return who sends what to whom, in words."""
    who, sender, receiver = f"{name.capitalize()}'s browser", short(message.sender), short(message.receiver)
    match message.kind:
        case "call":
            return f"{sender} asks {receiver}"
        case "form":
            return f"{name.capitalize()} sends the form that {receiver} shows, filled in here"
        case "redirect" if sender == receiver:
            return f"{sender} sends {who} on to another of its pages"
        case "redirect":
            return f"{sender} sends {who} on to {receiver}"
    return f"{who} asks {receiver}"


def parameter_row(place: int, parameter: Parameter) -> Row:
    """Return one parameter: what it says, and what it is for."""
    what, section = words_about(parameter)
    value = HIDDEN if parameter.secret else cut(plain(parameter.value), LONGEST_VALUE)
    return {
        "place": place,
        "name": short(parameter.name),
        "value": value,
        "where": parameter.where,
        "what": what,
        "section": section,
    }


def came_back(answer: RawResponse, walk: Walk) -> str:
    """Return what an answer is, in a few words."""
    said, words = said_in(answer)
    location = answer.fields.get("Location")
    if 300 <= answer.status < 400 and location:
        there = urlsplit(location)
        site = f"{walk.name_of(location)} " if there.netloc else ""
        return short(f"{answer.status} ↪ {site}{there.path}") + (f", {said}" if said else "")
    if said:
        return f"{answer.status} {plain(words if said == PAGE else said)}".strip()

    names = list(json_of(answer.body))
    if names:
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        return f"{answer.status} JSON: {cut(plain(', '.join(names[:MOST_NAMES])), LONGEST_NAMES)}{more}"
    page = read_document(decode_text(answer.body, answer.fields.get("Content-Type", "")))
    return f"{answer.status} {f'page “{short(page.title)}”' if page.title else ''}".strip()


def outcome(walk: Walk) -> Row:
    """Return what is to be said of the way so far: who refuses and by which rule, or that nobody did."""
    found = refusals(walk.messages)
    if found:
        return refused(found, walk.messages)
    if not walk.over:
        return {}

    missed = [
        line(f"{name} was touched. {PARTY[rule.party].capitalize()} should have refused: {rule.rule}", rule.section)
        for name, rule in nobody_refused(walk.messages)
    ]
    title = "Nobody refused, and somebody should have." if missed else "Nobody refused. The way is over."
    return {"tone": "missed" if missed else "through", "title": title, "lines": [line(plain(walk.over)), *missed]}


def refused(found: Sequence[FlowRefusal], messages: Sequence[FlowMessage]) -> Row:
    """Return who refuses, by which rule, and what followed."""
    why, *others = found
    lines = [line(why.rule or "The table of rules has no row for this.", why.section)]
    if why.parameter:
        lines.insert(0, line(f"Because of {why.parameter}, which was touched on its way."))
    lines.append(line(f"Said in the answer to message {why.number}: {quoted(why)}"))
    lines += [line(f"Then {each.party} refuses as well (message {each.number}): {quoted(each)}") for each in others]
    party = PARTY[party_of(why.party, messages)]
    return {"tone": "refused", "title": f"{why.party}, {party}, refuses.", "lines": lines}


def line(text: str, section: str = "") -> Row:
    """Return a sentence, with the section of a standard beside it."""
    return {"text": text, "section": section}


def quoted(refusal: FlowRefusal) -> str:
    """Return what a party said, as text that is harmless to look at."""
    words = f"“{plain(refusal.words)}”" if refusal.words else ""
    return words if refusal.said == PAGE else f"{plain(refusal.said)} {words}".strip()


def short(text: str) -> str:
    """Return a text of a length that fits a line, and is harmless to look at."""
    return cut(plain(text), LONGEST)
