"""What the passwordless lesson computes about guessing, and that its flood stays at home."""

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs import complete, flaws_of, furnish
from labsrv.labs.passwordless.attacks import flood_the_mailbox
from labsrv.labs.passwordless.guessing import LIMITS, chance, curves


def test_the_chance_is_that_of_the_first_guesses_and_nearly_sure_in_the_end():
    assert chance(0) == 0
    assert chance(1) == pytest.approx(1e-6)
    assert chance(693_147) == pytest.approx(0.5, abs=1e-6)  # ln 2 times a million
    assert chance(10_000_000) > 0.9999


def test_each_limit_has_its_curve_and_stricter_ones_stay_below():
    ends = [points[-1] for points in curves().values()]

    assert list(curves()) == list(LIMITS) and {days for days, _ in ends} == {365}
    assert [percent for _, percent in ends] == sorted((percent for _, percent in ends), reverse=True)


def test_the_flood_refuses_to_run_where_mail_goes_to_a_real_server(monkeypatch):
    flaw = flaws_of("passwordless")["send_whenever_asked"]
    lab = Lab("passwordless", place=FirstNumber(), hash_cost="low", listens=False)
    try:
        furnish(lab, "passwordless", complete("passwordless", {"may_send": flaw})(lab))
        assert flood_the_mailbox(lab).succeeded
        before = len(lab.mail.inbox(lab.alice))

        monkeypatch.setenv("AUTHLAB_SMTP_URL", "smtp://mail.example")
        with pytest.raises(RuntimeError, match="nobody's mailbox is flooded"):
            flood_the_mailbox(lab)
        assert len(lab.mail.inbox(lab.alice)) == before
    finally:
        lab.stop()
