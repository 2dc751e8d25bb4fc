"""A mail catcher, and what it kept: (sender, recipient, bytes) of each message."""

from collections.abc import Iterator

import pytest

from labsrv.kit.mail.catcher import Catcher

Kept = list[tuple[str, str, bytes]]


@pytest.fixture
def kept() -> Kept:
    return []


@pytest.fixture
def catcher(kept: Kept) -> Iterator[Catcher]:
    catcher = Catcher(lambda *message: kept.append(message))
    yield catcher
    catcher.stop()
