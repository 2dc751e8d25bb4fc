"""The combining algorithms, row by row as in XACML 3.0, Appendix C."""

import itertools

import pytest

from labsrv.kit.access.decisions import RuleRead
from labsrv.policy.combining import ALGORITHMS

# P and D apply, N does not, and p and d can't be read.
LETTERS = {
    "P": ("permit", "permit"),
    "D": ("deny", "deny"),
    "N": ("permit", "not applicable"),
    "p": ("permit", "indeterminate"),
    "d": ("deny", "indeterminate"),
}
SHORT = {("permit", ()): "P", ("deny", ()): "D", ("not applicable", ()): "N"}
WANTED = {
    # rules: deny-overrides, permit-overrides, first-applicable, deny-unless-permit
    "": "N N N D",
    "P": "P P P P",
    "D": "D D D D",
    "N": "N N N D",
    "p": "?P ?P ?P D",
    "d": "?D ?D ?D D",
    "PD": "D P P P",
    "DP": "D P D P",
    "Pp": "P P P P",
    "Pd": "?DP P P P",
    "dP": "?DP P ?D P",
    "Dp": "D ?PD D D",
    "pD": "D ?PD ?P D",
    "pd": "?DP ?PD ?P D",
    "dp": "?DP ?PD ?D D",
    "Dd": "D D D D",
    "NPN": "P P P P",
    "NdP": "?DP P ?D P",
}


def traced(letters):
    return [RuleRead(f"{number}{letter}", *LETTERS[letter]) for number, letter in enumerate(letters)]


def said(name, letters):
    outcome, _, could_be = ALGORITHMS[name](traced(letters))
    return SHORT.get((outcome, could_be)) or "?" + "".join(each[0].upper() for each in could_be)


@pytest.mark.parametrize(("letters", "wanted"), WANTED.items(), ids=[each or "none" for each in WANTED])
def test_the_rows_of_the_standard(letters, wanted):
    assert " ".join(said(name, letters) for name in ALGORITHMS) == wanted


@pytest.mark.parametrize("letters", ["".join(each) for each in itertools.product(LETTERS, repeat=3)])
def test_one_more_deny_never_lets_anybody_in(letters):
    for place in range(4):
        for more in "Dd":
            longer = letters[:place] + more + letters[place:]
            assert not (said("deny-overrides", longer) == "P" and said("deny-overrides", letters) != "P")


@pytest.mark.parametrize("letters", ["".join(each) for each in itertools.product(LETTERS, repeat=3)])
def test_order_matters_to_first_applicable_alone(letters):
    for name in ALGORITHMS.keys() - {"first-applicable"}:
        assert len({said(name, order) for order in itertools.permutations(letters)}) == 1


def test_the_rules_that_decide_are_named():
    assert ALGORITHMS["deny-overrides"](traced("PDNDd")).determining == ("1D", "3D")
    assert ALGORITHMS["deny-overrides"](traced("PdN")).determining == ("1d",)
    assert ALGORITHMS["first-applicable"](traced("NPD")).determining == ("1P",)
    assert ALGORITHMS["deny-unless-permit"](traced("Nd")).determining == ()
