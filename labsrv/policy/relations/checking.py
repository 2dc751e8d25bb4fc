"""check: does this user have this relation to this object? list_objects: to which does it?

As in Zanzibar (Pang et al. 2019, 2.4.2): the relation's userset is followed through tuples and other relations. What
comes back to itself has no new answer to give, so a circle ends, and as no. What is excluded needs a definite answer:
where a circle leaves that open, the answer is no as well.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from labsrv.policy.relations.model import (
    Computed,
    Direct,
    Exclusion,
    FromTupleset,
    Intersection,
    RelationModel,
    Union,
    Userset,
)
from labsrv.policy.relations.tuples import (
    OBJECT,
    BadRelation,
    RelationTuple,
    fits,
    kind_of,
    refuse_unfit,
    type_of,
)

DEEPEST = 25  # steps from one object's relation to another's, as in OpenFGA


class TooDeep(ValueError):
    """The answer lies further away than anybody looks. It is no permit, and no definite no."""


class Reached(NamedTuple):
    """Whether a user was found, and whether a circle left that open."""

    there: bool
    circle: bool = False


YES, NO, OPEN = Reached(True), Reached(False), Reached(False, True)


def check(
    tuples: Iterable[RelationTuple],
    model: RelationModel,
    object: str,
    relation: str,
    user: str,
    contextual: Iterable[RelationTuple] = (),
) -> bool:
    """Return whether `user` has `relation` to `object`; raises `BadRelation` and `TooDeep`.

    `contextual` tuples count for this question alone. All of them have to fit the model; among `tuples`, those that
    do not fit, as the model has changed, are passed over.
    """
    graph = RelationGraph(tuples, model, contextual)
    graph.refuse_bad_question(object, relation, user)
    return graph.find(object, relation, user, ()).there


def list_objects(
    tuples: Iterable[RelationTuple],
    model: RelationModel,
    type: str,
    relation: str,
    user: str,
    contextual: Iterable[RelationTuple] = (),
) -> list[str]:
    """Return the objects of a type to which `user` has `relation`, by checking each that a tuple names."""
    graph = RelationGraph(tuples, model, contextual)
    graph.refuse_bad_question(f"{type}:any", relation, user)
    return [each for each in graph.objects(type) if graph.find(each, relation, user, ()).there]


class RelationGraph:
    """The tuples that fit a model, by object and relation."""

    def __init__(self, tuples: Iterable[RelationTuple], model: RelationModel, contextual: Iterable[RelationTuple] = ()):
        more = list(contextual)
        refuse_unfit(model, more)
        self.model = model
        self.tuples = [each for each in tuples if fits(model, each)] + more
        self.users: dict[tuple[str, str], list[str]] = {}
        for each in self.tuples:
            self.users.setdefault((each.object, each.relation), []).append(each.user)

    def refuse_bad_question(self, object: str, relation: str, user: str) -> None:
        """Raise `BadRelation` for a question that the model has no answer to: a no would hide the mistake."""
        if not OBJECT.fullmatch(object) or not self.model.userset(type_of(object), relation):
            raise BadRelation(f"{object}#{relation}: the model has no such relation.")
        kind = kind_of(user)
        if kind.type not in self.model.types or (kind.relation and not self.model.userset(kind.type, kind.relation)):
            raise BadRelation(f"{user}: the model has no such users.")

    def objects(self, type: str) -> list[str]:
        """Return every object of a type that a tuple names."""
        named = [name for each in self.tuples for name in (each.object, each.user.partition("#")[0])]
        return sorted({name for name in named if type_of(name) == type and not name.endswith(":*")})

    def find(self, object: str, relation: str, user: str, way: tuple[tuple[str, str], ...]) -> Reached:
        """Return whether a user is found behind a relation; `way` is how we came here."""
        if user == f"{object}#{relation}":
            return YES
        if (object, relation) in way:
            return OPEN
        if len(way) >= DEEPEST:
            raise TooDeep(f"{object}#{relation} is more than {DEEPEST} steps away.")

        userset = self.model.userset(type_of(object), relation)
        return self.among(userset, object, relation, user, (*way, (object, relation))) if userset else NO

    def among(
        self, userset: Userset, object: str, relation: str, user: str, way: tuple[tuple[str, str], ...]
    ) -> Reached:
        """Return whether a user is in a userset of an object."""

        def inside(part: Userset) -> Reached:
            return self.among(part, object, relation, user, way)

        match userset:
            case Direct(kinds):
                named = [each for each in self.users.get((object, relation), ()) if kind_of(each) in kinds]
                if any(names(each, user) for each in named):
                    return YES
                behind = [each.partition("#")[::2] for each in named if "#" in each]
                return some_of(lambda at: self.find(behind[at][0], behind[at][1], user, way), len(behind))
            case Computed(other):
                return self.find(object, other, user, way)
            case FromTupleset(other, tupleset):
                leads_to = [each for each in self.users.get((object, tupleset), ()) if not each.endswith(":*")]
                return some_of(lambda at: self.find(leads_to[at], other, user, way), len(leads_to))
            case Union(parts):
                return some_of(lambda at: inside(parts[at]), len(parts))
            case Intersection(parts):
                return all_of(lambda at: inside(parts[at]), len(parts))
            case Exclusion(base, minus):
                return all_of(lambda at: inside(base) if at == 0 else no_longer(inside(minus)), 2)


def names(named: str, user: str) -> bool:
    """Return whether a tuple's user is this one: by name, or as one of everybody. No userset is anybody."""
    return named == user or (named.endswith(":*") and "#" not in user and type_of(named) == type_of(user))


def no_longer(found: Reached) -> Reached:
    """Return what is left of somebody who is excluded: nothing, and nothing where that stays open."""
    return OPEN if found.circle else Reached(not found.there)


def some_of(found: Callable[[int], Reached], many: int) -> Reached:
    """Return yes where one of so many is; an error counts only where none is."""
    circle, error = False, None
    for at in range(many):
        try:
            each = found(at)
        except TooDeep as raised:
            error = raised
            continue
        if each.there:
            return YES
        circle = circle or each.circle
    if error:
        raise error

    return OPEN if circle else NO


def all_of(found: Callable[[int], Reached], many: int) -> Reached:
    """Return yes where each of so many is; an error counts only where none is no."""
    error = None
    for at in range(many):
        try:
            each = found(at)
        except TooDeep as raised:
            error = raised
            continue
        if not each.there:
            return each
    if error:
        raise error

    return YES
