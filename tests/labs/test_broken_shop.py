"""A shop that is down defends nobody: an attack on it says that it proves nothing."""

import importlib

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab


def begin_nothing(sessions, presented_id, user):
    raise RuntimeError("a mistake in the learner's file")


def test_an_attack_on_a_broken_shop_proves_nothing():
    attacks = importlib.import_module("labsrv.labs.sessions.attacks")
    lab = Lab("sessions", place=FirstNumber(), hash_cost="low", report=lambda exchange: None)
    try:
        labs.furnish(lab, "sessions", labs.complete("sessions", {"begin_session": begin_nothing})(lab))
        outcome = attacks.planted_id(lab)
    finally:
        lab.stop()

    assert not outcome
    assert "proves nothing" in repr(outcome) and "POST" in repr(outcome)
