"""Let a link be finished where it was asked for.

What `from_same_browser` promises, by links that come to the wrong place.
"""

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import ASKED, link_for, token_of, use_token
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, log_in_by_link, open_link

PLACE = 4
DECIDES = ("from_same_browser",)


@promise()
def test_alice_finishes_where_she_began(lab, shop, alice):
    """Alice asks for a link, follows it in the same browser, and is logged in."""
    log_in_by_link(alice, lab)

    assert is_logged_in(alice, shop), "Alice followed her link in the browser that asked, and is not let in."


@promise()
def test_the_train_moves_on(lab, shop, alice):
    """Alice, whose train has carried her to another network meanwhile, is logged in."""
    ask_for_link(alice, shop)
    alice.address = alice.network.address = "198.51.100.7"
    follow(alice, link_for(lab, alice))

    assert is_logged_in(alice, shop), "Alice comes from another address by now, and is not let in."


@promise()
def test_a_made_up_link_is_refused(shop, alice):
    """A token that the shop never gave out is answered with 410."""
    ask_for_link(alice, shop)

    assert use_token(alice, shop, "made-up").status == 410, "A made-up token was not answered with 410."


@promise(
    points=2,
    after=test_alice_finishes_where_she_began,
    asvs="6.6.2",
    cwe=352,
    hints=[
        "A form on Mallory's page sends her token from Alice's browser. Which cookies come along?",
        "What is it if there is no cookie: a yes or a no?",
    ],
)
def test_a_page_of_mallorys_logs_nobody_in(lab, shop, alice, mallory):
    """A form on Mallory's page, sent by Alice's browser, does not log Alice in as Mallory."""
    ask_for_link(mallory, shop)
    page = alice.submit(shop.magic, from_=lab.sites["mallory"].url, token=token_of(link_for(lab, mallory)))

    assert not is_logged_in(alice, shop, as_=mallory), "Alice is in Mallory's account, and did not ask for that."
    assert page.status == 410, f"A browser without the cookie was answered with {page.status}, and not with 410."


@promise(
    points=2,
    after=test_alice_finishes_where_she_began,
    asvs="6.6.2",
    cwe=352,
    hints=[
        "Alice has asked for a link of her own once. Which cookie does her browser have?",
        "What does the row know of the browser that asked? Compare that.",
    ],
)
def test_nor_a_link_of_mallorys_that_alice_opens(lab, shop, alice, mallory):
    """Mallory's link, opened by Alice, who has asked for links herself, does not log her in as Mallory."""
    ask_for_link(alice, shop)
    ask_for_link(mallory, shop)
    open_link(alice, link_for(lab, mallory))
    use_token(alice, shop, token_of(link_for(lab, mallory)))

    assert not is_logged_in(alice, shop, as_=mallory), "Alice opened a link that Mallory asked for, and is Mallory."


@promise(
    points=1,
    after=test_alice_finishes_where_she_began,
    asvs="6.6.2",
    cwe=312,
    hints=[
        "The row holds a fingerprint. What must the browser present: that, or what it is made of?",
        "Mallory has a copy of the table. What can she put into her cookie?",
    ],
)
def test_what_is_stored_is_no_cookie(lab, shop, alice, mallory):
    """Whoever puts into the cookie what the store holds is not the browser that asked."""
    ask_for_link(alice, shop)
    for row in lab.db.links.find():
        mallory.jar.receive(f"{ASKED}={row['browser']}; Secure; Path=/", shop.url)
    use_token(mallory, shop, token_of(link_for(lab, alice)))

    assert not is_logged_in(mallory, shop, as_=alice), "What stands in the table of links does for a cookie."
