"""What tests of policies share: one policy that uses all there is, and questions to it."""

import pytest

from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.policy.policy import Policy
from tests.policy.samples import PAY


@pytest.fixture
def pay():
    return Policy.read(PAY)


@pytest.fixture
def ask():
    """Return what builds a question: who, what, on what, and the context."""

    def build(action="read", subject=None, resource=None, /, **context):
        mine = {"id": "alice"} | (subject or {})
        slip = {"type": "slip", "id": "1001"} | (resource or {})
        return Question(
            Entity("user", mine.pop("id"), mine),
            Action(action),
            Entity(slip.pop("type"), slip.pop("id"), slip),
            context,
        )

    return build
