"""The shop as a relying party: logins through three providers, in its own process and in a submission's; the tables."""

import contextlib
import json
from pathlib import Path

import pytest

from labsrv import labs
from labsrv.grading.checks.neighbours import neighbours, routes
from labsrv.grading.forks.shared import shared_zygote
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.oidc.neighbours import house, social
from labsrv.labs.oidc.people import (
    account_of,
    is_logged_in,
    link,
    log_in,
    log_out,
    pass_the_provider,
    show_again,
    sign_up,
    unlink,
)
from labsrv.provider.faults.active import set_faults
from labsrv.provider.faults.menu import FAULTS
from labsrv.provider.rows.logins import TWO_FACTORS
from labsrv.relying_party.secure.code_challenge import code_challenge

SECURE = Path(labs.__file__).parents[1] / "relying_party" / "secure"


def empty_lab():
    return Lab("oidc", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=False)


@pytest.fixture
def lab():
    """A running lab of the sound shop, reached by its own browsers only."""
    lab = empty_lab()
    labs.furnish(lab, "oidc", labs.complete("oidc", {})(lab))
    yield lab
    lab.stop()
    lab.clock.reset()


@pytest.mark.parametrize("at", ["idp", "social"])
def test_a_login_from_the_first_click_to_the_account(lab, at):
    assert not is_logged_in(lab.alice, lab.shop)
    page = log_in(lab.alice, lab.shop, at)

    assert page.url == lab.shop.account and is_logged_in(lab.alice, lab.shop)
    assert lab.alice.navigate(lab.shop.profile).sees("alice@post.localhost") == (at == "idp")
    assert log_out(lab.alice, lab.shop).url == lab.shop.url and not account_of(lab.alice, lab.shop)


def test_the_same_people_have_the_same_accounts(lab):
    log_in(lab.alice, lab.shop)
    first = account_of(lab.alice, lab.shop)
    log_out(lab.alice, lab.shop)
    log_in(lab.alice, lab.shop)
    log_in(lab.bob, lab.shop)

    assert account_of(lab.alice, lab.shop) == first != account_of(lab.bob, lab.shop)


def test_two_tabs_both_work(lab):
    lab.alice.navigate(lab.shop.login)
    first = lab.alice.page
    lab.alice.navigate(lab.shop.login)
    pass_the_provider(lab.alice)
    assert is_logged_in(lab.alice, lab.shop)
    lab.alice.navigate(first.url)
    page = pass_the_provider(lab.alice)

    assert page.url == lab.shop.account and lab.db.transactions.count_documents({}) == 0


def test_somebody_signs_up(lab):
    page = lab.alice.navigate(lab.shop.signup)
    assert page.url.startswith(lab.url("idp", "/signup"))
    sign_up(lab.bob, lab.shop, "idp", name="robert", email="robert@post.localhost", password="robert-is-new-here")

    assert lab.bob.page.sees("Hello, Robert.")
    asked = [each.url for each in lab.traffic if "/authorize?" in each.url]
    assert "screen_hint=signup" in asked[0] and "screen_hint" not in asked[1]


def test_who_does_not_agree_is_not_let_in(lab):
    lab.alice.navigate(lab.shop.login)
    lab.alice.submit("login", username="alice", password=lab.alice.person.password)
    page = lab.alice.submit("consent", deny="yes")

    assert page.sees("You were not let in (access_denied)") and not account_of(lab.alice, lab.shop)


def test_a_second_way_in_and_out_again(lab):
    log_in(lab.alice, lab.shop)
    account = account_of(lab.alice, lab.shop)
    assert link(lab.alice, lab.shop, "social").status == 409, "Nobody asked her who she is."
    show_again(lab.alice, lab.shop)
    link(lab.alice, lab.shop, "social")
    assert lab.alice.sees("Fakebook, as")
    log_out(lab.alice, lab.shop)
    log_in(lab.alice, lab.shop, "social")
    assert account_of(lab.alice, lab.shop) == account

    ways = [(row["iss"], row["sub"]) for row in lab.db.identities.find({"account": account})]
    assert unlink(lab.alice, lab.shop, *ways[0]).url == lab.shop.account
    assert unlink(lab.alice, lab.shop, *ways[1]).status == 409, "That is her last one."
    assert lab.db.identities.count_documents({"account": account}) == 1


def test_an_identity_of_somebody_else_stays_theirs(lab):
    log_in(lab.bob, lab.shop, "social")
    log_in(lab.alice, lab.shop)
    show_again(lab.alice, lab.shop)

    assert link(lab.alice, lab.shop, "social", as_=lab.bob).status == 409
    assert lab.db.identities.count_documents({"account": account_of(lab.alice, lab.shop)}) == 1


def test_to_show_again_who_one_is_takes_the_password_after_five_minutes(lab):
    log_in(lab.alice, lab.shop)
    lab.clock.advance(minutes=6)
    page = lab.alice.navigate(lab.shop.again)

    assert page.url.startswith(lab.url("idp", "/login"))
    assert pass_the_provider(lab.alice).url == lab.shop.account


def test_two_factors_are_asked_for_where_the_shop_wants_them(lab):
    lab.db.providers.update_one({"_id": "idp"}, {"$set": {"acr_values": TWO_FACTORS}})

    assert log_in(lab.alice, lab.shop).url.startswith(lab.url("idp", "/second"))
    assert log_in(lab.bob, lab.shop).status == 400, "Bob has no second factor, and the provider lets him go on."


def test_nothing_of_the_tokens_reaches_the_browser(lab):
    log_in(lab.alice, lab.shop)
    (session,) = lab.db.sessions.find()
    seen = json.dumps(
        [(each.url, str(each.response_body), each.response_headers) for each in lab.traffic if each.who == "alice"]
    )

    for token in (session["tokens"]["access_token"], session["tokens"]["id_token"]):
        assert token not in seen and token not in str(lab.alice.jar)
    assert lab.alice.script_cookies() == ""


LOCAL = {"/profile": "/profile", "/profile?a=1": "/profile?a=1", "/": "/"}
ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "evil.example",
    "/%0d%0aX:1",
    "/\t/evil.example",
]


@pytest.mark.parametrize("return_to", [*LOCAL, *ELSEWHERE])
def test_one_returns_to_pages_of_the_shop_only(lab, return_to):
    lab.alice.navigate(f"{lab.shop.login}?return_to={return_to.replace('?', '%3F')}")
    pass_the_provider(lab.alice)
    end = lab.alice.page.url.removeprefix(lab.shop.origin)

    assert end == LOCAL.get(return_to, "/account")


@pytest.mark.parametrize("fault", [name for name in FAULTS if not name.startswith(("logout_", "access_token_"))])
def test_a_spoiled_answer_lets_nobody_in(lab, fault):
    """The provider's menu, one after the other; what is only noticed with `max_age` or `acr_values` comes with them."""
    if fault == "lower_acr":
        lab.db.providers.update_one({"_id": "idp"}, {"$set": {"acr_values": "urn:authlab:acr:pwd"}})
    lab.alice.navigate(lab.shop.login)
    set_faults(house(lab), [fault])
    page = log_in(lab.alice, lab.shop) if "discovery" in fault else pass_the_provider(lab.alice)
    if fault in ("old_auth_time", "missing_auth_time"):
        assert page.url == lab.shop.account, "Nobody asked when it was."
        log_out(lab.alice, lab.shop)
        page = show_again(lab.alice, lab.shop)

    assert page.status == 400 and page.sees("That did not work")
    assert lab.db.sessions.find() == [] and not account_of(lab.alice, lab.shop)
    if FAULTS[fault].point in ("discovery", "authorization_response") and fault != "code_of_another_client":
        assert not [each for each in lab.traffic if each.url.endswith("/token")], "The code went nowhere."


def test_where_no_iss_is_promised_none_may_come(lab):
    """RFC 9207, 2.4: providers that do not know it are answered for by their metadata."""
    lab.db.mallory_line.insert_one(
        {"_id": "discovery", "changes": {"authorization_response_iss_parameter_supported": False}}
    )
    assert log_in(lab.alice, lab.shop).status == 400
    set_faults(house(lab), ["missing_response_iss"])
    assert log_in(lab.alice, lab.shop).url == lab.shop.account


def test_the_challenge_is_that_of_rfc_7636():
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    assert code_challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_neighbours_serve_one_lab_after_another():
    """Checks build them once."""
    whichever, apps = neighbours("oidc")
    for _ in range(2):
        lab = whichever.lab = empty_lab()
        labs.furnish(lab, "oidc", labs.complete("oidc", {})(lab), neighbours=apps)
        log_in(lab.alice, lab.shop)
        assert is_logged_in(lab.alice, lab.shop) and len(house(lab).logins.rows.find()) == 1
        lab.stop()


HOSTILE = """
def code_challenge(verifier):
    import gc
    from labsrv.kit.pipe.remote import RemoteServices
    (services,) = [each for each in gc.get_objects() if type(each) is RemoteServices]
    {what}
"""
TRIES = {
    "read the provider's faults": "return str(services.db.idp_faults.find())",
    "turn them off": "services.db.idp_faults.delete_many({})",
    "read the provider's keys": "return str(services.db['idp_keys'].find())",
    "clear everything": "services.db.clear()",
    "ask the shop itself": "services.peer.call('send', method='GET', url=services.url('shop'), headers=[], body=b'')",
}


@pytest.fixture
def submitted(request):
    """Return what runs a lab whose shop is a submission's process."""
    with contextlib.ExitStack() as ends:

        def run(source=None, path=SECURE / "code_challenge.py"):
            fork_server = shared_zygote().fork_server()
            ends.callback(fork_server.close)
            code = fork_server.open("oidc", path, {"code_challenge": ["verifier"]}, source=source)
            lab = empty_lab()
            ends.callback(lab.stop)
            process = code.start(lab)
            ends.callback(process.end)
            labs.furnish(lab, "oidc", process.app, routes("oidc"))
            code.open(process)
            return lab, process

        yield run


@pytest.mark.slow("starts a process")
def test_a_submissions_shop_reaches_its_providers(submitted):
    """It has no sockets: its requests go over the pipe."""
    lab, process = submitted()
    log_in(lab.alice, lab.shop)
    log_in(lab.bob, lab.shop, "social")

    assert is_logged_in(lab.alice, lab.shop) and is_logged_in(lab.bob, lab.shop), process.complaint()
    assert {each.site for each in lab.traffic if each.who == "shop (server)"} == {"idp", "social"}


@pytest.mark.slow("starts a process for each")
@pytest.mark.parametrize("what", TRIES.values(), ids=TRIES)
def test_a_submission_does_not_reach_behind_its_neighbours(submitted, what):
    lab, process = submitted(HOSTILE.replace("{what}", what).encode())
    set_faults(house(lab), ["wrong_aud"])
    said = process.decide("code_challenge", "x")

    assert getattr(said, "type", "") in ("ValueError", "ImportError", "Unreachable", "RemoteError"), said
    assert house(lab).rows("faults").find() == [{"_id": "wrong_aud"}] and social(lab).clients.get("tea-shop")
