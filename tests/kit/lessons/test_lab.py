"""A lab says what it has where something else was asked for."""

import flask
import pytest


def test_an_unknown_attribute_names_what_there_is(lab):
    shop = flask.Flask("a site")
    shop.add_url_rule("/", "home", lambda: "Tea")
    lab.add_site("shop", shop)

    with pytest.raises(AttributeError, match="has no 'shopp'. It has alice"):
        lab.shopp  # noqa: B018
    with pytest.raises(AttributeError, match="has no page 'hoem'. It has .*home"):
        lab.shop.hoem  # noqa: B018
