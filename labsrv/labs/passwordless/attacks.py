"""Mallory's attacks on links: each takes a running lab and tells what it came to.

An attack succeeds on the flaw that it names, and fails on the secure shop. Those on codes and on forgotten passwords
stand in modules of their own, and are to be had here as well.
"""

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.races import at_once
from labsrv.labs.passwordless.attacks_on_codes import (
    enter_ones_own_code,
    guess_all_at_once,
    guess_over_many_challenges,
    predict_the_code,
    replay_the_code,
    spell_it_differently,
)
from labsrv.labs.passwordless.attacks_on_passwords import (
    name_somebody_else,
    survive_the_reset,
    use_what_was_sent_before,
)
from labsrv.labs.passwordless.moves import (
    ask_naming_a_host,
    flood,
    in_account,
    likely_tokens,
    link_for,
    scan,
    tabs,
    token_of,
    told,
    use_token,
)
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, log_in_by_link, log_out

__all__ = [
    "enter_ones_own_code",
    "guess_all_at_once",
    "guess_over_many_challenges",
    "name_somebody_else",
    "predict_the_code",
    "replay_the_code",
    "spell_it_differently",
    "survive_the_reset",
    "use_what_was_sent_before",
]

FLOOD = 30
AT_ONCE = 20


@attack(flaw="make_it_from_the_time")
def guess_the_link(lab: Lab) -> Outcome:
    """Ask for Alice's link, and work out what it must be."""
    ask_for_link(lab.mallory, lab.shop, lab.alice.person.email)
    for token in likely_tokens(lab.alice.person.name, lab.clock.time()):
        use_token(lab.mallory, lab.shop, token)
        if is_logged_in(lab.mallory, lab.shop, as_=lab.alice):
            return Outcome(True, "the token is a hash of Alice's name and of the second in which it was made.")

    return Outcome(False, "no hash of Alice's name and of a second around now was the token.")


@attack(flaw="keep_the_token_beside_its_hash")
def use_the_stolen_table(lab: Lab) -> Outcome:
    """Ask for Alice's link, read the table of links in a stolen backup, and use what it says."""
    ask_for_link(lab.mallory, lab.shop, lab.alice.person.email)
    for row in lab.db.links.find():
        for value in filter(lambda value: isinstance(value, str), row.values()):
            use_token(lab.mallory, lab.shop, value)
            if is_logged_in(lab.mallory, lab.shop, as_=lab.alice):
                return Outcome(True, "the stolen table holds the very token that went to Alice.")

    return Outcome(False, "the table holds a hash, and no token can be had from it.")


@attack(flaw="keep_it_for_a_day", given=("take_link",))
def use_it_an_hour_later(lab: Lab) -> Outcome:
    """Sit down at Alice's computer an hour later, where the mail that she forgot is still open."""
    ask_for_link(lab.alice, lab.shop)
    lab.clock.advance(hours=1)
    follow(lab.alice, link_for(lab, lab.alice))
    return in_account(lab, lab.alice, lab.alice, "a link from an hour ago")


@attack(flaw="let_older_links_live")
def use_the_older_link(lab: Lab) -> Outcome:
    """Find the first of two mails: Alice asked again, and used the second."""
    ask_for_link(lab.alice, lab.shop)
    older = link_for(lab, lab.alice)
    lab.clock.advance(minutes=1)
    log_in_by_link(lab.alice, lab)
    log_out(lab.alice, lab.shop)
    follow(lab.alice, older)
    return in_account(lab, lab.alice, lab.alice, "the link that she did not need any more")


@attack(flaw="leave_it_usable")
def use_it_again(lab: Lab) -> Outcome:
    """Sit down at Alice's computer when she has logged out, and click the link in her mail once more."""
    log_in_by_link(lab.alice, lab)
    log_out(lab.alice, lab.shop)
    follow(lab.alice, link_for(lab, lab.alice))
    return in_account(lab, lab.alice, lab.alice, "a link that was used already")


@attack(flaw="look_then_remove")
def use_it_twenty_times_at_once(lab: Lab) -> Outcome:
    """Send the same link twenty times at the same moment: all of them read before any removes."""
    ask_for_link(lab.alice, lab.shop)
    token, browsers = token_of(link_for(lab, lab.alice)), tabs(lab, lab.alice, AT_ONCE)
    at_once(lab, "links", *(lambda at=each: use_token(at, lab.shop, token) for each in browsers))
    opened = sum(is_logged_in(each, lab.shop, as_=lab.alice) for each in browsers)
    return Outcome(opened > 1, f"of twenty requests with one link, {opened} opened a session.")


@attack(flaw="see_that_there_is_a_date")
def come_back_next_week(lab: Lab) -> Outcome:
    """Use a link a week later."""
    ask_for_link(lab.alice, lab.shop)
    lab.clock.advance(days=7)
    follow(lab.alice, link_for(lab, lab.alice))
    return in_account(lab, lab.alice, lab.alice, "a link from last week")


@attack(flaw="take_every_visit_for_a_click")
def let_a_scanner_visit(lab: Lab) -> Outcome:
    """Have a mail scanner look at the links before Alice does; it means no harm."""
    ask_for_link(lab.alice, lab.shop)
    scan(lab, lab.alice)
    follow(lab.alice, link_for(lab, lab.alice))
    burnt = not is_logged_in(lab.alice, lab.shop)
    return told(
        burnt, "the scanner used Alice's link up, and she is kept out", "the scanner saw a page, and changed nothing"
    )


@attack(flaw="let_any_browser_finish")
def log_alice_in_as_mallory(lab: Lab) -> Outcome:
    """Have Alice's browser send Mallory's own link: what Alice then saves, Mallory reads."""
    ask_for_link(lab.mallory, lab.shop)
    token = token_of(link_for(lab, lab.mallory))
    lab.alice.submit(lab.shop.magic, from_=lab.sites["mallory"].url, token=token)
    if not is_logged_in(lab.alice, lab.shop, as_=lab.mallory):
        return Outcome(False, "Alice's browser did not ask for that link, and is not let in with it.")

    lab.alice.submit(lab.shop.card, number="0000 1111 2222 3333")
    log_in_by_link(lab.mallory, lab)
    reads = lab.mallory.navigate(lab.shop.account).sees("0000 1111 2222 3333")
    return told(reads, "Alice saved her card in Mallory's account", "Alice saw in time whose account it was")


@attack(flaw="believe_the_forwarded_host")
def poison_the_link(lab: Lab) -> Outcome:
    """Ask for Alice's link in the name of another host, and wait until she clicks."""
    host = host_of(lab.sites["mallory"].url)
    ask_naming_a_host(lab.mallory, lab.shop, lab.alice.person.email, host)
    lab.alice.navigate(link_for(lab, lab.alice))
    seen = [token_of(each.url) for each in lab.traffic if each.url.startswith(lab.sites["mallory"].url)]
    if not seen:
        return Outcome(False, "the link leads to the shop, whatever the header said.")

    use_token(lab.mallory, lab.shop, seen[-1])
    return in_account(lab, lab.mallory, lab.alice, "the token that Alice's click brought to Mallory's site")


@attack(flaw="say_who_is_unknown")
def ask_for_addresses(lab: Lab) -> Outcome:
    """Ask for a link for a customer and for nobody, and compare what one reads."""
    known = ask_for_link(lab.mallory, lab.shop, lab.bob.person.email)
    unknown = ask_for_link(lab.mallory, lab.shop, "nobody@post.localhost")
    differ = (known.status, known.text) != (unknown.status, unknown.text)
    return told(differ, "the answer says who is a customer", "a customer and nobody get the same answer")


@attack(flaw="show_the_link_to_whoever_asks")
def read_it_off_the_page(lab: Lab) -> Outcome:
    """Ask for Alice's link, and look for it in the answer."""
    answer = ask_for_link(lab.mallory, lab.shop, lab.alice.person.email).text
    if "token=" not in answer:
        return Outcome(False, "the link went to the mailbox, and nowhere else.")

    use_token(lab.mallory, lab.shop, answer.split("token=")[1].split("<")[0].split("&")[0])
    return in_account(lab, lab.mallory, lab.alice, "the link that the page showed her")


@attack(flaw="send_whenever_asked")
def flood_the_mailbox(lab: Lab) -> Outcome:
    """Ask for Alice's link thirty times."""
    came = flood(lab, lab.alice, [lab.mallory] * FLOOD)
    return Outcome(came > 10, f"asked {FLOOD} times, and {came} mails came.")


@attack(flaw="count_who_asks_alone")
def flood_it_from_everywhere(lab: Lab) -> Outcome:
    """Ask for Alice's link from thirty machines, once each."""
    came = flood(lab, lab.alice, [lab.browser(f"bot-{number}") for number in range(FLOOD)])
    return Outcome(came > 10, f"asked from {FLOOD} machines, and {came} mails came.")


def host_of(url: str) -> str:
    """Return the host and port of an address."""
    return url.split("//")[1].split("/")[0]
