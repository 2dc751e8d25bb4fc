"""The model of relations: which types there are, and how each relation comes about. Read from OpenFGA's language, 1.1.

    model
      schema 1.1
    type user
    type folder
      relations
        define viewer: [user, group#member]
    type document
      relations
        define parent: [folder]
        define blocked: [user]
        define viewer: ([user, user:*] or viewer from parent) but not blocked

Conditions (`[user with …]`) and modules are left out, and refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SCHEMA = "1.1"
NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
TOKEN = re.compile(rf"\s*(\[[^\]]*\]|\(|\)|{NAME})")
KIND = re.compile(rf"({NAME})(:\*|#({NAME}))?")
DEFINE = re.compile(rf"define\s+({NAME})\s*:\s*(.+)")
DEEPEST = 10  # parentheses


class BadModel(ValueError):
    """This is no model of relations; the message names the line."""


@dataclass(frozen=True)
class UserKind:
    """Whom a tuple may name: a type's objects, everybody of a type (`user:*`), or a userset (`group#member`)."""

    type: str
    relation: str = ""
    everybody: bool = False


@dataclass(frozen=True)
class Direct:
    """Those whom a tuple names."""

    kinds: tuple[UserKind, ...]


@dataclass(frozen=True)
class Computed:
    """Those who have another relation to the same object."""

    relation: str


@dataclass(frozen=True)
class FromTupleset:
    """`viewer from parent`: those who have a relation to an object that this one has a relation to."""

    relation: str
    tupleset: str


@dataclass(frozen=True)
class Union:
    """Those who are in some part."""

    parts: "tuple[Userset, ...]"


@dataclass(frozen=True)
class Intersection:
    """Those who are in every part."""

    parts: "tuple[Userset, ...]"


@dataclass(frozen=True)
class Exclusion:
    """Those who are in one part and not in the other."""

    base: "Userset"
    minus: "Userset"


Userset = Direct | Computed | FromTupleset | Union | Intersection | Exclusion


@dataclass(frozen=True)
class RelationModel:
    """Types, and the relations of each; made by `RelationModel.read`."""

    types: Mapping[str, Mapping[str, Userset]]

    @classmethod
    def read(cls, text: str) -> "RelationModel":
        """Return the model of a text, or raise `BadModel` with the line."""
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
        said = [(number, line) for number, line in lines if line and not line.startswith("#")]
        if [line for _, line in said[:2]] != ["model", f"schema {SCHEMA}"]:
            raise BadModel(f"A model begins with 'model', and on the next line 'schema {SCHEMA}'.")

        types: dict[str, dict[str, Userset]] = {}
        relations: dict[str, Userset] | None = None
        for number, line in said[2:]:
            if found := re.fullmatch(rf"type\s+({NAME})", line):
                relations = types.setdefault(found[1], {})
            elif line != "relations" or relations is None:
                name, userset = read_define(line, number)
                if relations is None or name in relations:
                    raise BadModel(f"line {number}: {name!r} is defined outside a type, or twice.")
                relations[name] = userset
        model = cls(types)
        refuse_unknown(model)
        return model

    def userset(self, kind: str, relation: str) -> Userset | None:
        """Return how a relation of a type comes about, None where there is none."""
        return self.types.get(kind, {}).get(relation)

    def kinds(self, kind: str, relation: str) -> tuple[UserKind, ...]:
        """Return whom tuples of a relation may name."""
        userset = self.userset(kind, relation)
        return (
            tuple(each for part in parts_of(userset) if isinstance(part, Direct) for each in part.kinds)
            if userset
            else ()
        )


def read_define(line: str, number: int) -> tuple[str, Userset]:
    """Return a relation's name, and how it comes about."""
    found = DEFINE.fullmatch(line)
    if not found:
        raise BadModel(f"line {number}: write 'type NAME', 'relations', or 'define NAME: …'.")

    words, at = [], 0
    while at < len(found[2]):
        token = TOKEN.match(found[2], at)
        if not token:
            raise BadModel(f"line {number}: {found[2][at:].strip()!r} is no part of a relation.")
        words.append(token[1])
        at = token.end() if found[2][token.end() :].strip() else len(found[2])
    reader = UsersetReader(words, number)
    userset = reader.several(1)
    if reader.words:
        raise BadModel(f"line {number}: {reader.words[0]!r} needs parentheses around what stands before it.")
    return found[1], userset


class UsersetReader:
    """Reads words from the left; `or`, `and` and `but not` stand beside each other with parentheses alone."""

    def __init__(self, words: list[str], number: int):
        self.words, self.number = words, number

    def several(self, depth: int) -> Userset:
        """Return parts and what joins them."""
        if depth > DEEPEST:
            raise BadModel(f"line {self.number}: parentheses stand more than {DEEPEST} deep.")
        parts = [self.one(depth)]
        joint = self.words[0] if self.words else ""
        if joint == "but":
            self.take("but")
            self.take("not")
            return Exclusion(parts[0], self.one(depth))
        while joint in ("or", "and") and self.words[:1] == [joint]:
            self.take(joint)
            parts.append(self.one(depth))
        if len(parts) == 1:
            return parts[0]

        return Union(tuple(parts)) if joint == "or" else Intersection(tuple(parts))

    def one(self, depth: int) -> Userset:
        """Return one part."""
        word = self.take()
        if word == "(":
            inner = self.several(depth + 1)
            self.take(")")
            return inner
        if word.startswith("["):
            return Direct(tuple(self.kind(each.strip()) for each in word[1:-1].split(",")))
        if word in (")", "or", "and", "but", "not", "from"):
            raise BadModel(f"line {self.number}: {word!r} stands where a relation should.")
        if self.words[:1] == ["from"]:
            self.take("from")
            return FromTupleset(word, self.take())

        return Computed(word)

    def kind(self, said: str) -> UserKind:
        """Return whom a tuple may name."""
        found = KIND.fullmatch(said)
        if found:
            return UserKind(found[1], found[3] or "", found[2] == ":*")

        raise BadModel(f"line {self.number}: {said!r} is no type: write user, user:* or group#member.")

    def take(self, wanted: str = "") -> str:
        """Return the next word, which has to be the wanted one, if one is wanted."""
        word = self.words.pop(0) if self.words else ""
        if word and wanted in ("", word):
            return word

        raise BadModel(f"line {self.number}: {wanted or 'a relation'} is missing at the end or before {word!r}.")


def parts_of(userset: Userset) -> Iterator[Userset]:
    """Return a userset and all that it is made of."""
    yield userset
    match userset:
        case Union(parts) | Intersection(parts):
            for part in parts:
                yield from parts_of(part)
        case Exclusion(base, minus):
            yield from parts_of(base)
            yield from parts_of(minus)


def refuse_unknown(model: RelationModel) -> None:
    """Raise `BadModel` for a relation that speaks of what is not there."""
    for name, relations in model.types.items():
        for relation, userset in relations.items():
            for part in parts_of(userset):
                if problem := unknown(model, name, part):
                    raise BadModel(f"{name}#{relation}: {problem}: define it, or correct the name.")


def unknown(model: RelationModel, name: str, part: Userset) -> str:
    """Return what a part speaks of and the model lacks, nothing where it has all."""
    match part:
        case Direct(kinds):
            for kind in kinds:
                if kind.type not in model.types or (kind.relation and not model.userset(kind.type, kind.relation)):
                    return f"there is no {kind.type}{'#' * bool(kind.relation)}{kind.relation}"
        case Computed(relation):
            return "" if model.userset(name, relation) else f"there is no {name}#{relation}"
        case FromTupleset(relation, tupleset):
            if not isinstance(model.userset(name, tupleset), Direct):
                return f"{tupleset!r} has to be a relation of {name} that tuples alone give"
            if not any(model.userset(kind.type, relation) for kind in model.kinds(name, tupleset)):
                return f"nothing that {tupleset!r} leads to has a {relation!r}"
    return ""
