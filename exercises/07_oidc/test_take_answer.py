"""Take an answer for the login that it belongs to.

What `take_transaction` promises, by answers that come from elsewhere, too late, twice, or from somebody else; and
`browser_cookie`, by where the cookie goes. Requests at the same moment meet in the store, so that the race comes out
the same in every run.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest

from labsrv.grading import promise
from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.oidc.mallorys import plan
from labsrv.labs.oidc.moves import answer, go_as_far_as_the_answer, last_url, parameters, stopping_before
from labsrv.labs.oidc.people import account_of, door, is_logged_in, log_in, log_out, pass_the_provider

PLACE = 3
DECIDES = ("take_transaction", "browser_cookie")

PROVIDERS = ("social", "mallory", "idp")
MEANWHILE = {
    "has never been here": lambda alice, shop: None,
    "has begun a login of her own": lambda alice, shop: alice.navigate(shop.login),
    "is logged in": lambda alice, shop: log_in(alice, shop),
}

# What the row says in the place of the browser's fingerprint, where another one does not fit.
NEARLY = {
    "its first half": lambda known: known[:32],
    "its second half": lambda known: known[32:],
    "its first character": lambda known: known[0],
    "nothing": lambda known: "",
    "another first character": lambda known: ("b" if known[0] == "a" else "a") + known[1:],
    "another last character": lambda known: known[:-1] + ("b" if known[-1] == "a" else "a"),
    "one character more": lambda known: known + "0",
    "other letters": lambda known: known.upper() if known.upper() != known else "",
    "it backwards": lambda known: known[::-1],
}

# What is no login's state, though it looks like it. None leaves it out.
STATES = {
    "none": lambda state: None,
    "an empty one": lambda state: "",
    "another one": lambda state: "made-up-by-mallory",
    "in other letters": str.swapcase,
    "without its first character": lambda state: state[1:],
    "without its last character": lambda state: state[:-1],
    "its first half": lambda state: state[: len(state) // 2],
    "with another first character": lambda state: ("b" if state[0] == "a" else "a") + state[1:],
    "with another last character": lambda state: state[:-1] + ("b" if state[-1] == "a" else "a"),
    "with one character more": lambda state: state + "A",
    "with a blank behind it": lambda state: state + " ",
    "with a blank before it": lambda state: " " + state,
    "with a line break behind it": lambda state: state + "\n",
    "with a null behind it": lambda state: state + "\0",
    "twice": lambda state: state * 2,
    "backwards": lambda state: state[::-1],
    "a pattern": lambda state: ".*",
    "a filter": lambda state: '{"$ne": null}',
    "a very long one": lambda state: "x" * 3000,
}

# Who else an answer may name. None leaves it out.
ISSUERS = {
    "nobody": lambda own, other: None,
    "an empty name": lambda own, other: "",
    "another provider of the shop's": lambda own, other: other,
    "a provider that nobody knows": lambda own, other: "http://provider.example",
    "a slash more": lambda own, other: f"{own}/",
    "a path more": lambda own, other: f"{own}/tenant",
    "its beginning": lambda own, other: own[:-1],
    "its end": lambda own, other: own.partition("://")[2],
    "https in http's place": lambda own, other: own.replace("http:", "https:"),
    "capital letters": lambda own, other: own.upper(),
    "its scheme in capital letters": lambda own, other: own.replace("http", "HTTP"),
    "a blank behind it": lambda own, other: f"{own} ",
    "a line break behind it": lambda own, other: f"{own}\n",
    "a host that begins like it": lambda own, other: f"{own}.mallory.example",
    "it in somebody's query": lambda own, other: f"{other}/?{own}",
    "both": lambda own, other: f"{own} {other}",
    "None, in letters": lambda own, other: "None",
}

TOO_LATE = {
    "a second": timedelta(seconds=1),
    "a minute": timedelta(minutes=1),
    "an hour, to the minute": timedelta(hours=1),
    "a day, but for some minutes": timedelta(days=1, minutes=-5),
    "a day, to the minute": timedelta(days=1),
    "a week and some hours": timedelta(weeks=1, hours=5),
    "four weeks": timedelta(weeks=4),
    "a year": timedelta(days=365),
}

# After which of its operations on the table a request is held.
LATER_LOOKS = {"held after its first look": 1, "held after its second look": 2, "held after its third look": 3}
REFUSED, WRONG = "This login was begun elsewhere, or too long ago.", "You were not let in"


def begun(lab, browser, at="social"):
    """Begin a login and bring no answer back, even where nobody is asked for anything; return its row."""
    with stopping_before(browser, lab.shop.callback), suppress(BrowserError):
        browser.navigate(door(lab.shop, at))
    row = lab.db.transactions.find_one({"_id": parameters(last_url(lab, browser, "/authorize"))["state"]})
    assert row, "Somebody began a login, and its row is not there."
    return row


def bring(lab, browser, row, /, **changes):
    """Bring an answer that says no to a login, and tell whether the shop took it for one. None leaves a part out."""
    said = {"error": "access_denied", "state": row["_id"], "iss": row["iss"]} | changes
    sent = {name: value for name, value in said.items() if value is not None}
    page = browser.navigate(answer(lab, **sent), from_=lab.sites["mallory"].url)
    taken = page.sees(WRONG)
    assert taken or page.sees(REFUSED), f"An answer was answered with {page.status}: neither taken nor refused."
    return taken


def put(lab, row, **changes):
    """Put a login's row into the table, whatever became of it."""
    lab.db.transactions.delete_many({"_id": row["_id"]})
    lab.db.transactions.insert_one(row | changes)


def why_not(lab, browser):
    """Return what a browser says of the cookies that it did not bring along with the last answer."""
    back = [each for each in lab.traffic if each.who == browser.name and each.url.startswith(lab.shop.callback)]
    kept = [f"{each.cookie.name}: {each.reason}" for each in (back[-1].cookies_sent if back else ()) if not each.sent]
    set_here = [each for one in lab.traffic if one.who == browser.name for each in one.cookies_set]
    refused = [each.reason for each in set_here if not each.stored and not each.removed]
    return (
        f" Her browser did not send {kept[0]}" if kept else f" Of the cookie it says: {refused[0]}" if refused else ""
    )


def tabs(lab, of, many):
    """Return browsers that have the shop's cookies of somebody's: to the shop they are hers."""
    found = [lab.browser(f"tab-{number}") for number in range(1, many + 1)]
    for each in found:
        for kept in of.jar.cookies_for(lab.shop.url):
            each.jar.put(kept.cookie)
    return found


def while_under_way(lab, row, browsers, look):
    """Bring an answer in one browser while that of another one is held; return how many of the two were taken."""
    taken = []
    slow, quick = browsers
    with under_way(lab, lambda: taken.append(bring(lab, slow, row)), table="transactions", look=look):
        taken.append(bring(lab, quick, row))
    return sum(taken)


def is_sent(exchange, name):
    """Tell whether a cookie came along with a request."""
    return any(each.sent and each.cookie.name == name for each in exchange.cookies_sent)


@pytest.fixture
def cookie(lab, browser):
    """The name of the cookie by which the shop knows a browser."""
    begun(lab, browser)
    names = [each.cookie.name for each in browser.jar.cookies_for(lab.shop.url)]
    assert len(names) == 1, f"Somebody began a login, and their browser has {len(names)} cookies of the shop's."
    return names[0]


@promise()
def test_alice_logs_in(lab, shop, alice):
    """Alice logs in at each of the shop's providers, and comes back as herself."""
    for at in PROVIDERS:
        log_in(alice, shop, at)
        assert account_of(alice, shop), f"Alice has logged in at a provider, and is not let in.{why_not(lab, alice)}"
        log_out(alice, shop)


@promise()
def test_each_tab_comes_to_its_own_end(lab, shop, alice):
    """Two tabs in which Alice took her time come to the page that she wanted in each, in whatever order; and so does a
    no.
    """
    wanted = {"social": shop.profile, "idp": shop.url}
    for at, page in wanted.items():
        alice.navigate(door(shop, at, page.removeprefix(shop.origin)))
        wanted[at] = (last_url(lab, alice, "/authorize"), page)
    no = begun(lab, alice, "mallory")
    silent = begun(lab, alice, "social")
    put(lab, silent, iss=None)
    lab.clock.advance(minutes=9, seconds=30)
    for url, page in reversed(wanted.values()):
        alice.navigate(url)
        assert pass_the_provider(alice).url == page, f"A tab should have come to {page}.{why_not(lab, alice)}"

    assert bring(lab, alice, no), "Alice said no at the provider, and the shop does not know what that is about."
    assert bring(lab, alice, silent, iss=None), "A provider that has not promised any `iss` was refused for lack of it."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="10.2.1",
    cwe=352,
    hints=[
        "`attacks.log_alice_in_as_mallory(lab)`: what does the shop know of the browser in which that login began?",
        "The row has a fingerprint, and your function is given one.",
        "Read RFC 9700, 4.7.1: to what does a state have to be bound?",
    ],
)
def test_it_belongs_to_the_browser_that_began(lab, shop, alice, mallory):
    """An answer to a login of Mallory's logs nobody in who brings it in another browser."""
    for did, step in MEANWHILE.items():
        step(alice, shop)
        own = go_as_far_as_the_answer(lab, mallory, door(shop, "social"))
        page = alice.navigate(own, from_=lab.sites["mallory"].url)
        assert not is_logged_in(alice, shop, as_=mallory), (
            f"Alice, who {did}, opened an answer to a login of Mallory's, and is Mallory."
        )
        assert page.sees(REFUSED), (
            f"Alice, who {did}, brought Mallory's answer, and the shop did not refuse it at once."
        )

    row = begun(lab, mallory)
    for name, spell in NEARLY.items():
        put(lab, row, browser=spell(row["browser"]))
        assert not bring(lab, mallory, row), f"Of the browser's fingerprint the row has {name}, and it was taken."
    put(lab, row)
    copied = {"browser": row["browser"], "cookie": row["browser"], "_id": row["_id"]}
    assert not bring(lab, alice, row, **copied), "What the row says of a browser was in the address, and did for it."


@promise(
    points=1,
    after=test_it_belongs_to_the_browser_that_began,
    asvs="10.2.1",
    cwe=352,
    hints=[
        "What does your function do with an answer that has no state, or an odd one?",
        "Look the row up by the whole state, and not by what else it has.",
    ],
)
def test_it_belongs_to_one_login(lab, alice, mallory):
    """An answer without a state, with a part of one, or with somebody else's, is none to a login of Alice's."""
    row, others = begun(lab, alice), begun(lab, mallory)
    for name, spell in STATES.items():
        put(lab, row)
        taken = bring(lab, alice, row, state=spell(row["_id"]))
        assert not taken, f"An answer with a state like Alice's ({name}) was taken."
    put(lab, row)
    assert not bring(lab, alice, row, state=others["_id"]), "An answer with the state of Mallory's login was Alice's."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="10.2.1",
    cwe=294,
    hints=[
        "`attacks.answer_an_old_request(lab)`: Alice's login had its answer. What does the table say of it afterwards?",
        "What has to be different in the store after the first answer, whatever that one was?",
    ],
)
def test_it_is_answered_once(lab, shop, alice, restart_shop):
    """A login that had its answer, be it a yes or a no, takes no other one, also when the shop was restarted."""
    log_in(alice, shop, "social")
    yes = parameters(last_url(lab, alice, "/callback"))
    no = begun(lab, alice, "idp")
    assert bring(lab, alice, no), "Alice said no at the provider, and the shop does not know what that is about."
    for what, own in {"yes": {"_id": yes["state"], "iss": yes["iss"]}, "no": no}.items():
        assert not bring(lab, alice, own), f"A login was answered with {what}, and took a no afterwards."
        again = {"error": None, "code": yes["code"]}
        assert not bring(lab, alice, own, **again), f"A login was answered with {what}, and took a code afterwards."

    restart_shop()
    assert not bring(lab, alice, no), "The shop was restarted, and a login takes a second answer."


@promise(
    points=2,
    after=test_it_is_answered_once,
    asvs="10.2.1",
    cwe=367,
    hints=[
        "Two answers come at the same moment. What does each of them read, before either writes?",
        "Which operation of the table finds and removes in one? Read labsrv/kit/store/collection.py.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
def test_also_at_the_same_moment(lab, alice, two_processes):
    """Of several answers at the same moment, or while another one is under way, one is taken, and no more."""
    begun(lab, alice)
    for each in tabs(lab, alice, 2):
        assert bring(lab, each, begun(lab, alice)), "Alice went on in another tab, and her answer is not taken there."

    for many in (2, 10):
        row = begun(lab, alice)
        taken = sum(at_once(lab, "transactions", *(partial(bring, lab, each, row) for each in tabs(lab, alice, many))))
        assert taken <= 1, f"Of {many} answers to one login at the same moment, {taken} were taken."

    for held, look in LATER_LOOKS.items():
        taken = while_under_way(lab, begun(lab, alice), tabs(lab, alice, 2), look)
        assert taken <= 1, f"Of two answers to one login, one of them {held}, both were taken."


@promise(
    points=1,
    after=test_alice_logs_in,
    asvs="10.2.1",
    cwe=613,
    hints=[
        "`attacks.answer_yesterdays_request(lab)`: which part of the row says that this login is over?",
        "Compare whole moments: parts of a time come round again.",
    ],
)
def test_its_time_comes_to_an_end(lab, alice):
    """A login whose `until` has come takes no answer, however long ago that was."""
    row = begun(lab, alice)
    for name, since in TOO_LATE.items():
        put(lab, row, until=lab.clock.now() - since)
        assert not bring(lab, alice, row), f"A login whose time was over for {name} took an answer."

    put(lab, row, until=lab.clock.now() + timedelta(seconds=20))
    assert bring(lab, alice, row), "A login that has some seconds left takes no answer."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="10.2.2",
    cwe=346,
    hints=[
        "`attacks.mix_up_two_providers(lab)`: the shop asked one provider, and another one answers. Who says so?",
        "What is it where an answer names nobody, and the provider has promised to say who it is?",
        "Read RFC 9207, 2.4: how are the two compared?",
    ],
)
def test_it_is_from_whom_was_asked(lab, shop, alice):
    """An answer of another provider than the one that was asked is refused, and so is one that does not say whose."""
    plan(lab, mix_up=True)
    log_in(alice, shop, "mallory")
    plan(lab)
    caught = [each for each in lab.db.mallory_caught.find() if each.get("code_verifier")]
    assert not caught, "Mallory's provider sent Alice on to the house's, and the shop brought Mallory the house's code."

    for at in PROVIDERS:
        row = begun(lab, alice, at)
        other = lab.url("idp" if at != "idp" else "social", "")
        for name, spell in ISSUERS.items():
            for said in ({}, {"error": None, "code": "made-up"}):
                put(lab, row)
                taken = bring(lab, alice, row, iss=spell(row["iss"], other), **said)
                assert not taken, f"The answer of one provider was due, and it named {name}; it was taken."


@promise(
    points=1,
    after=test_it_belongs_to_the_browser_that_began,
    asvs="3.3.2",
    cwe=1275,
    hints=[
        "Begin a login, go to another site, and look at `show.sent(lab.alice.page.exchanges[0])`.",
        "Which of Strict, Lax and None lets a link bring it along, and no form? What is it where nothing is said?",
        "Without the attribute a cookie is Lax, but for two minutes goes along with forms of other sites as well.",
    ],
)
def test_forms_from_elsewhere_go_without_it(lab, shop, alice, cookie):
    """The cookie comes along by a link from another site, and with none of its forms and pictures, at any time."""
    other = lab.sites["mallory"].url
    begun(lab, alice)
    for when in ("right after it was set", "three minutes later"):
        page = alice.navigate(shop.url, from_=other)
        assert is_sent(page.exchanges[0], cookie), f"Alice followed a link, {when}, and the cookie stayed behind."
        page = alice.submit(shop.logout, from_=other)
        assert not is_sent(page.exchanges[0], cookie), f"A form of another site took the cookie along, {when}."
        alice.navigate(other)
        picture = alice.load_image(shop.url).exchange
        assert picture and not is_sent(picture, cookie), f"A picture on another site took the cookie along, {when}."
        lab.clock.advance(minutes=3)


@promise(
    points=1,
    after=test_alice_logs_in,
    asvs="3.3.4",
    cwe=1004,
    hints=[
        "`lab.alice.script_cookies()` is what `document.cookie` shows on the current page.",
        "Two attributes say who does not get a cookie: script, and the network. RFC 6265bis, 4.1.2.5 and 4.1.2.6.",
    ],
)
def test_neither_script_nor_the_network_reads_it(lab, shop, alice, cookie):
    """Script on a page of the shop does not see the cookie, and it is for secure channels only."""
    begun(lab, alice)
    kept = alice.jar.get(cookie)
    assert kept, f"The browser has no such cookie as {cookie!r}."
    alice.navigate(shop.url)
    assert kept.value not in alice.script_cookies(), "Script on a page of the shop reads the cookie."
    assert kept.secure, "The cookie would also travel over plain http."


@promise(
    points=1,
    after=test_it_belongs_to_the_browser_that_began,
    asvs="3.3.3",
    cwe=565,
    hints=[
        "A page on a host below the shop's can set a cookie for the shop as well. By which names can it not?",
        '`__Host-` before the name: browsers take such a cookie only with path "/", secure, and without a domain.',
    ],
)
def test_no_other_host_sets_it(lab, shop, alice, mallory, cookie):
    """Mallory, who gives Alice's browser a cookie from a host below the shop's, does not make it look like hers."""
    below, host = shop.url.replace("//shop.", "//pics.shop."), shop.origin.split("//")[1].split(":")[0]
    for more in ("Path=/", "Path=/; Secure", "Path=/callback; Secure; HttpOnly; SameSite=Lax"):
        own = go_as_far_as_the_answer(lab, mallory, door(shop, "social"))
        alice.jar.receive(f"{cookie}={mallory.jar.get(cookie).value}; Domain={host}; {more}", below)
        alice.navigate(own, from_=lab.sites["mallory"].url)
        assert not is_logged_in(alice, shop, as_=mallory), (
            f"A host below the shop's set a cookie of the name {cookie!r}, and Alice is in Mallory's account."
        )
