"""Every attack succeeds on its flaw and fails on the secure site; every flaw has its attack."""

import importlib
import importlib.util
import os
import pkgutil

import pytest

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.attacks import attacks_of
from labsrv.kit.lessons.lab import Lab
from labsrv.provider.decisions import DECISIONS


def attacks(technique):
    return attacks_of(importlib.import_module(f"labsrv.labs.{technique}.attacks"))


PAIRS = {
    f"{technique}: {name}": (technique, attack)
    for technique in labs.techniques()
    for name, attack in attacks(technique).items()
}

EVERY = 1 if os.environ.get("AUTHLAB_ATTACKS") == "all" else 5


@pytest.fixture
def run():
    """Run a lab with some decisions; stop it and put the clock right."""
    started = []

    def run(technique, **decisions):
        lab = Lab(technique, place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=False)
        started.append(lab)
        party = labs.party_of(technique, decisions)
        labs.furnish(lab, technique, labs.complete(technique, decisions)(lab), party=party)
        return lab

    yield run
    for lab in started:
        lab.stop()
        lab.clock.reset()


@pytest.mark.slow("each attack")
@pytest.mark.parametrize(("technique", "attack"), PAIRS.values(), ids=PAIRS)
def test_an_attack_succeeds_on_its_flaw(technique, attack, run):
    flaw = labs.flaws_of(technique)[attack.flaw]
    outcome = attack(run(technique, **{flaw.of: flaw}))

    assert outcome.succeeded, outcome


@pytest.mark.slow("each attack once more")
@pytest.mark.parametrize(("technique", "attack"), PAIRS.values(), ids=PAIRS)
def test_an_attack_fails_on_the_secure_site(technique, attack, run):
    outcome = attack(run(technique))

    assert not outcome.succeeded, outcome


@pytest.mark.slow("each attack on several flaws")
@pytest.mark.parametrize(("technique", "attack"), PAIRS.values(), ids=PAIRS)
def test_an_attack_leaves_other_flaws_alone(technique, attack, run):
    """One flaw never brings a second one along: an attack fails on every flaw of another decision.

    Every fifth is tried, another fifth by the next attack; all of them with AUTHLAB_ATTACKS=all.
    """
    related = {labs.flaws_of(technique)[attack.flaw].of, *attack.given}
    others = {name: flaw for name, flaw in labs.flaws_of(technique).items() if flaw.of not in related}
    first = list(attacks(technique)).index(attack.__name__) % EVERY
    tried = dict(list(others.items())[first::EVERY])
    helped = [name for name, flaw in tried.items() if attack(run(technique, **{flaw.of: flaw})).succeeded]

    assert not helped, f"{attack.__name__} also succeeds with a flawed {', '.join(helped)}"


@pytest.mark.parametrize("technique", labs.techniques())
def test_every_flaw_has_an_attack_and_confesses(technique):
    flaws = labs.flaws_of(technique)
    attacked = {attack.flaw for attack in attacks(technique).values()}

    assert set(flaws) == attacked
    for name, flaw in flaws.items():
        assert flaw.of in labs.decisions_of(technique), f"{name} replaces no decision"
        assert flaw.__doc__ and flaw.cwe and flaw.asvs


@pytest.mark.parametrize("technique", labs.techniques())
def test_every_decision_has_its_secure_version_and_a_flaw(technique):
    decisions = set(labs.decisions_of(technique))
    modules = {labs.where_secure(technique, name) for name in decisions}
    own = f"labsrv.labs.{technique}.secure"

    assert files_in(own) == {each.rpartition(".")[2] for each in modules if each.startswith(own)}
    assert {flaw.of for flaw in labs.flaws_of(technique).values()} == decisions


def files_in(package):
    """Return the names of the modules in a package, none where there is no such package."""
    if importlib.util.find_spec(package) is None:
        return set()
    return {each.name for each in pkgutil.iter_modules(importlib.import_module(package).__path__)}


def test_what_several_lessons_have_is_a_decision_of_one_of_them():
    everywhere = {name for technique in labs.techniques() for name in labs.decisions_of(technique)}

    assert files_in("labsrv.relying_party.secure") <= everywhere
    assert files_in("labsrv.provider.secure") == set(DECISIONS)
