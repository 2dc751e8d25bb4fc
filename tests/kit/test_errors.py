"""Errors that are said in a sentence are that sentence in a notebook."""

import pytest

from labsrv.kit.errors import SaidPlainly
from labsrv.kit.http.server import PortTaken
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.store import StoreUnavailable


@pytest.mark.parametrize("kind", [SaidPlainly, PortTaken, StoreUnavailable, Undelivered])
def test_a_notebook_shows_the_sentence_and_no_traceback(kind):
    with pytest.raises(SaidPlainly) as raised:
        raise kind("Port 40123 is taken.")

    assert raised.value._render_traceback_() == ["Port 40123 is taken."]
