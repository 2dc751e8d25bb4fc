"""Addresses as browsers read them, and the parts of them that others ask for."""

import pytest

from labsrv.kit.addresses.urls import (
    BadAddress,
    has_login,
    host_header,
    normal,
    origin_of,
    path_and_query,
    path_of,
    resolve,
    same_origin,
    with_query,
    without_fragment,
)

PAGE = "http://shop.localhost:8000/account/orders?page=2#top"

# address: its path, and what a request for it asks for
PARTS = {
    "a path": ("http://shop.localhost/account", "/account", "/account"),
    "no path": ("http://shop.localhost", "/", "/"),
    "a slash": ("http://shop.localhost/", "/", "/"),
    "a folder": ("http://shop.localhost/a/", "/a/", "/a/"),
    "a query": ("http://shop.localhost/a?b=1&c=2", "/a", "/a?b=1&c=2"),
    "a query and no path": ("http://shop.localhost?b=1", "/", "/?b=1"),
    "a question mark and no query": ("http://shop.localhost/a?", "/a", "/a"),
    "two question marks": ("http://shop.localhost/a?b?c", "/a", "/a?b?c"),
    "a fragment": ("http://shop.localhost/a#b", "/a", "/a"),
    "a fragment and no path": ("http://shop.localhost#b", "/", "/"),
    "a question mark in a fragment": ("http://shop.localhost/a#b?c=1", "/a", "/a"),
    "all of them": (PAGE, "/account/orders", "/account/orders?page=2"),
    "a user and a port": ("http://alice:pw@shop.localhost:8000/a", "/a", "/a"),
    "another address in the query": ("http://shop.localhost/in?next=http://a/b", "/in", "/in?next=http://a/b"),
    "what is written with a percent sign": ("http://shop.localhost/a%2Fb%3Fc", "/a%2Fb%3Fc", "/a%2Fb%3Fc"),
    "two slashes": ("http://shop.localhost//a", "//a", "//a"),
    "a path alone": ("/a?b", "/a", "/a?b"),
    "nothing": ("", "/", "/"),
    "a very long one": (f"http://shop.localhost/{'x' * 5_000}?y", f"/{'x' * 5_000}", f"/{'x' * 5_000}?y"),
}


@pytest.mark.parametrize(("url", "path", "asked"), PARTS.values(), ids=PARTS)
def test_a_path_and_what_is_asked_for(url, path, asked):
    assert (path_of(url), path_and_query(url)) == (path, asked)


RELATIVE = {
    "a path": ("/tea", "http://shop.localhost:8000/tea"),
    "beside the page": ("tea", "http://shop.localhost:8000/account/tea"),
    "a folder up": ("../tea", "http://shop.localhost:8000/tea"),
    "further up than there is": ("../../../tea", "http://shop.localhost:8000/tea"),
    "a query": ("?page=3", "http://shop.localhost:8000/account/orders?page=3"),
    "a fragment": ("#end", "http://shop.localhost:8000/account/orders?page=2#end"),
    "nothing": ("", "http://shop.localhost:8000/account/orders?page=2"),
    "another host": ("//evil.localhost/x", "http://evil.localhost/x"),
    "more slashes than two": ("///evil.localhost/x", "http://evil.localhost/x"),
    "backslashes": ("/\\evil.localhost", "http://evil.localhost/"),
    "a tab in the middle": ("/a\tb", "http://shop.localhost:8000/ab"),
    "spaces around it": ("  /tea \n", "http://shop.localhost:8000/tea"),
    "dots written out": ("/a/%2E%2e/b", "http://shop.localhost:8000/b"),
    "another scheme": ("mailto:alice@post.localhost", "mailto:alice@post.localhost"),
    "the same scheme, without slashes": ("http:tea", "http://shop.localhost:8000/account/tea"),
    "capital letters": ("HTTP://SHOP.Localhost/Tea", "http://shop.localhost/Tea"),
    "the usual port": ("http://shop.localhost:80/", "http://shop.localhost/"),
    "letters beyond ASCII": ("/grüner tee", "http://shop.localhost:8000/gr%C3%BCner%20tee"),
}


@pytest.mark.parametrize(("written", "meant"), RELATIVE.values(), ids=RELATIVE)
def test_an_address_on_a_page_means(written, meant):
    assert resolve(PAGE, written) == meant


NO_ADDRESSES = {
    "a path without a page": (None, "/tea"),
    "no host": (PAGE, "http://"),
    "a broken IPv6 address": (PAGE, "http://[::1/"),
    "a port that is none": (PAGE, "http://shop.localhost:tea/"),
    "a port beyond all": (PAGE, "http://shop.localhost:99999/"),
    "a space in a host": (PAGE, "http://sh op.localhost/"),
    "a space in it, written out": (PAGE, "http://sh%20op.localhost/"),
}


@pytest.mark.parametrize(("base", "written"), NO_ADDRESSES.values(), ids=NO_ADDRESSES)
def test_what_no_browser_can_open_is_said(base, written):
    with pytest.raises(BadAddress):
        resolve(base, written)


def test_an_address_has_one_spelling():
    assert normal(normal(PAGE)) == normal(PAGE) == PAGE


ORIGINS = {
    "http": ("http://shop.localhost/a", "http://shop.localhost"),
    "a port": (PAGE, "http://shop.localhost:8000"),
    "the usual port": ("https://shop.localhost:443/a", "https://shop.localhost"),
    "a user": ("http://alice:pw@shop.localhost/", "http://shop.localhost"),
    "capital letters": ("HTTP://SHOP.LOCALHOST/", "http://shop.localhost"),
    "data": ("data:text/html,tea", "null"),
    "an opaque origin": ("null", "null"),
    "nothing": ("", "null"),
}


@pytest.mark.parametrize(("url", "origin"), ORIGINS.values(), ids=ORIGINS)
def test_an_origin_is_scheme_host_and_port_or_nobodys(url, origin):
    assert origin_of(url) == origin
    assert same_origin(url, origin) is (origin != "null")


def test_parts_are_replaced_and_told():
    assert with_query(PAGE, "q=tea") == "http://shop.localhost:8000/account/orders?q=tea#top"
    assert without_fragment(PAGE) == "http://shop.localhost:8000/account/orders?page=2"
    assert host_header("http://alice@shop.localhost:8000/") == "shop.localhost:8000"
    assert has_login("http://alice:pw@shop.localhost/") and not has_login("http://shop.localhost/@")
