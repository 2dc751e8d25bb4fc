"""What tests of mail share: mail over the clock, and a catcher with what it kept."""

from collections.abc import Iterator

import pytest

from labsrv.kit.clock import Clock
from labsrv.kit.mail.catcher import Catcher
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.route import URL

Kept = list[tuple[str, str, bytes]]


@pytest.fixture(params=[False, True], ids=["directly", "over SMTP"])
def mail(request: pytest.FixtureRequest, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mail]:
    monkeypatch.delenv(URL, raising=False)
    mail = Mail(clock, over_smtp=request.param)
    yield mail
    mail.close()


@pytest.fixture
def kept() -> Kept:
    """What the catcher kept: sender, recipient and bytes of each message."""
    return []


@pytest.fixture
def catcher(kept: Kept) -> Iterator[Catcher]:
    catcher = Catcher(lambda *message: kept.append(message))
    yield catcher
    catcher.stop()
