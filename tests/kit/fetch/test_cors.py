"""Who may read an answer, and what is asked first: CORS. A row per rule and case, citing parts of Fetch by name."""

from typing import Any

import pytest

from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.fetch import cors
from labsrv.kit.http.transport import RawResponse, Request
from tests.kit.fake_sites import API, IDP, MALLORY, NOON, SHOP, Time, browser, header, text, to

TEA = API + "/tea"
ALLOW = "Access-Control-Allow-Origin"
CREDENTIALS = "Access-Control-Allow-Credentials"

# The answer's headers, the credentials mode → readable, and a word of the reason
READABLE = {
    "CORS check: no header": ([], "omit", False, "no Access-Control-Allow-Origin"),
    "CORS check: the asking origin": ([(ALLOW, SHOP)], "omit", True, f"names {SHOP}"),
    "CORS check: everybody": ([(ALLOW, "*")], "omit", True, "everybody"),
    "CORS check: everybody, same-origin credentials": ([(ALLOW, "*")], "same-origin", True, "everybody"),
    "CORS check: everybody does not count with credentials": (
        [(ALLOW, "*"), (CREDENTIALS, "true")],
        "include",
        False,
        "does not count",
    ),
    "CORS check: the origin with credentials": ([(ALLOW, SHOP), (CREDENTIALS, "true")], "include", True, "names"),
    "CORS check: the origin without permission for credentials": ([(ALLOW, SHOP)], "include", False, CREDENTIALS),
    "CORS check: true is written small": ([(ALLOW, SHOP), (CREDENTIALS, "True")], "include", False, CREDENTIALS),
    "CORS check: another origin": ([(ALLOW, MALLORY)], "omit", False, f"is {MALLORY}"),
    "CORS check: another port": ([(ALLOW, "http://shop.localhost:9000")], "omit", False, "is asking"),
    "CORS check: another scheme": ([(ALLOW, "https://shop.localhost:8000")], "omit", False, "is asking"),
    "CORS check: a slash at the end is no origin": ([(ALLOW, SHOP + "/")], "omit", False, "is asking"),
    "CORS check: upper case is another origin": ([(ALLOW, SHOP.upper())], "omit", False, "is asking"),
    "CORS check: a list of origins": ([(ALLOW, f"{SHOP}, {MALLORY}")], "omit", False, "one origin only"),
    "CORS check: two headers": ([(ALLOW, SHOP), (ALLOW, SHOP)], "omit", False, "one origin only"),
    "CORS check: null is not this origin": ([(ALLOW, "null")], "omit", False, "is null"),
    "CORS check: an empty value": ([(ALLOW, "")], "omit", False, "is asking"),
}


@pytest.mark.parametrize(("headers", "credentials", "readable", "word"), READABLE.values(), ids=READABLE)
def test_readable(headers: list[tuple[str, str]], credentials: Any, readable: bool, word: str) -> None:
    alice, sites = browser({TEA: text("oolong", *headers)})

    answer = alice.fetch(TEA, from_=SHOP, credentials=credentials)

    assert answer.readable is readable
    assert answer.text == ("oolong" if readable else "")
    assert answer.type == ("cors" if readable else "error")
    assert word in answer.reason
    assert len(sites.asked) == 1, "the request arrives, readable or not"


KINDS = {
    "main fetch: the own origin is basic": (SHOP + "/me", "cors", "basic", 200),
    "main fetch: another port is another origin": ("http://shop.localhost:9000/me", "cors", "error", 0),
    "main fetch: no-cors to the own origin is basic": (SHOP + "/me", "no-cors", "basic", 200),
    "main fetch: no-cors to another origin is opaque": (TEA, "no-cors", "opaque", 0),
    "main fetch: same-origin stays at home": (SHOP + "/me", "same-origin", "basic", 200),
    "main fetch: same-origin to another origin is an error": (TEA, "same-origin", "error", 0),
}


@pytest.mark.parametrize(("url", "mode", "kind", "status"), KINDS.values(), ids=KINDS)
def test_kind(url: str, mode: Any, kind: str, status: int) -> None:
    alice, _ = browser()

    answer = alice.fetch(url, from_=SHOP, mode=mode)

    assert (answer.type, answer.status) == (kind, status)
    assert answer.reason.startswith({"basic": "readable, ", "opaque": "not readable, ", "error": "blocked, "}[kind])


def test_nothing_is_sent_that_mode_same_origin_forbids() -> None:
    alice, sites = browser()

    assert alice.fetch(TEA, from_=SHOP, mode="same-origin").exchange is None
    assert sites.asked == []


def test_an_opaque_origin_may_be_allowed_by_name() -> None:
    """CORS check: an origin that is "null" matches the value `null`, which is why sites never allow it."""
    alice, _ = browser({TEA: text("oolong", (ALLOW, "null"), (CREDENTIALS, "true"))})

    assert alice.fetch(TEA, from_="null", credentials="include").text == "oolong"


def test_a_blocked_answer_has_still_arrived() -> None:
    alice, _ = browser({TEA: text("oolong", status=201)})

    answer = alice.fetch(TEA, from_=MALLORY, method="POST", body="x=1")

    assert (answer.status, answer.text, len(answer.headers)) == (0, "", 0)
    assert answer.exchange.status == 201
    assert "did arrive and was answered with 201" in answer.reason


def test_what_cannot_be_read_says_so() -> None:
    alice, _ = browser({TEA: text("{}")})

    with pytest.raises(ValueError, match="nothing to read: blocked, because"):
        alice.fetch(TEA, from_=SHOP).json()


LONG = "x" * 129
# Method, headers → does the browser ask first, and why
PREFLIGHTS = {
    "CORS-safelisted method: GET": ("GET", {}, None),
    "CORS-safelisted method: HEAD": ("HEAD", {}, None),
    "CORS-safelisted method: POST": ("POST", {}, None),
    "normalize a method: post": ("post", {}, None),
    "method: PUT": ("PUT", {}, "PUT is no method"),
    "method: DELETE": ("DELETE", {}, "DELETE is no method"),
    "method: PATCH": ("PATCH", {}, "PATCH is no method"),
    "normalize a method: put": ("put", {}, "PUT is no method"),
    "normalize a method: patch stays small": ("patch", {}, "patch is no method"),
    "content-type: form": ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, None),
    "content-type: multipart": ("POST", {"Content-Type": "multipart/form-data; boundary=x"}, None),
    "content-type: text/plain": ("POST", {"Content-Type": "text/plain"}, None),
    "content-type: text/plain with a charset": ("POST", {"Content-Type": "Text/Plain;charset=UTF-8"}, None),
    "content-type: JSON": ("POST", {"Content-Type": "application/json"}, "application/json is no type"),
    "content-type: JSON in disguise": ("POST", {"Content-Type": "application/json; text/plain"}, "is no type"),
    "content-type: an unsafe byte": ("POST", {"Content-Type": 'text/plain; x="y"'}, "is no type"),
    "content-type: 129 bytes": ("POST", {"Content-Type": "text/plain; x=" + LONG}, "is no type"),
    "header: Accept": ("GET", {"Accept": "text/html"}, None),
    "header: Accept with an unsafe byte": ("GET", {"Accept": "text/html(1)"}, "header accept"),
    "header: Accept of 128 bytes": ("GET", {"Accept": "x" * 128}, None),
    "header: Accept of 129 bytes": ("GET", {"Accept": LONG}, "header accept"),
    "header: Accept-Language": ("GET", {"Accept-Language": "de, en;q=0.5"}, None),
    "header: Accept-Language with another sign": ("GET", {"Accept-Language": "de_DE"}, "header accept-language"),
    "header: Content-Language": ("GET", {"Content-Language": "de"}, None),
    "header: a simple Range": ("GET", {"Range": "bytes=0-99"}, None),
    "header: a Range from the end": ("GET", {"Range": "bytes=-99"}, "header range"),
    "header: Authorization": ("GET", {"Authorization": "Bearer x"}, "header authorization"),
    "header: one of the site's own": ("GET", {"X-CSRF-Token": "x"}, "header x-csrf-token"),
}


@pytest.mark.parametrize(("method", "headers", "why"), PREFLIGHTS.values(), ids=PREFLIGHTS)
def test_preflight(method: str, headers: dict[str, str], why: str | None) -> None:
    alice, sites = browser({f"OPTIONS {TEA}": text(status=204)})

    answer = alice.fetch(TEA, from_=SHOP, method=method, headers=headers)

    reason = cors.needs_preflight(cors.method_name(method), list(headers.items()))
    assert (answer.preflight is not None) is (why is not None)
    assert (sites.asked[0].method == "OPTIONS") is (why is not None)
    assert reason is None if why is None else why in reason


def test_many_simple_headers_together_are_unsafe() -> None:
    """CORS-unsafe request-header names: more than 1024 bytes of simple values need permission too."""
    long = "a" * 128
    names = ["Accept", "Accept-Language", "Content-Language"]
    headers = [(name, long) for name in names * 3]

    assert cors.unsafe_headers(headers[:8]) == []
    assert cors.unsafe_headers(headers) == ["accept", "accept-language", "content-language"]


def test_the_own_origin_is_never_asked() -> None:
    alice, sites = browser()

    assert alice.fetch(SHOP + "/me", from_=SHOP, method="DELETE", headers={"X-Tea": "1"}).preflight is None
    assert [each.method for each in sites.asked] == ["DELETE"]


def test_what_a_preflight_says() -> None:
    """CORS-preflight fetch: no cookie, no Authorization; method and header names, sorted, in lower case."""
    alice, sites = browser({TEA: text("", (ALLOW, SHOP))})
    alice.jar.receive("session=1; SameSite=None; Secure", API)

    alice.fetch(TEA, from_=SHOP, method="PUT", headers={"X-Tea": "1", "Authorization": "x"}, credentials="include")

    asked = sites.asked[0]
    assert (asked.method, asked.body) == ("OPTIONS", b"")
    assert header(asked, "Origin") == SHOP
    assert header(asked, "Access-Control-Request-Method") == "PUT"
    assert header(asked, "Access-Control-Request-Headers") == "authorization,x-tea"
    assert [header(asked, name) for name in ("Cookie", "Authorization", "X-Tea")] == [None, None, None]
    assert [each.sent for each in alice.history[0].cookies_sent] == [False]


METHODS = "Access-Control-Allow-Methods"
HEADERS = "Access-Control-Allow-Headers"
BOTH = [(ALLOW, SHOP), (CREDENTIALS, "true")]
# The preflight's answer, the request → None if the two fit, else a word of why not
ANSWERS = {
    "method named": ([(ALLOW, SHOP), (METHODS, "PUT")], 204, "PUT", {}, "omit", None),
    "method among others": ([(ALLOW, SHOP), (METHODS, "GET,PUT , DELETE")], 204, "PUT", {}, "omit", None),
    "method not named": ([(ALLOW, SHOP), (METHODS, "GET")], 204, "PUT", {}, "omit", METHODS),
    "no methods at all": ([(ALLOW, SHOP)], 204, "PUT", {}, "omit", METHODS),
    "a method's case counts": ([(ALLOW, SHOP), (METHODS, "PATCH")], 204, "patch", {}, "omit", METHODS),
    "star for methods": ([(ALLOW, SHOP), (METHODS, "*")], 204, "PUT", {}, "omit", None),
    "star is no method with credentials": ([*BOTH, (METHODS, "*")], 204, "PUT", {}, "include", METHODS),
    "a simple method need not be named": (
        [(ALLOW, SHOP), (HEADERS, "x-tea")],
        204,
        "POST",
        {"X-Tea": "1"},
        "omit",
        None,
    ),
    "header named, in any case": ([(ALLOW, SHOP), (HEADERS, "X-TEA")], 204, "GET", {"x-tea": "1"}, "omit", None),
    "header not named": ([(ALLOW, SHOP), (HEADERS, "x-cup")], 204, "GET", {"X-Tea": "1"}, "omit", HEADERS),
    "JSON needs content-type": (
        [(ALLOW, SHOP)],
        204,
        "POST",
        {"Content-Type": "application/json"},
        "omit",
        "content-type",
    ),
    "star for headers": ([(ALLOW, SHOP), (HEADERS, "*")], 204, "GET", {"X-Tea": "1"}, "omit", None),
    "star is no header with credentials": ([*BOTH, (HEADERS, "*")], 204, "GET", {"X-Tea": "1"}, "include", HEADERS),
    "star does not cover Authorization": (
        [(ALLOW, SHOP), (HEADERS, "*")],
        204,
        "GET",
        {"Authorization": "x"},
        "omit",
        "authorization",
    ),
    "status 200": ([(ALLOW, SHOP), (METHODS, "PUT")], 200, "PUT", {}, "omit", None),
    "status 299": ([(ALLOW, SHOP), (METHODS, "PUT")], 299, "PUT", {}, "omit", None),
    "status 302": ([(ALLOW, SHOP), (METHODS, "PUT"), ("Location", "/x")], 302, "PUT", {}, "omit", "answered with 302"),
    "status 401": ([(ALLOW, SHOP), (METHODS, "PUT")], 401, "PUT", {}, "omit", "answered with 401"),
    "status 500": ([(ALLOW, SHOP), (METHODS, "PUT")], 500, "PUT", {}, "omit", "answered with 500"),
    "another origin": ([(ALLOW, MALLORY), (METHODS, "PUT")], 204, "PUT", {}, "omit", f"is {MALLORY}"),
    "no origin": ([(METHODS, "PUT")], 204, "PUT", {}, "omit", "no Access-Control-Allow-Origin"),
    "credentials agreed": ([*BOTH, (METHODS, "PUT")], 204, "PUT", {}, "include", None),
    "credentials not agreed": ([(ALLOW, SHOP), (METHODS, "PUT")], 204, "PUT", {}, "include", CREDENTIALS),
}


@pytest.mark.parametrize(("headers", "status", "method", "asking", "credentials", "why"), ANSWERS.values(), ids=ANSWERS)
def test_the_answer_to_a_preflight(
    headers: Any, status: int, method: str, asking: dict[str, str], credentials: Any, why: str | None
) -> None:
    """CORS-preflight fetch: what agrees, and what does not; without agreement nothing more is sent."""
    alice, sites = browser({f"OPTIONS {TEA}": text("", *headers, status=status), TEA: text("oolong", *BOTH)})

    answer = alice.fetch(TEA, from_=SHOP, method=method, headers=asking, credentials=credentials)

    assert answer.readable is (why is None)
    assert len(sites.asked) == (2 if why is None else 1)
    assert answer.preflight.status == status
    if why is not None:
        assert why in answer.reason
        assert "preflight" in answer.reason


def agreeing(*more: tuple[str, str]) -> dict[str, Any]:
    """Return an API that agrees to everything that Alice's page asks in these tests."""
    permissions = [*BOTH, (METHODS, "PUT, DELETE"), (HEADERS, "x-tea"), *more]
    return {f"OPTIONS {TEA}": text("", *permissions, status=204), TEA: text("oolong", *BOTH)}


AGE = "Access-Control-Max-Age"
CACHED = {
    "4.99 seconds, no max-age": ((), 4.99, True),
    "5 seconds, no max-age": ((), 5, False),
    "one second less than max-age": (((AGE, "60"),), 59, True),
    "max-age is over": (((AGE, "60"),), 60, False),
    "max-age 0": (((AGE, "0"),), 0, False),
    "max-age that is no number counts as 5": (((AGE, "soon"),), 4, True),
    "Chromium's cap: two hours": (((AGE, "86400"),), 7199, True),
    "after Chromium's cap": (((AGE, "86400"),), 7200, False),
}


@pytest.mark.parametrize(("more", "later", "remembered"), CACHED.values(), ids=CACHED)
def test_how_long_a_preflight_holds(more: Any, later: float, remembered: bool) -> None:
    """CORS-preflight cache: "max-age"."""
    now = Time()
    alice, _ = browser(agreeing(*more), now)
    alice.fetch(TEA, from_=SHOP, method="PUT")

    now.at = NOON + later

    assert (alice.fetch(TEA, from_=SHOP, method="PUT").preflight is None) is remembered


SECOND = {
    "the same request": ({"method": "PUT"}, True),
    "another permitted method": ({"method": "DELETE"}, True),
    "a permitted header": ({"method": "PUT", "headers": {"X-Tea": "1"}}, True),
    "a header that was not named": ({"method": "PUT", "headers": {"X-Cup": "1"}}, False),
    "another origin": ({"method": "PUT", "from_": IDP}, False),
    "another address": ({"method": "PUT", "url": TEA + "?cup=1"}, False),
    "with credentials": ({"method": "PUT", "credentials": "include"}, False),
}


@pytest.mark.parametrize(("second", "remembered"), SECOND.values(), ids=SECOND)
def test_for_what_a_preflight_holds(second: dict[str, Any], remembered: bool) -> None:
    """CORS-preflight cache: "cache entry match" goes by origin, address, credentials, and method or header."""
    alice, _ = browser(agreeing())
    alice.fetch(TEA, from_=SHOP, method="PUT")

    answer = alice.fetch(**{"url": TEA, "from_": SHOP, **second})

    assert (answer.preflight is None) is remembered


def test_what_was_agreed_with_credentials_holds_without() -> None:
    """CORS-preflight cache, "cache entry match": the entry's credentials are true, or both are false."""
    alice, _ = browser(agreeing())
    alice.fetch(TEA, from_=SHOP, method="PUT", credentials="include")

    assert alice.fetch(TEA, from_=SHOP, method="PUT").preflight is None


EXPOSED = {
    "safelisted headers only": ((), "omit", {"Content-Type", "Cache-Control"}),
    "one that is exposed": (
        (("Access-Control-Expose-Headers", "x-tea"),),
        "omit",
        {"Content-Type", "Cache-Control", "X-Tea"},
    ),
    "star": ((("Access-Control-Expose-Headers", "*"),), "omit", {"Content-Type", "Cache-Control", "X-Tea", "X-Cup"}),
    "star with credentials": ((("Access-Control-Expose-Headers", "*"),), "include", {"Content-Type", "Cache-Control"}),
    "Set-Cookie is never exposed": (
        (("Access-Control-Expose-Headers", "set-cookie"), ("Set-Cookie", "a=b")),
        "omit",
        {"Content-Type", "Cache-Control"},
    ),
}


@pytest.mark.parametrize(("more", "credentials", "seen"), EXPOSED.values(), ids=EXPOSED)
def test_exposed_headers(more: Any, credentials: Any, seen: set[str]) -> None:
    """CORS filtered response."""
    plain = [("Cache-Control", "no-store"), ("X-Tea", "oolong"), ("X-Cup", "1")]
    origin = BOTH if credentials == "include" else [(ALLOW, "*")]
    alice, _ = browser({TEA: text("", *plain, *origin, *more)})

    headers = alice.fetch(TEA, from_=SHOP, credentials=credentials).headers

    shown = {name for name, _ in headers if not name.startswith("Access-Control-")}
    assert shown == seen


def test_own_headers_are_read_but_for_set_cookie() -> None:
    """Basic filtered response."""
    alice, _ = browser({SHOP + "/me": text("", ("X-Tea", "1"), ("Set-Cookie", "a=b"))})

    assert [name for name, _ in alice.fetch(SHOP + "/me", from_=SHOP).headers] == ["Content-Type", "X-Tea"]


SENT_BY_SCRIPT = {
    "Request class: Cookie": ({"Cookie": "a=b"}, "cors", ["Cookie"]),
    "Request class: Origin and Host": ({"Origin": MALLORY, "Host": "x"}, "cors", ["Origin", "Host"]),
    "Request class: Referer": ({"Referer": MALLORY}, "cors", ["Referer"]),
    "Request class: Sec- and Proxy-": (
        {"Sec-Fetch-Site": "none", "Proxy-X": "x"},
        "cors",
        ["Sec-Fetch-Site", "Proxy-X"],
    ),
    "Request class: the site's own header stays": ({"X-Tea": "1"}, "cors", []),
    "no-cors guard: the site's own header": ({"X-Tea": "1", "Accept": "text/html"}, "no-cors", ["X-Tea"]),
    "no-cors guard: JSON": ({"Content-Type": "application/json"}, "no-cors", ["Content-Type"]),
    "no-cors guard: text/plain stays": ({"Content-Type": "text/plain"}, "no-cors", []),
}


@pytest.mark.parametrize(("headers", "mode", "dropped"), SENT_BY_SCRIPT.values(), ids=SENT_BY_SCRIPT)
def test_headers_that_script_cannot_set(headers: dict[str, str], mode: Any, dropped: list[str]) -> None:
    alice, sites = browser()

    answer = alice.fetch(SHOP + "/me", from_=SHOP, mode=mode, method="POST", headers=headers)

    assert [sentence.split()[0] for sentence in answer.dropped] == dropped
    for name, value in headers.items():
        assert (header(sites.last, name) == value) is (name not in dropped)


UNFIT = {
    "Request class: no-cors with PUT": ({"mode": "no-cors", "method": "PUT"}, "GET, HEAD and POST only"),
    "Request class: forbidden method": ({"method": "TRACE"}, "may not use the method TRACE"),
    "Request class: GET with a body": ({"body": "x"}, "has no body"),
}


@pytest.mark.parametrize(("asking", "why"), UNFIT.values(), ids=UNFIT)
def test_requests_that_script_cannot_make(asking: dict[str, Any], why: str) -> None:
    alice, sites = browser()

    answer = alice.fetch(SHOP + "/me", from_=SHOP, **asking)

    assert (answer.type, sites.asked) == ("error", [])
    assert why in answer.reason


BODIES = {
    "a string": ({"body": "tea=1"}, b"tea=1", "text/plain;charset=UTF-8"),
    "a dict, as URLSearchParams": (
        {"body": {"tea": "a b"}},
        b"tea=a+b",
        "application/x-www-form-urlencoded;charset=UTF-8",
    ),
    "bytes": ({"body": b"\x00"}, b"\x00", None),
    "JSON": ({"json": {"tea": 1}}, b'{"tea": 1}', "application/json"),
    "JSON without CORS is plain text": ({"json": {}, "mode": "no-cors"}, b"{}", "text/plain;charset=UTF-8"),
    "a type of one's own": ({"body": "{}", "headers": {"content-type": "text/plain"}}, b"{}", "text/plain"),
}


@pytest.mark.parametrize(("asking", "body", "kind"), BODIES.values(), ids=BODIES)
def test_bodies(asking: dict[str, Any], body: bytes, kind: str | None) -> None:
    """Fetch, "extract a body"."""
    alice, sites = browser()

    alice.fetch(SHOP + "/me", from_=SHOP, method="POST", **asking)

    assert (sites.last.body, header(sites.last, "Content-Type")) == (body, kind)
    assert header(sites.last, "Content-Length") == str(len(body))


def echo_origin(request: Request) -> RawResponse:
    """Allow whoever asks, as careless sites do."""
    return text("oolong", (ALLOW, header(request, "Origin") or "-"), (CREDENTIALS, "true"))


ALLOWED = (ALLOW, SHOP)
# The sites' answers; fetched from the shop → type, the last Origin, a word of the reason
REDIRECTED = {
    "HTTP-redirect fetch: own origin to another": (
        {SHOP + "/a": to(TEA), TEA: text("oolong", ALLOWED)},
        ("cors", SHOP, "names"),
    ),
    "HTTP-redirect fetch: own origin to a stranger that does not allow": (
        {SHOP + "/a": to(TEA), TEA: text("oolong")},
        ("error", SHOP, "no Access-Control-Allow-Origin"),
    ),
    "redirect-taint: a stranger to another stranger makes null": (
        {SHOP + "/a": to(API + "/b"), API + "/b": to(IDP + "/c", ALLOWED), IDP + "/c": text("oolong", ALLOWED)},
        ("error", "null", "null is asking"),
    ),
    "redirect-taint: who allows null shows it": (
        {SHOP + "/a": to(API + "/b"), API + "/b": to(IDP + "/c", ALLOWED), IDP + "/c": text("oolong", (ALLOW, "null"))},
        ("cors", "null", "names null"),
    ),
    "redirect-taint: back home over a stranger is null too": (
        {SHOP + "/a": to(API + "/b"), API + "/b": to(SHOP + "/c", ALLOWED), SHOP + "/c": text("oolong")},
        ("error", "null", "no Access-Control-Allow-Origin"),
    ),
    "CORS check: the redirect itself has to allow": (
        {SHOP + "/a": to(API + "/b"), API + "/b": to(API + "/c"), API + "/c": text("oolong", ALLOWED)},
        ("error", SHOP, "answered with 302"),
    ),
    "HTTP-redirect fetch: no user name in a CORS redirect": (
        {SHOP + "/a": to("http://user@api.shop.localhost:8000/tea")},
        ("error", None, "user name and password"),
    ),
    "HTTP-redirect fetch: no other scheme": (
        {SHOP + "/a": to("data:text/plain,oolong")},
        ("error", None, "http and https only"),
    ),
}


@pytest.mark.parametrize(("answers", "expected"), REDIRECTED.values(), ids=REDIRECTED)
def test_redirects(answers: Any, expected: tuple[str, str | None, str]) -> None:
    alice, sites = browser(answers)

    answer = alice.fetch(SHOP + "/a", from_=SHOP)

    assert (answer.type, header(sites.last, "Origin")) == expected[:2]
    assert expected[2] in answer.reason


def test_mode_same_origin_follows_no_redirect_away() -> None:
    alice, sites = browser({SHOP + "/a": to(TEA)})

    assert alice.fetch(SHOP + "/a", from_=SHOP, mode="same-origin").type == "error"
    assert len(sites.asked) == 1


def test_authorization_stays_with_its_origin() -> None:
    """HTTP-redirect fetch: "CORS non-wildcard request-header name" headers go when the origin changes."""
    alice, sites = browser({SHOP + "/a": to(SHOP + "/b"), SHOP + "/b": to(TEA), TEA: text("", ALLOWED)})

    alice.fetch(SHOP + "/a", from_=SHOP, headers={"Authorization": "Bearer x"})

    assert [header(each, "Authorization") for each in sites.asked] == ["Bearer x", "Bearer x", None]


def test_credentials_same_origin_end_at_the_first_stranger() -> None:
    """HTTP-network-or-cache fetch: includeCredentials needs response tainting "basic", on the way back home too."""
    alice, sites = browser(
        {SHOP + "/a": to(API + "/b"), API + "/b": to(SHOP + "/c", (ALLOW, SHOP)), SHOP + "/c": echo_origin}
    )
    alice.jar.receive("session=1", SHOP)

    alice.fetch(SHOP + "/a", from_=SHOP)

    assert [header(each, "Cookie") for each in sites.asked] == ["session=1", None, None]


CREDENTIAL_MODES = {
    "omit, own origin": ("omit", SHOP + "/me", None),
    "same-origin, own origin": ("same-origin", SHOP + "/me", "session=1"),
    "include, own origin": ("include", SHOP + "/me", "session=1"),
    "omit, another origin": ("omit", TEA, None),
    "same-origin, another origin": ("same-origin", TEA, None),
    "include, another origin": ("include", TEA, "session=1"),
}


@pytest.mark.parametrize(("credentials", "url", "cookie"), CREDENTIAL_MODES.values(), ids=CREDENTIAL_MODES)
def test_credentials(credentials: Any, url: str, cookie: str | None) -> None:
    """HTTP-network-or-cache fetch: what "includeCredentials" sends it also takes; what it omits it refuses."""
    alice, sites = browser({url: text("", *BOTH, ("Set-Cookie", "tea=1"))})
    alice.jar.receive("session=1; Domain=shop.localhost", SHOP)

    answer = alice.fetch(url, from_=SHOP, credentials=credentials)

    assert header(sites.last, "Cookie") == cookie
    assert [each.sent for each in answer.exchange.cookies_sent] == [cookie is not None]
    assert [each.stored for each in answer.exchange.cookies_set] == [cookie is not None]
    assert "credentials" in alice.why("tea") or cookie


def test_script_has_its_modes() -> None:
    alice, _ = browser()

    with pytest.raises(BrowserError, match="Script cannot use mode 'navigate'"):
        alice.fetch(SHOP, mode="navigate", from_=SHOP)
    with pytest.raises(BrowserError, match="Credentials are omit"):
        alice.fetch(SHOP, credentials="always", from_=SHOP)
