"""Mallory's attacks on the shop as a relying party. Each succeeds on one flaw, and fails on the secure site."""

from urllib.parse import urlencode

from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.oidc.by_hand import claims_of, with_the_public_key, without_signature
from labsrv.labs.oidc.mallorys import plan
from labsrv.labs.oidc.moves import (
    alices_account,
    answer,
    begin,
    changed_on_the_line,
    go_as_far_as_the_answer,
    her_key,
    in_her_account,
    join_the_club,
    last_url,
    last_userinfo,
    leak_a_code,
    parameters,
    published_key,
    redeem,
    subject_of,
    swap_her_answer,
    told,
    use_cookie,
    whose,
    with_her_own_key,
)
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

# The beginning of a login, and its end.


@attack(flaw="challenge_nobody")
def redeem_a_leaked_code(lab: Lab) -> Outcome:
    """Find the shop's secret in an old repository and an unused code in its log, and redeem the code herself."""
    leaked = leak_a_code(lab, "idp")
    tokens = redeem(lab, grant_type="authorization_code", code=leaked["code"])
    works = whose(lab, tokens.get("access_token", "")).get("name") == "Alice"
    return told(
        works, "code and secret are enough for Alice's tokens", "the code is worth nothing without the verifier"
    )


@attack(flaw="take_the_state_for_the_verifier")
def read_the_verifier_beside_the_code(lab: Lab) -> Outcome:
    """Redeem a leaked code, with what stands beside it in the log for a verifier."""
    leaked = leak_a_code(lab, "idp")
    asked = {"grant_type": "authorization_code", "code": leaked["code"], "code_verifier": leaked["state"]}
    works = whose(lab, redeem(lab, **asked).get("access_token", "")).get("name") == "Alice"
    return told(works, "the state was the verifier", "the state is not the verifier, and the code is spent")


@attack(flaw="send_everybody_with_one_nonce", given=("fits",))
def inject_a_code_of_the_same_nonce(lab: Lab) -> Outcome:
    """Put Alice's leaked code into a login of her own, at a provider that knows no PKCE."""
    return inject_a_code(lab)


@attack(flaw="forget_the_nonce", given=("new_transaction",))
def inject_a_code_of_another_nonce(lab: Lab) -> Outcome:
    """Put Alice's leaked code into a login of her own, at a provider that knows no PKCE."""
    return inject_a_code(lab)


def inject_a_code(lab: Lab) -> Outcome:
    """Answer Mallory's login with the code of Alice's."""
    asked = begin(lab, "social")
    leaked = leak_a_code(lab, "social")
    lab.mallory.navigate(answer(lab, **leaked | {"state": asked["state"]}))
    return told(
        is_logged_in(lab.mallory, lab.shop, as_=lab.alice),
        "Alice's code ended Mallory's login, and she is Alice",
        "the nonce in the ID token is that of another login",
    )


@attack(flaw="ask_for_more_than_is_needed")
def use_a_stolen_backup(lab: Lab) -> Outcome:
    """Read the shop's sessions in a backup that is a week old."""
    log_in(lab.alice, lab.shop)
    kept = [row["tokens"] for row in lab.db.dump().get("sessions", [])]
    lab.clock.advance(days=7)
    for tokens in kept:
        fresh = redeem(lab, grant_type="refresh_token", refresh_token=tokens.get("refresh_token", ""))
        if whose(lab, fresh.get("access_token", "")).get("name") == "Alice":
            return Outcome(True, "there was a refresh token in it that nobody needed, and it still works.")

    return Outcome(False, "what was in it has expired.")


@attack(flaw="keep_it_at_home")
def lock_everybody_out(lab: Lab) -> Outcome:
    """Wait: nobody can log in."""
    log_in(lab.alice, lab.shop)
    return told(
        not is_logged_in(lab.alice, lab.shop),
        "the cookie stays behind when people come back from the provider: nobody gets in",
        "Alice comes back, and her cookie with her",
    )


@attack(flaw="take_it_from_any_browser")
def log_alice_in_as_mallory(lab: Lab) -> Outcome:
    """Log in as far as the answer, and have Alice's browser bring it: she fills Mallory's account from then on."""
    own = go_as_far_as_the_answer(lab, lab.mallory, lab.shop.login)
    lab.alice.navigate(own, from_=lab.sites["mallory"].url)
    return as_mallory(lab, "the login belongs to the browser that began it")


@attack(flaw="keep_it_for_the_next_time")
def answer_an_old_request(lab: Lab) -> Outcome:
    """Read in the provider's log what Alice's login asked for, ask the same, and have her bring the answer."""
    log_in(lab.alice, lab.shop)
    log_out(lab.alice, lab.shop)
    own = go_as_far_as_the_answer(lab, lab.mallory, last_url(lab, lab.alice, "/authorize"))
    lab.alice.navigate(own, from_=lab.sites["mallory"].url)
    return as_mallory(lab, "her login had its answer already")


@attack(flaw="let_it_grow_old")
def answer_yesterdays_request(lab: Lab) -> Outcome:
    """Answer a login that Alice began yesterday and did not finish."""
    lab.alice.navigate(lab.shop.login)
    lab.clock.advance(days=1)
    own = go_as_far_as_the_answer(lab, lab.mallory, last_url(lab, lab.alice, "/authorize"))
    lab.alice.navigate(own, from_=lab.sites["mallory"].url)
    return as_mallory(lab, "that login is over")


def as_mallory(lab: Lab, no: str) -> Outcome:
    """Return whether Alice's browser is logged in as Mallory."""
    yes = "Alice is in Mallory's account and does not know it"
    return told(is_logged_in(lab.alice, lab.shop, as_=lab.mallory), yes, no)


@attack(flaw="never_ask_who_answers")
def mix_up_two_providers(lab: Lab) -> Outcome:
    """Send Alice, who chose the club's provider, on to the house's: to whom does the shop bring its code?"""
    plan(lab, mix_up=True)
    log_in(lab.alice, lab.shop, "mallory")
    plan(lab)
    caught = [row for row in lab.db.mallory_caught.find() if row.get("code_verifier")]
    return told(
        bool(caught),
        "the shop brought her the house's code, and the verifier with it",
        "the answer says who gives it, and the code stayed where it was",
    )


@attack(flaw="believe_any_metadata")
def say_she_is_the_house(lab: Lab) -> Outcome:
    """Write the house's issuer into the metadata of her own provider, and Alice's subject into her tokens."""
    wanted, sub = alices_account(lab), subject_of(lab.alice, lab)
    issuer = lab.url("idp", "")
    plan(lab, metadata={"issuer": issuer}, claims={"iss": issuer, "sub": sub}, userinfo={"name": "Alice"})
    log_in(lab.mallory, lab.shop, "mallory")
    plan(lab)
    return in_her_account(
        lab, wanted, "the shop took her for the house's provider", "metadata of another issuer are not believed"
    )


# ID tokens.


@attack(flaw="decode_without_verifying")
def sign_with_another_key(lab: Lab) -> Outcome:
    """Sign a token about Alice with a key of her own, under the name of the provider's."""
    kid = published_key(lab)["kid"]
    return opened(swap_her_answer(lab, lambda claims: with_her_own_key(claims, kid)))


@attack(flaw="believe_alg_none")
def do_not_sign_at_all(lab: Lab) -> Outcome:
    """Write a token about Alice that says it has no signature."""
    return opened(swap_her_answer(lab, without_signature))


@attack(flaw="take_the_algorithm_from_the_header")
def sign_with_the_public_key(lab: Lab) -> Outcome:
    """Make an HMAC with the provider's public key for a secret."""
    key = published_key(lab)
    return opened(swap_her_answer(lab, lambda claims: with_the_public_key(claims, key)))


@attack(flaw="trust_the_key_it_brings")
def bring_the_key_along(lab: Lab) -> Outcome:
    """Sign with her own key, and put it into the token's header."""
    return opened(swap_her_answer(lab, lambda claims: with_her_own_key(claims, "mine", jwk=her_key())))


def opened(works: bool) -> Outcome:
    """Return whether a forged token opened Alice's account."""
    return told(works, "a token that she wrote herself opens Alice's account", "the provider has not signed that")


@attack(flaw="take_what_is_meant_for_others")
def bring_a_token_of_the_club(lab: Lab) -> Outcome:
    """Get Alice to join the club with the nonce of her own login, and answer that with Alice's tokens."""
    wanted = alices_account(lab)
    plan(lab, nonce=begin(lab, "idp")["nonce"])
    tokens = join_the_club(lab.alice, lab)
    plan(lab)
    with changed_on_the_line(lab, "token_response", {name: tokens[name] for name in ("id_token", "access_token")}):
        pass_the_provider(lab.mallory)
    return in_her_account(
        lab, wanted, "a token for the club opens Alice's account at the shop", "the token is for the club"
    )


@attack(flaw="take_asked_for_done", given=("link",))
def take_max_age_out(lab: Lab) -> Outcome:
    """At Alice's unwatched computer, take `max_age` out of the address: the provider asks her nothing."""
    wanted = alices_account(lab)
    lab.clock.advance(minutes=10)
    lab.alice.navigate(lab.shop.again)
    asked = parameters(last_url(lab, lab.alice, "/authorize"))
    del asked["max_age"]
    lab.alice.navigate(f"{lab.url('idp', '/authorize')}?{urlencode(asked)}")
    return add_her_way_in(lab, wanted, "the shop looked when Alice had shown who she is, and that is too long ago")


# Accounts.


@attack(flaw="find_them_by_email")
def sign_up_with_alices_address(lab: Lab) -> Outcome:
    """Open an account at Fakebook with Alice's address: nobody there looks whose it is."""
    wanted = alices_account(lab)
    email, password = lab.alice.person.email, "mallory-has-worse-ideas"
    sign_up(lab.mallory, lab.shop, "social", name="alice.two", email=email, password=password)
    return in_her_account(lab, wanted, "the address was enough", "an address is no identity")


@attack(flaw="believe_that_it_is_verified")
def say_that_it_is_verified(lab: Lab) -> Outcome:
    """Let her own provider say that Alice's address is hers, and verified."""
    wanted = alices_account(lab)
    plan(lab, userinfo={"email": lab.alice.person.email, "email_verified": True, "name": "Alice"})
    log_in(lab.mallory, lab.shop, "mallory")
    plan(lab)
    return in_her_account(lab, wanted, "her own word was enough", "the owner of the account is asked first")


@attack(flaw="take_the_subject_alone")
def have_the_same_subject(lab: Lab) -> Outcome:
    """Let her own provider give her the subject that Alice has at the house's."""
    wanted = alices_account(lab)
    plan(lab, claims={"sub": subject_of(lab.alice, lab)}, userinfo={"name": "Alice"})
    log_in(lab.mallory, lab.shop, "mallory")
    plan(lab)
    return in_her_account(lab, wanted, "the subject was enough", "the same subject at another issuer is somebody else")


@attack(flaw="link_to_whoever_is_here")
def leave_a_tab_open(lab: Lab) -> Outcome:
    """Begin to add a way in at a shared computer, and have Alice end it there, in her own account."""
    log_in(lab.alice, lab.shop, as_=lab.mallory)
    lab.alice.submit(lab.shop.link_another, provider="social")
    tab = last_url(lab, lab.alice, "/authorize")
    log_out(lab.alice, lab.shop)
    leave_the_provider(lab.alice, lab)

    log_in(lab.alice, lab.shop)
    show_again(lab.alice, lab.shop)
    wanted = account_of(lab.alice, lab.shop) or ""
    lab.alice.navigate(tab)
    pass_the_provider(lab.alice, as_=lab.mallory)
    log_in(lab.mallory, lab.shop, "social")
    return in_her_account(
        lab, wanted, "Mallory's way in was added to Alice's account", "it was Mallory's session that asked for that"
    )


def leave_the_provider(browser: Browser, lab: Lab) -> None:
    """Log out of the house's provider as well."""
    browser.navigate(lab.url("idp", "/oidc/logout"))
    for form in [each.name for each in browser.page.forms if each.name] if browser.page else []:
        browser.submit(form)


@attack(flaw="link_without_asking_again")
def sit_down_at_her_computer(lab: Lab) -> Outcome:
    """At Alice's unwatched computer, add a way in of her own."""
    wanted = alices_account(lab)
    lab.clock.advance(minutes=10)
    return add_her_way_in(lab, wanted, "Alice has to show first that it is her")


def add_her_way_in(lab: Lab, account: str, no: str) -> Outcome:
    """Add Mallory's Fakebook to the account that Alice's browser is in, and come in by it from her own."""
    if account and account_of(lab.alice, lab.shop) == account:
        link(lab.alice, lab.shop, "social", as_=lab.mallory)
    log_in(lab.mallory, lab.shop, "social")
    return in_her_account(lab, account, "Mallory has a way of her own into Alice's account now", no)


@attack(flaw="unlink_anybodys")
def take_out_alices_way_in(lab: Lab) -> Outcome:
    """Send the form that takes a way in out, with Alice's subject in it."""
    before, sub = alices_account(lab), subject_of(lab.alice, lab)
    log_in(lab.mallory, lab.shop)
    unlink(lab.mallory, lab.shop, lab.url("idp", ""), sub)
    log_out(lab.alice, lab.shop)
    log_in(lab.alice, lab.shop)
    gone = bool(before) and account_of(lab.alice, lab.shop) != before
    return told(gone, "Alice comes back to an empty account", "what is Alice's she cannot take out")


@attack(flaw="unlink_the_last_one")
def lock_her_own_door(lab: Lab) -> Outcome:
    """At Alice's unwatched computer, take out each way in."""
    account = alices_account(lab)
    for way in lab.db.identities.find({"account": account}):
        unlink(lab.alice, lab.shop, way["iss"], way["sub"])
    gone = bool(account) and lab.db.identities.count_documents({"account": account}) == 0
    return told(gone, "nobody gets into Alice's account any more", "the last way in stays")


# What the shop keeps.


@attack(flaw="keep_all_it_says")
def say_that_she_works_there(lab: Lab) -> Outcome:
    """Let her own provider say that her role is staff."""
    plan(lab, userinfo={"role": "staff"})
    log_in(lab.mallory, lab.shop, "mallory")
    plan(lab)
    works = lab.mallory.navigate(lab.shop.account).sees("Wages of this month")
    return told(works, "she reads everybody's wages", "the shop gives roles itself")


@attack(flaw="never_compare_subjects")
def come_after_alice(lab: Lab) -> Outcome:
    """Log in where a cache before the provider gives everybody what it gave Alice."""
    log_in(lab.mallory, lab.shop)
    log_in(lab.alice, lab.shop)
    with changed_on_the_line(lab, "userinfo", last_userinfo(lab)):
        log_in(lab.mallory, lab.shop)
    works = lab.mallory.navigate(lab.shop.profile).sees(lab.alice.person.email)
    return told(works, "Mallory's profile has Alice's address", "claims about another subject are dropped")


@attack(flaw="hand_the_tokens_to_the_browser")
def read_the_token_by_script(lab: Lab) -> Outcome:
    """Run one line of script on a page of the shop: `document.cookie`."""
    log_in(lab.alice, lab.shop)
    lab.alice.navigate(lab.shop.account)
    words = lab.alice.script_cookies().replace("=", ".").replace(";", ".").split(".")
    works = any(whose(lab, word.strip()).get("name") == "Alice" for word in words if word)
    return told(works, "script reads Alice's access token", "there is no token where script could read it")


@attack(flaw="take_the_providers_number")
def know_the_session_from_the_club(lab: Lab) -> Outcome:
    """Read in an ID token for the club what the provider calls Alice's session, and use that at the shop."""
    wanted = alices_account(lab)
    use_cookie(lab, str(claims_of(join_the_club(lab.alice, lab)["id_token"])["sid"]))
    return in_her_account(
        lab, wanted, "the club knew the number of Alice's session at the shop", "the shop's numbers are its own"
    )
