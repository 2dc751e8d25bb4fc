"""A question and a decision as plain data for the front end, bounded and harmless to look at, and in words.

A refusal is told in one of three words, because a different thing helps with each: *forbidden* (a rule denies), *not
permitted* (no rule permits), *prove more* (a permit that demands a step-up first; RFC 9470 calls for the same). What
cannot be decided is a fourth.
"""

import json
from collections.abc import Mapping
from typing import Any

from labsrv.kit.access.decisions import DENY, INDETERMINATE, NOT_APPLICABLE, PERMIT, AttributeRead, Decision, RuleRead
from labsrv.kit.access.flips import Flip
from labsrv.kit.access.questions import Question
from labsrv.kit.text import cut, plain

Row = dict[str, Any]

LONGEST_VALUE = 120
LONGEST_SENTENCE = 400
MOST_RULES = 200
MOST_READ = 30
MOST_MEMBERS = 30
PROOFS = {"step_up"}
RULE_SAYS = {PERMIT: "permits", DENY: "denies", INDETERMINATE: "cannot be evaluated"}
PARTS = ("subject", "action", "resource", "context")


def sentence(text: Any) -> str:
    """Return a sentence that may quote what others wrote, in a form that can be shown."""
    return cut(plain(str(text)), LONGEST_SENTENCE)


def value_shown(value: Any) -> str:
    """Return a value as JSON writes it, so that "10" and 10 are told apart; one that is not there as "missing"."""
    if value is None:
        return "missing"
    try:
        written = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        written = repr(value)
    return cut(plain(written), LONGEST_VALUE)


# The question.


def question_shown(question: Question, asked: Question, first: Question) -> list[Row]:
    """Return the four parts of a question, each with its members in the order of the `first` question.

    Members that differ from what was `asked` have what they were beside them.
    """
    now, was, order = members_of(question), members_of(asked), members_of(first)
    parts = []
    for part in PARTS:
        known = dict.fromkeys([*order[part], *was[part], *now[part]])
        names = [name for name in known if name in now[part] or name in was[part]]
        rows = [member_shown(name, now[part].get(name), was[part].get(name)) for name in names[:MOST_MEMBERS]]
        parts.append({"part": part, "rows": rows, "more": max(0, len(names) - MOST_MEMBERS)})
    return parts


def members_of(question: Question) -> dict[str, dict[str, Any]]:
    """Return what a question says, part by part."""
    said = question.as_json()
    context = said.pop("context", {})
    whole = {
        name: {key: value for key, value in part.items() if key != "properties"} | part.get("properties", {})
        for name, part in said.items()
    }
    return whole | {"context": context}


def member_shown(name: str, now: Any, was: Any) -> Row:
    """Return one member, and what it was where it was changed."""
    same = type(now) is type(was) and now == was
    return {
        "name": cut(plain(str(name)), LONGEST_VALUE),
        "value": value_shown(now),
        "was": "" if same else value_shown(was),
    }


def asked_in_words(question: Question) -> str:
    """Return a question as one sentence."""
    subject, resource = question.subject, question.resource
    asked = f"May {subject.type} {subject.id} do {question.action.name} on {resource.type} {resource.id}?"
    return sentence(asked)


# The decision.


def verdict(decision: Decision) -> Row:
    """Return the outcome in a word, why in a sentence, and its tone."""
    names = ", ".join(f"“{each}”" for each in determining(decision)[:3])
    demanded = ", ".join(demand_in_words(each) for each in decision.demands)
    proofs = [demand_in_words(each) for each in decision.demands if each.get("name") in PROOFS]
    denied = any(rule.outcome == DENY for rule in decision.trace)
    says = sentence(decision.says)
    # A step-up that one of several denials demands would not be enough.
    if proofs and (decision.allowed or (decision.outcome == DENY and len(determining(decision)) == 1)):
        return said("prove", "Prove more", f"Not yet: first {', '.join(proofs)}.", says)
    if decision.allowed:
        first = f" On condition that the site does this: {demanded}." if demanded else ""
        return said("good", "Permitted", f"Because of {names}.{first}" if names else first.strip(), says)
    if decision.outcome == INDETERMINATE:
        could = f" It could have been: {', '.join(decision.could_be)}." if decision.could_be else ""
        return said("open", "Cannot be decided", f"Not let in: {names or 'a rule'} cannot be evaluated.{could}", says)
    if decision.outcome == DENY and denied:
        return said("bad", "Forbidden", f"Because of {names or 'a rule that denies'}.", says)
    if decision.outcome == DENY and names:
        return said("open", "Cannot be decided", f"Denied, because {names} cannot be evaluated.", says)

    return said("none", "Not permitted", "No rule permits it, and none forbids it.", says)


def said(tone: str, word: str, why: str, says: str) -> Row:
    """Return an outcome as data."""
    return {"tone": tone, "word": word, "why": sentence(why), "says": says}


def demand_in_words(demand: Mapping[str, Any]) -> str:
    """Return an obligation: its name, and what belongs to it."""
    more = ", ".join(f"{key}: {value_shown(value)}" for key, value in demand.items() if key != "name")
    return sentence(f"{demand.get('name', '(no name)')}{f' ({more})' if more else ''}")


def determining(decision: Decision) -> list[str]:
    """Return the rules that the outcome comes from: those that the decision names, or those with its outcome."""
    alike = [rule.rule for rule in decision.trace if rule.outcome == decision.outcome != NOT_APPLICABLE]
    return list(dict.fromkeys(decision.determining or alike))


def decision_shown(decision: Decision) -> Row:
    """Return a decision as data: the outcome in words, what is demanded, and every rule."""
    names = determining(decision)
    return {
        "outcome": decision.outcome,
        "verdict": verdict(decision),
        "demands": [demand_in_words(each) for each in decision.demands],
        "rules": [rule_shown(rule, rule.rule in names) for rule in decision.trace[:MOST_RULES]],
        "more": max(0, len(decision.trace) - MOST_RULES),
    }


def rule_shown(rule: RuleRead, determines: bool) -> Row:
    """Return one rule, and the attributes that it read."""
    return {
        "rule": sentence(rule.rule),
        "effect": cut(plain(rule.effect), 40),
        "outcome": rule.outcome,
        "says": RULE_SAYS.get(rule.outcome, "does not apply"),
        "determines": determines,
        "because": sentence(rule.because),
        "read": [attribute_shown(each) for each in rule.read[:MOST_READ]],
    }


def attribute_shown(read: AttributeRead) -> Row:
    """Return an attribute as a rule read it: where it came from, and the problem with it."""
    return {
        "name": sentence(read.name),
        "value": value_shown(read.value),
        "type": cut(plain(read.type), 40),
        "source": sentence(read.source),
        "problem": sentence(read.problem),
    }


def flip_shown(flip: Flip) -> Row:
    """Return what would have to change, by whom, and the answer then."""
    return {
        "who": sentence(", ".join(each or "somebody" for each in flip.changeable_by)),
        "changes": [
            {"name": sentence(each.name), "was": value_shown(each.was), "now": value_shown(each.now)}
            for each in flip.changes
        ],
        "to": verdict(flip.to),
    }


# In words.


def question_in_words(parts: list[Row]) -> list[str]:
    """Return the parts of a question, a line each."""
    lines = []
    for part in parts:
        was = {row["name"]: f" (was {row['was']})" if row["was"] else "" for row in part["rows"]}
        members = [f"{row['name']} {row['value']}{was[row['name']]}" for row in part["rows"]]
        lines.append(f"  {part['part']:9} {', '.join(members) or '(nothing)'}")
    return lines


def decision_in_words(shown: Row) -> list[str]:
    """Return a decision as lines: the outcome, and every rule with what it read."""
    outcome = shown["verdict"]
    lines = [" ".join(filter(None, [f"{outcome['word']}.", outcome["why"], outcome["says"]]))]
    for rule in shown["rules"]:
        mark = "▶" if rule["determines"] else " "
        why = f": {rule['because']}" if rule["because"] else ""
        lines.append(f"  {mark} {rule['rule']} ({rule['effect']}) {rule['says']}{why}")
        for read in rule["read"]:
            problem = f"; {read['problem']}" if read["problem"] else ""
            lines.append(f"      {read['name']} = {read['value']} ({read['type']}, from {read['source']}){problem}")
    return lines + ([f"  and {shown['more']} more rules"] if shown["more"] else [])


def flip_in_words(shown: Row) -> str:
    """Return what would have to change as one line."""
    changes = " and ".join(f"{each['name']}: {each['was']} → {each['now']}" for each in shown["changes"])
    return f"  {changes} ({shown['who']}): {shown['to']['word'].lower()}"
