"""JSON made conditions. What is not in order is refused when the policy is read, with its place in the JSON."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from labsrv.policy.conditions.operands import AttributeValue, Constant, Operand, TimeOfDay
from labsrv.policy.conditions.operators import OPERATORS, Operator
from labsrv.policy.conditions.reading import DeclaredAttribute
from labsrv.policy.conditions.tree import AllOf, AnyOf, Comparison, Condition, Negation, Presence, leaves
from labsrv.policy.conditions.values import MOST_TEXTS, WORDS, Unreadable, shown, typed

DEEPEST = 12  # conditions in conditions
MOST_TESTS = 200  # in one rule
NAMES = (*OPERATORS, "all", "any", "not", "present")


class BadPolicy(ValueError):
    """This is no policy; the message names the place in the JSON, what is wrong there, and what to do."""


class ConditionReader:
    """Reads conditions over the attributes that a policy declares."""

    def __init__(self, declared: Mapping[str, DeclaredAttribute]):
        self.declared = declared

    def read(self, said: Any, where: str) -> Condition:
        """Return the condition of a rule, or raise `BadPolicy`."""
        condition = self.condition(said, where, 1)
        many = sum(1 for _ in leaves(condition))
        if many <= MOST_TESTS:
            return condition

        raise BadPolicy(f"{where} has {many} tests; the most is {MOST_TESTS}: make several rules of it.")

    def condition(self, said: Any, where: str, depth: int) -> Condition:
        """Return a condition; `depth` is how many it stands in, itself counted."""
        if depth > DEEPEST:
            raise BadPolicy(f"{where} stands more than {DEEPEST} deep: make several rules of it.")
        if not isinstance(said, dict) or len(said) != 1:
            raise BadPolicy(f"{where} is no condition: write an object with one member, one of {', '.join(NAMES)}.")

        ((name, inner),) = said.items()
        where = f"{where}.{name}"
        match name:
            case "all" | "any":
                parts = tuple(
                    self.condition(part, f"{where}[{number}]", depth + 1)
                    for number, part in enumerate(some(inner, where, name))
                )
                return AllOf(parts) if name == "all" else AnyOf(parts)
            case "not":
                return Negation(self.condition(inner, where, depth + 1))
            case "present":
                return Presence(self.attribute(inner, where).name)
            case _ if name in OPERATORS:
                return self.comparison(OPERATORS[name], inner, where)

        raise BadPolicy(f"{where} is no condition: there are {', '.join(NAMES)}.")

    def comparison(self, operator: Operator, said: Any, where: str) -> Comparison:
        """Return a test. What stands there as a constant is of the type of what it is compared with."""
        if not isinstance(said, list) or len(said) != operator.operands:
            raise BadPolicy(f"{where} compares {operator.operands} things: write a list of {operator.operands}.")
        places = [f"{where}[{number}]" for number in range(len(said))]
        found = [self.variable(each, place) for each, place in zip(said, places, strict=True)]
        if not any(found):
            raise BadPolicy(f"{where} compares constants alone: one of them has to be an attribute.")

        wanted = self.type_of(operator, found, where)
        if wanted not in operator.types:
            raise BadPolicy(f"{where} compares {', '.join(sorted(operator.types))}, and {wanted} is none of these.")
        operands = [
            operand or self.fixed(operator, value, wanted, place, number)
            for number, (operand, value, place) in enumerate(zip(found, said, places, strict=True))
        ]
        refuse_empty_span(operator, operands, where)
        return Comparison(operator, tuple(operands))

    def type_of(self, operator: Operator, found: list[Operand | None], where: str) -> str:
        """Return the one type of what is compared; raise `BadPolicy` where there are two."""
        singles = found[:-1] if operator.list_last else found
        types = {each.type for each in singles if each}
        if operator.list_last and found[-1]:
            if found[-1].type != "texts" or operator.name != "in":
                raise BadPolicy(f"{where}[1] has to be a list: write one, or name an attribute that is texts.")
            types.add("text")
        if len(types) == 1:
            return types.pop()

        raise BadPolicy(f"{where} compares {' with '.join(sorted(types))}: no answer to that would be right.")

    def variable(self, said: Any, where: str) -> Operand | None:
        """Return what an object stands for; None for a constant."""
        if not isinstance(said, dict):
            return None
        if set(said) == {"time of day", "zone"}:
            moment = self.attribute(said["time of day"], f"{where}.time of day")
            zone = said["zone"]
            place = f"{where}.zone"
            read = self.attribute(zone, place) if isinstance(zone, dict) else constant(zone, "zone", place)
            if (moment.type, read.type) == ("moment", "zone"):
                return TimeOfDay(moment, read)
            raise BadPolicy(
                f"{where} makes a time of day of a moment and a zone, and not of {moment.type}, {read.type}."
            )

        return self.attribute(said, where)

    def attribute(self, said: Any, where: str) -> AttributeValue:
        """Return the attribute that an object names; raise `BadPolicy` for one that is not declared."""
        if not isinstance(said, dict) or set(said) != {"attribute"}:
            raise BadPolicy(f'{where} names no attribute: write {{"attribute": "subject.id"}}.')
        name = said["attribute"]
        if isinstance(name, str) and name in self.declared:
            return AttributeValue(self.declared[name].type, name)

        raise BadPolicy(f'{where}: {shown(name)} is declared nowhere: add it to "attributes", or correct it.')

    def fixed(self, operator: Operator, said: Any, wanted: str, where: str, number: int) -> Constant:
        """Return what stands in the policy itself: a list where the operator takes one, else one value."""
        if operator.list_last and number == operator.operands - 1:
            return self.listed(operator, said, wanted, where)

        return constant(said, wanted, where)

    def listed(self, operator: Operator, said: Any, wanted: str, where: str) -> Constant:
        """Return a list that stands in the policy."""
        if operator.name == "in network" and isinstance(said, str):
            said = [said]
        members = some(said, where, operator.name)
        if len(members) > MOST_TEXTS:
            raise BadPolicy(f"{where} has more than {MOST_TEXTS} members: let an attribute hold them.")
        if operator.name == "in network":
            return Constant("networks", tuple(network(each, where) for each in members), said)

        return Constant("list", tuple(constant(each, wanted, where).value for each in members), said)


def some(said: Any, where: str, name: str) -> list[Any]:
    """Return a list with something in it, or raise `BadPolicy`."""
    if isinstance(said, list) and said:
        return said
    if said == [] and name == "all":
        raise BadPolicy(
            f"{where} is empty, and all of nothing is true: leave the rule's 'when' out if it always applies."
        )
    if said == [] and name == "any":
        raise BadPolicy(f"{where} is empty, and any of nothing is false: leave the rule out if it never applies.")

    raise BadPolicy(f"{where} has to be a list with something in it.")


def constant(said: Any, wanted: str, where: str) -> Constant:
    """Return a constant of a type, or raise `BadPolicy`."""
    try:
        return Constant(wanted, typed(said, wanted), said)
    except Unreadable:
        raise BadPolicy(f"{where} is {shown(said)}, and has to be a {WORDS[wanted]}.") from None


def network(said: Any, where: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """Return a network; raise `BadPolicy` for what is none, and for one with bits set after its prefix."""
    try:
        if isinstance(said, str):
            return ipaddress.ip_network(said)
    except ValueError:
        pass

    raise BadPolicy(f'{where}: {shown(said)} is no network: write "10.0.0.0/8", with no bits set after the prefix.')


def refuse_empty_span(operator: Operator, operands: list[Operand], where: str) -> None:
    """Raise `BadPolicy` for a span of constants in which nothing can be."""
    ends = [each.value for each in operands[1:] if isinstance(each, Constant)]
    if operator.name == "between" and len(ends) == 2 and not ends[0] < ends[1]:
        raise BadPolicy(f"{where} ends before it begins: for hours over midnight, write any of two spans.")
