"""A lab says what it has where something else was asked for."""

from datetime import UTC, datetime

import flask
import pytest

from labsrv.kit.http.traffic import Exchange
from labsrv.kit.lessons.lab import show_traceback


def test_an_unknown_attribute_names_what_there_is(lab):
    shop = flask.Flask("a site")
    shop.add_url_rule("/", "home", lambda: "Tea")
    lab.add_site("shop", shop)

    with pytest.raises(AttributeError, match="has no 'shopp'. It has alice"):
        lab.shopp  # noqa: B018
    with pytest.raises(AttributeError, match="has no page 'hoem'. It has .*home"):
        lab.shop.hoem  # noqa: B018


def test_a_traceback_in_the_notebook_is_no_longer_than_a_screen(capsys):
    error = "Traceback: first\n" + "x" * 100_000 + "\nValueError: last"
    now = datetime(2026, 11, 30, tzinfo=UTC)
    show_traceback(Exchange(1, "alice", "192.0.2.1", now, "shop", "GET", "http://shop.localhost/", (), error=error))
    told = capsys.readouterr().err

    assert len(told) < 5_000 and "Traceback: first" in told and told.endswith("ValueError: last\n")
