"""TokenInspector by its traits: what it shows, what somebody does to a token, and that no key leaves the kernel."""

import json
import re
from datetime import UTC, datetime

import pytest

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.response import Response
from labsrv.kit.clock import Clock
from labsrv.kit.http.transport import RawResponse
from labsrv.kit.tokens.compact import encode, read_unverified
from labsrv.widgets.tokens.inspector import TokenInspector, as_bearer
from tests.kit.tokens.made_tokens import BEYOND, CLAIMS, NOW, SECRET, jwk, made, private_key, raw
from tests.kit.tokens.states import STATES, UNCHECKED

API = "http://api.shop.localhost:8000/pay"


@pytest.fixture(autouse=True)
def time_of_the_tests():
    """Move to the moment that the tokens were made for, and back."""
    clock = Clock()
    clock.move_to(datetime.fromtimestamp(NOW, UTC))
    yield clock
    clock.reset()


@pytest.fixture
def inspect():
    """Return a function that makes inspectors, and close them afterwards."""
    views = []

    def make(token="", **options):
        views.append(TokenInspector(token, **options))
        return views[-1]

    yield make
    for view in views:
        view.close()


def wish(view, **what):
    view.wished(None, what, None)


def state(view):
    """Return the state that the front end shows now."""
    return [each for since, each in view.shown["verdicts"] if since is None or since <= NOW][-1]["state"]


def everything(view):
    """Return all that the front end gets, as text."""
    return json.dumps(view.get_state(), default=str)


# What it shows -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("token", "keys", "expected", "said"), STATES.values(), ids=STATES)
def test_it_says_what_the_verdict_says(inspect, token, keys, expected, said):
    view = inspect(token, keys=keys)

    assert (state(view), view.verdict.state) == (expected, expected)


@pytest.mark.parametrize(("token", "keys", "expected", "said"), UNCHECKED.values(), ids=UNCHECKED)
def test_it_never_says_valid_where_no_signature_was_checked(inspect, token, keys, expected, said):
    """Not in the verdict, not in a meaning, not on a button: nowhere in what is shown."""
    view = inspect(token, keys=keys)
    seen = {name: getattr(view, name) for name in ("title", "shown", "told", "answer", "said")}

    assert "valid" not in json.dumps(seen).lower()
    assert "valid" not in view.as_text().lower()


def test_the_words_on_the_view_itself_do_not_say_valid():
    """The script's own words: what stands in quotes, but for the name of the state and its sign."""
    texts = re.findall(r"[\"`]([^\"`\n]*)[\"`]", TokenInspector._esm)

    assert len(texts) > 100
    assert not [text for text in texts if "valid" in text.lower()]


def test_the_three_parts_are_decoded_with_meanings(inspect):
    view = inspect(made(kid="one"), keys=SECRET)
    header, claims, signature = (view.shown["parts"][name] for name in ("header", "claims", "signature"))

    assert header["text"] == '{\n  "alg": "HS256",\n  "typ": "JWT",\n  "kid": "one"\n}'
    assert [word[0] for word in header["words"]] == ["alg", "typ", "kid"]
    assert [word[3] for word in claims["words"]] == ["RFC 7519, 4.1.1", "RFC 7519, 4.1.2", "RFC 7519, 4.1.4"]
    assert claims["words"][2][5] == NOW + 900
    assert ".".join(part["segment"] for part in (header, claims, signature)) == view.token


def test_it_follows_the_labs_clock(inspect, time_of_the_tests):
    view = inspect(made(), keys=SECRET)
    told = view.told
    assert view.verdict.state == "valid" and "in 14 min" in view.as_text()

    time_of_the_tests.advance(minutes=16)
    assert view.verdict.state == "expired" and "min" in view.as_text()
    assert 959 < view.told["time"] - told["time"] < 962 and view.told["count"] > told["count"]
    # The front end has known all along what comes when.
    assert [(since, each["state"]) for since, each in view.shown["verdicts"]] == [
        (None, "valid"),
        (NOW + 900, "expired"),
    ]


def test_as_text_tells_it_all(inspect):
    text = inspect(made(kid="one"), keys=SECRET).as_text()

    assert text.startswith("Token, ") and "Valid: The signature is that of the key given (secret, 40 bytes)" in text
    assert "kid: one. The name of the key" in text and "(RFC 7519, 4.1.4)" in text and "UTC, in " in text


def test_the_same_again_sends_nothing(inspect):
    view = inspect(made(), keys=SECRET)
    changes = []
    view.observe(changes.append, ["shown", "answer", "said", "told"])
    view.look()
    view.token = made()
    wish(view, do="key", text="")
    wish(view, do="edit", part="claims", text=json.dumps(CLAIMS))
    changes = [each for each in changes if each["new"] != each["old"]]

    # Only the text that somebody typed, with their own spaces.
    assert [each["name"] for each in changes] == ["shown"]
    assert view.token == made()


# What one does to it -------------------------------------------------------------------------------------------------


def test_claims_are_edited_and_the_signature_does_not_fit_any_more(inspect):
    view = inspect(made(), keys=SECRET)
    text = '{\n  "sub": "bob" }'
    wish(view, do="edit", part="claims", text=text)

    assert read_unverified(view.token).claims.text == '{"sub":"bob"}'
    assert view.shown["parts"]["claims"]["text"] == text, "what somebody types stays as they typed it"
    assert state(view) == "broken" and "The claims changed here" in view.shown["verdicts"][0][1]["hints"][0]
    assert [view.shown["parts"][name]["edited"] for name in ("header", "claims")] == [False, True]

    wish(view, do="back")
    assert view.token == made() and state(view) == "valid"


def test_what_code_sets_is_what_edits_are_undone_to(inspect):
    view = inspect(made(), keys=SECRET)
    view.token = made({"sub": "bob"})
    assert view.shown["edited"] is False

    wish(view, do="edit", part="claims", text="{}")
    wish(view, do="back")
    assert view.token == made({"sub": "bob"})


def test_the_encoded_side_is_edited(inspect):
    view = inspect(made(), keys=SECRET)
    wish(view, do="segment", part="claims", text=encode(b'{"sub":"bob"}') + "\n")

    assert json.loads(view.shown["parts"]["claims"]["text"]) == {"sub": "bob"}
    assert view.token.split(".")[::2] == made().split(".")[::2]


def test_a_whole_token_is_pasted_anywhere(inspect):
    view = inspect(made(), keys=SECRET)
    wish(view, do="segment", part="header", text=f"Bearer {made({'sub': 'bob'})} ")
    assert view.token == made({"sub": "bob"}) and state(view) == "valid"

    wish(view, do="paste", text=f"  {made()}\n")
    assert view.token == made()


def test_spaces_alone_change_nothing(inspect):
    """RFC 7515, A.1: a header with line breaks in it has to stay as it came."""
    token = raw('{"typ":"JWT",\r\n "alg":"HS256"}', "{}")
    view = inspect(token)
    wish(view, do="edit", part="header", text='{ "typ" : "JWT", "alg" : "HS256" }')

    assert view.token == token


def test_what_is_no_json_is_encoded_as_it_is(inspect):
    view = inspect(made(), keys=SECRET)
    wish(view, do="edit", part="claims", text='{"sub": "bo')

    assert read_unverified(view.token).claims.text == '{"sub": "bo'
    assert "no JSON" in view.shown["parts"]["claims"]["fault"]


def test_members_named_twice_can_be_written(inspect):
    view = inspect(made(), keys=SECRET)
    wish(view, do="edit", part="claims", text='{"sub": "bob", "sub": "alice"}')

    assert read_unverified(view.token).claims.text == '{"sub":"bob","sub":"alice"}'
    assert view.shown["parts"]["claims"]["twice"] == ["sub"]


def test_a_key_is_typed_and_checks(inspect):
    view = inspect(made())
    assert state(view) == "unchecked"

    wish(view, do="key", text=SECRET.decode() + "\n")
    assert state(view) == "valid" and "the key typed in" in view.shown["verdicts"][0][1]["because"]

    wish(view, do="key", text="")
    assert state(view) == "unchecked" and view.shown["keys"]["names"] == []


def test_it_is_signed_again(inspect):
    view = inspect(made(alg="RS256", kid="one"), keys={"keys": [jwk()]})
    wish(view, do="edit", part="claims", text='{"sub":"bob"}')

    wish(view, do="sign", alg="none", key=-1)
    assert state(view) == "unsigned" and view.token.endswith(".")

    wish(view, do="sign", alg="HS256", key=0)
    assert state(view) == "refused" and "HMAC" in view.shown["verdicts"][0][1]["because"]

    wish(view, do="sign", alg="RS256", key=-1)
    assert state(view) == "broken" and "new key made here" in view.shown["verdicts"][0][1]["hints"][0]

    wish(view, do="sign", alg="RS256", key=0)
    assert state(view) == "broken" and "signs nothing with RS256" in view.said


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"])
def test_with_the_issuers_key_it_is_valid_again(inspect, alg):
    kinds = {"HS": SECRET * 2, "RS": private_key("RSA"), "PS": private_key("RSA"), "ES": private_key("EC")}
    view = inspect(made(alg="none"), keys=kinds.get(alg[:2], private_key("OKP")))
    wish(view, do="edit", part="claims", text=json.dumps(CLAIMS | {"sub": "bob"}))
    wish(view, do="sign", alg=alg, key=0)

    assert state(view) == "valid" and view.said == ""
    assert view.shown["keys"]["signing"][alg][0][0] == 0


def test_keys_stay_in_the_kernel(inspect):
    view = inspect(made(), keys=[SECRET, private_key("RSA")])
    wish(view, do="key", text="a secret that was typed")
    wish(view, do="sign", alg="HS256", key=-1)

    made_here = view.made.usable[0].material
    assert not [each for each in (SECRET.decode(), "that was typed", "BEGIN") if each in everything(view)]
    assert made_here.hex() not in everything(view) and encode(made_here) not in everything(view)


def test_a_function_gives_the_keys_of_today(inspect):
    keys = [{"keys": [jwk("old")]}]
    view = inspect(made(alg="RS256", kid="new"), keys=lambda: keys[0])
    assert state(view) == "unchecked"

    keys[0] = {"keys": [jwk("new")]}
    view.look()
    assert state(view) == "valid"


# Sending -------------------------------------------------------------------------------------------------------------


class Api:
    """A transport that answers 401 to every token but one."""

    def __init__(self):
        self.heard = []

    def send(self, request, visit):
        self.heard.append(dict(request.headers).get("Authorization"))
        if self.heard[-1] == f"Bearer {made()}":
            return RawResponse(200, "OK", [("Content-Type", "application/json")], b'{"pay": 1}')
        challenge = ("WWW-Authenticate", 'Bearer error="invalid_token"')
        return RawResponse(401, "Unauthorized", [challenge, ("Content-Type", "text/plain")], BEYOND.encode())


def test_it_is_sent_and_the_answer_is_seen(inspect):
    api = Api()
    view = inspect(made(), keys=SECRET, send=as_bearer(Browser("alice", transport=api), API))
    wish(view, do="send")
    assert (view.answer["ok"], view.answer["body"]) == (True, '{"pay": 1}')
    assert view.answer["line"] == f"200 OK from GET {API}"

    wish(view, do="edit", part="claims", text='{"sub":"bob"}')
    assert view.answer["stale"] is True
    wish(view, do="send")
    assert (view.answer["ok"], view.answer["stale"]) == (False, False)
    assert view.answer["headers"] == [["WWW-Authenticate", 'Bearer error="invalid_token"']]
    assert r"\u202e" in view.answer["body"] and "\u202e" not in everything(view)
    assert api.heard == [f"Bearer {made()}", f"Bearer {view.token}"]


def failing(_):
    raise RuntimeError("the lab is not running")


ANSWERS = {
    "a text": (lambda token: f"{len(token)} letters", None, "It returned", f"{len(made())} letters"),
    "nothing": (lambda token: None, None, "It returned", "None"),
    "an exception": (failing, False, "RuntimeError: the lab is not running", None),
    "an address that is none": (
        as_bearer(Browser("alice", transport=Api()), "no address"),
        False,
        "BrowserError",
        None,
    ),
    "no answer": (
        lambda token: Response.error(API, "blocked, because it was", []),
        False,
        "Nothing was answered: blo",
        None,
    ),
}


@pytest.mark.parametrize(("send", "ok", "line", "body"), ANSWERS.values(), ids=ANSWERS)
def test_whatever_comes_of_it_is_shown(inspect, send, ok, line, body):
    view = inspect(made(), send=send)
    wish(view, do="send")

    assert view.answer["ok"] is ok and view.answer["line"].startswith(line)
    assert view.answer.get("body") == body


def test_without_a_way_to_send_nothing_is_sent(inspect):
    view = inspect(made())
    wish(view, do="send")

    assert view.can_send is False and view.answer == {}


# Hostile things ------------------------------------------------------------------------------------------------------

HOSTILE = {
    "a megabyte": "eyJ" * 300_000,
    "a part of 50,000 letters": raw('{"alg":"HS256"}', json.dumps({"a": "x" * 35_000})),
    "a thousand claims": made({f"claim {number}": BEYOND for number in range(700)}),
    "brackets in brackets": raw('{"alg":"HS256"}', "[" * 20_000),
    "marks that turn the text": made({BEYOND: BEYOND}, kid=BEYOND),
    "marks in its parts": f"{BEYOND}.\u202e.\ud800",
    "halves of pairs": made('{"sub":"\\ud800"}'),
    "bytes that are no text": raw(b"\xff\xfe", b"\x00\x01"),
    "names that mean something to JavaScript": made('{"__proto__":{"a":1},"constructor":1,"toString":2}'),
    "numbers beyond all": made('{"exp":1e999,"nbf":-1e999,"iat":' + "9" * 4000 + "}"),
}


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tokens_are_bounded_and_harmless(inspect, token):
    view = inspect(token, keys=SECRET)
    text = json.dumps(view.get_state(), ensure_ascii=False, allow_nan=False, default=str)

    assert len(text) < 60_000
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x7f\ud800-\udfff]", text)
    assert not re.search("[\u202a-\u202e\x00-\x08\ud800-\udfff]", view.as_text())


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tokens_can_be_worked_on(inspect, token):
    view = inspect(token, keys=SECRET)
    for what in (
        {"do": "sign", "alg": "HS256", "key": 0},
        {"do": "edit", "part": "claims", "text": '{"sub":"bob"}'},
        {"do": "segment", "part": "signature", "text": "AA"},
        {"do": "back"},
    ):
        wish(view, **what)

    assert view.token == token


NONSENSE = {
    "no dict": "send",
    "nothing": None,
    "an unknown verb": {"do": "eat"},
    "no verb": {},
    "a part that is none": {"do": "segment", "part": "tea", "text": "x"},
    "a signature as text": {"do": "edit", "part": "signature", "text": "x"},
    "a text that is none": {"do": "edit", "part": "claims", "text": ["x"]},
    "a key that is not there": {"do": "sign", "alg": "HS256", "key": 99},
    "a key below all": {"do": "sign", "alg": "HS256", "key": -7},
    "an algorithm that is none": {"do": "sign", "alg": ["HS256"], "key": 0},
    "an algorithm that nobody knows": {"do": "sign", "alg": "XY1", "key": -1},
}


@pytest.mark.parametrize("wished", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_changes_nothing(inspect, wished):
    view = inspect(made(), keys=SECRET)
    before = view.token, view.shown, view.answer
    view.wished(None, wished, None)

    assert (view.token, view.shown, view.answer) == before


def test_every_wish_is_answered_with_its_number(inspect, monkeypatch):
    view, sent = inspect(made()), []
    monkeypatch.setattr(view, "send", sent.append)
    wish(view, do="look", count=3)
    wish(view, do="sign", alg="XY1", key=-1, count=4)

    assert sent == [{"done": 3}, {"done": 4}]


def test_a_closed_view_hears_no_clock(inspect, time_of_the_tests):
    clock = Clock()
    view = inspect(made(), clock=clock)
    view.close()

    assert clock.listeners == []


def test_an_argument_that_it_does_not_know_is_named():
    with pytest.raises(
        TypeError, match="TokenInspector does not know key. It takes token, keys, clock, send, lifetime"
    ):
        TokenInspector("", key="tea")
