"""The provider's decisions: each can be made otherwise, and only the secure ones that are needed are imported."""

import subprocess
import sys
from pathlib import Path

import pytest

from labsrv.provider.decisions import DECISIONS, complete, secure
from labsrv.provider.settings import ProviderSettings
from labsrv.provider.site import create_provider

SECURE = Path(sys.modules["labsrv.provider.decisions"].__file__).parent / "secure"


def test_each_has_a_file_of_its_own():
    assert {path.stem for path in SECURE.glob("[a-z]*.py")} == set(DECISIONS)


@pytest.mark.parametrize("name", DECISIONS)
def test_a_secure_one_is_short_and_says_where_it_is_from(name):
    source = (SECURE / f"{name}.py").read_text(encoding="utf-8")

    assert len(source.splitlines()) <= 45
    assert any(mark in secure(name).__doc__ for mark in ("RFC", "OpenID", "ASVS"))


def test_an_unknown_one_is_named():
    with pytest.raises(TypeError, match="no decision 'redeem_codes'. Did you mean 'redeem_code'"):
        complete({"redeem_codes": print})


@pytest.mark.slow("starts a process")
def test_what_is_given_is_not_imported():
    """Otherwise one import line of a submission would find the answer."""
    program = (
        "import sys\n"
        "from labsrv.provider.site import create_provider\n"
        "create_provider(None, redeem_code=print, may_log_out=print)\n"
        "print(sorted(name.rpartition('.')[2] for name in sys.modules if name.startswith('labsrv.provider.secure.')))\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said.strip() == str(sorted(set(DECISIONS) - {"redeem_code", "may_log_out"}))


class TestAnotherDecision:
    @pytest.fixture
    def decisions(self):
        return {"needs_consent": lambda client, agreed, scope, asked: False}

    def test_is_used(self, app, alice):
        app.start(alice)
        alice.submit("login", username="alice", password=alice.person.password)

        assert app.answer(alice)["code"]


def test_nothing_is_asked_before_the_first_visitor():
    """A lesson's site is built before its store is connected."""

    class Nothing:
        def __getattr__(self, name):
            raise AssertionError(f"asked for {name}")

    assert create_provider(Nothing(), ProviderSettings(fault_page=True))
