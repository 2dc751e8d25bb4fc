"""Mallory's attacks on the other ways in: by mail, by the app's door, by a device that the shop takes for known."""

from dataclasses import replace

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.two_factor.moves import opens, told, with_alices_password
from labsrv.labs.two_factor.people import ask_by_mail, log_in, log_out
from labsrv.labs.two_factor.shop import DEVICE

NEW_PASSWORD = "a-new-and-fake-password"


@attack(flaw="spare_who_reads_the_mail")
def come_by_mail(lab: Lab) -> Outcome:
    """Read Alice's mail, and nothing else: have a link sent, and press its button."""
    link = ask_by_mail(lab.mallory, lab.shop, "link", as_=lab.alice)
    page = lab.mallory.submit(link)
    return told(opens(page, lab), "the link was enough", "the link was the first step, and a code is the second")


@attack(flaw="spare_who_has_forgotten")
def come_by_reset(lab: Lab) -> Outcome:
    """Read Alice's mail, and choose a new password for her."""
    link = ask_by_mail(lab.mallory, lab.shop, "reset", as_=lab.alice)
    page = lab.mallory.submit(link, new=NEW_PASSWORD)
    return told(opens(page, lab), "the new password came without a question", "a new password is no second factor")


@attack(flaw="spare_the_app")
def come_by_the_api(lab: Lab) -> Outcome:
    """Ask for a token as the app does: with Alice's name and password."""
    lab.mallory.navigate(lab.shop.url)
    person = lab.alice.person
    body = {"name": person.name, "password": person.password}
    answer = lab.mallory.fetch(lab.shop.api_token, method="POST", body=body).exchange
    token = answer.response_body.decode()
    return told(answer.status == 200, "the app's door asks for a password only", f"the app's door said {token.strip()}")


@attack(flaw="any_cookie_will_do")
def invent_a_device(lab: Lab) -> Outcome:
    """Write oneself a cookie that says: this device is known."""
    log_in(lab.mallory, lab.shop, remember=True)
    mine = lab.mallory.jar.get(DEVICE, lab.shop.url)
    lab.mallory.jar.put(replace(mine, value=lab.alice.person.name))
    page = with_alices_password(lab).page
    return told(opens(page, lab), "the shop asked for a cookie, and not which", "the shop knows no such device")


@attack(flaw="anybodys_device_will_do")
def use_ones_own_device(lab: Lab) -> Outcome:
    """Have the shop remember one's own laptop, and type Alice's password on it."""
    log_in(lab.mallory, lab.shop, remember=True)
    log_out(lab.mallory, lab.shop)
    page = with_alices_password(lab).page
    return told(opens(page, lab), "Mallory's laptop is known: for Alice too", "Mallory's laptop is known for Mallory")


@attack(flaw="known_for_ever")
def buy_her_old_laptop(lab: Lab) -> Outcome:
    """Buy a laptop on which Alice has logged in, two months later."""
    log_in(lab.alice, lab.shop, remember=True)
    cookie = lab.alice.jar.get(DEVICE, lab.shop.url)
    lab.clock.advance(days=60)
    lab.mallory.jar.put(replace(cookie, expires=None))
    page = with_alices_password(lab).page
    return told(opens(page, lab), "the laptop is known for ever", "the laptop was known for thirty days")
