"""A lab whose shop lets people log in at providers, reached by its own browsers only."""

import pytest

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.oidc.people import log_in


def made(**decisions):
    """Return such a lab, with some of the shop's decisions made otherwise."""
    lab = Lab("oidc", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=False)
    labs.furnish(lab, "oidc", labs.complete("oidc", decisions)(lab))
    return lab


@pytest.fixture(scope="module")
def shared_lab():
    """Yield a lab where Alice has agreed to what the shop wants to know; each test uses her browser without cookies."""
    lab = made()
    log_in(lab.alice, lab.shop)
    yield lab
    lab.stop()
    lab.clock.reset()


@pytest.fixture
def lab(shared_lab):
    shared_lab.alice.jar.clear()
    return shared_lab
