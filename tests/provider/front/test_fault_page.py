"""The page of faults: for a person, for a program, and for nobody else."""

import pytest

from labsrv.provider.faults.active import active_faults
from labsrv.provider.faults.menu import FAULTS
from labsrv.provider.settings import ProviderSettings


def test_a_person_ticks_them(app, alice):
    page = alice.navigate(f"{app.provider.issuer}/faults")
    assert all(page.sees(fault.says) and page.sees(fault.name) for fault in FAULTS.values())
    alice.submit("faults", fault=["wrong_aud", "alg_none"])
    assert active_faults(app.provider) == ["wrong_aud", "alg_none"] and alice.sees("2 of 50 faults are on")
    alice.submit("faults", fault=None)

    assert active_faults(app.provider) == []


def test_another_site_does_not(app, lab, alice):
    page = alice.submit(f"{app.provider.issuer}/faults", from_=lab.shop.url, method="POST", fault="alg_none")
    assert page.status == 400
    answer = alice.fetch(
        f"{app.provider.issuer}/faults",
        from_=lab.shop.url,
        mode="cors",
        method="PUT",
        body='["alg_none"]',
        headers={"Content-Type": "application/json"},
    )

    assert not answer.ok and active_faults(app.provider) == []


BAD = {"an unknown one": '["nonsense"]', "no list": '"alg_none"', "no JSON": "alg_none", "numbers": "[1]"}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_a_program_is_told_what_is_wrong(app, alice, body):
    answer = alice.fetch(
        f"{app.provider.issuer}/faults",
        from_=app.provider.issuer,
        method="PUT",
        body=body,
        headers={"Content-Type": "application/json"},
    )

    assert answer.status == 400 and answer.json()["faults"] == list(FAULTS)


class TestWithoutThePage:
    @pytest.fixture
    def settings(self):
        return ProviderSettings()

    def test_there_is_none(self, app, alice):
        assert alice.navigate(f"{app.provider.issuer}/faults").status == 404
