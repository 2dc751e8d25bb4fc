"""Find out from which address a request comes.

What `client_address` promises: by lines that are drawn, true ones and forged, and by where Mallory says she is.
"""

import ipaddress

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.people import at_desk, comes_by_proxy, goes, move_to, read, staff
from labsrv.labs.abac.places import PROXIES

PLACE = 4
DECIDES = ("client_address",)
CLOSED = ("labsrv.policy", "werkzeug.middleware")

# What somebody may have written in the place of an address.
NO_ADDRESSES = {
    "unknown": "unknown",
    "nothing": "",
    "a blank": " ",
    "a name": "desk-14.tea.example",
    "a hidden name": "_hidden",
    "a number too high": "10.1.0.256",
    "three numbers": "10.1.0",
    "five numbers": "10.1.0.14.1",
    "an address and a port": "10.1.0.14:5000",
    "an address and a port in brackets": "[2001:db8::14]:5000",
    "an address in brackets": "[2001:db8::14]",
    "an address in quotes": '"10.1.0.14"',
    "a network": "10.1.0.0/16",
    "two addresses": "10.1.0.14 10.1.0.15",
    "as another header has it": "for=10.1.0.14",
    "a word that means here": "localhost",
    "a number with a zero before it": "10.01.0.14",
    "a negative number": "10.1.0.-4",
}

# Ways to write what nobody believes: forged → the value of the header.
LINES = {
    "an address": lambda forged: forged,
    "with blanks around it": lambda forged: f"  {forged}  ",
    "a line of two": lambda forged: f"{forged}, 198.51.100.7",
    "a line that ends with it": lambda forged: f"198.51.100.7, {forged}",
    "a long line": lambda forged: ", ".join([forged] * 30),
    "with the proxy behind it": lambda forged: f"{forged}, {PROXIES[0]}",
    "the proxies alone": lambda forged: ", ".join(PROXIES),
    "nothing": lambda forged: "",
    "commas": lambda forged: ",,,",
    "no address": lambda forged: "unknown",
}

# Addresses of version 6 in two spellings each.
SPELLINGS = [
    ("2001:db8::14", "2001:DB8:0:0:0:0:0:14"),
    ("2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001"),
    ("fd00::9", "FD00:0::0:9"),
]


def address(draw, of="world"):
    """Return a drawn address: of the world's, or one in the house."""
    if of == "house":
        return f"10.1.{draw.randint(0, 200)}.{draw.randint(1, 254)}"
    return f"{draw.choice(['192.0.2', '198.51.100', '203.0.113'])}.{draw.randint(1, 254)}"


def same(one, other):
    """Return whether two texts are one address, however they are written."""
    try:
        return ipaddress.ip_address(one) == ipaddress.ip_address(other)
    except ValueError:
        return False


def comes_from(decision, peer, forwarded, proxies, expected):
    """Check from where a request is said to come."""
    answer = decision.client_address(peer, forwarded, proxies)
    line = repr(forwarded if forwarded is None or len(forwarded) < 90 else f"{forwarded[:90]}…")
    asked = f"The socket says {peer}, the header {line}, our proxies are {', '.join(proxies) or 'none'}"
    assert isinstance(answer, Answer), f"{asked}: your function raised {answer}."
    assert isinstance(answer.value, str), f"{asked}: your function gave {answer}, which is no text."
    assert same(answer.value.strip(), expected), f"{asked}: your function gave {answer}, not {expected}."


@pytest.fixture
def ours(draw):
    """Three proxies of a company, drawn."""
    net = f"10.{draw.randint(20, 90)}.{draw.randint(0, 9)}"
    return [f"{net}.{number}" for number in draw.sample(range(1, 20), 3)]


@pytest.fixture
def cleared(lab, mallory):
    """Mallory, whom HR has cleared for everything, at ten in the morning, on a device that IT trusts."""
    move_to(lab, "10:00")
    staff(lab, mallory, clearance=3)
    return at_desk(lab, mallory)


@promise()
def test_an_address_without_a_proxy(decision, draw, ours):
    """Whoever asks without a proxy in between has the address of the socket."""
    for _ in range(5):
        client = address(draw, draw.choice(["world", "house"]))
        comes_from(decision, client, None, ours, client)
        comes_from(decision, client, None, [], client)
    comes_from(decision, "2001:db8::14", None, ours, "2001:db8::14")


@promise()
def test_an_address_by_a_proxy(decision, draw, ours):
    """Whoever asks by one of our proxies has the address that it has written."""
    for proxy in ours:
        client = address(draw, draw.choice(["world", "house"]))
        comes_from(decision, proxy, client, ours, client)


@promise()
def test_people_do_their_work(lab, shop, cleared, bob):
    """In the house, Mallory and Bob read what stays in the house: straight, and by the company's proxy."""
    assert read(cleared, shop, "hotel-contract").status == 200, "Mallory sits in the house, and can't read a contract."
    at_desk(lab, bob)
    by_proxy = comes_by_proxy(bob)
    assert read(bob, shop, "hotel-contract", headers=by_proxy).status == 200, (
        "Bob sits in the house, comes by the company's proxy, and can't read his contract."
    )
    goes(lab, cleared, "home")
    assert read(cleared, shop, "hotel-contract").status == 404, "Mallory is at home, and reads what stays in the house."


@promise(
    points=2,
    after=test_people_do_their_work,
    asvs="4.1.3",
    cwe=348,
    hints=[
        "Who wrote the header that your function reads? In the traffic, look at what Mallory sends.",
        "Before you read a line of the header: who is at the other end of the socket?",
        "`peer in proxies` is the question. What is the answer worth if it is no?",
    ],
)
def test_a_header_from_anybody_is_hearsay(lab, decision, draw, ours, shop, cleared):
    """From whoever is none of our proxies, the header says nothing; Mallory at home is at home."""
    for write in LINES.values():
        client, forged = address(draw), address(draw, "house")
        line = write(forged)
        for proxies in (ours, [*ours, forged], []):
            if client not in proxies:
                comes_from(decision, client, line, proxies, client)

    goes(lab, cleared, "home")
    for line in ("10.1.0.14", "10.1.0.14, 10.9.0.1", "10.9.0.1", "127.0.0.1", "10.1.0.14, 10.1.0.14"):
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP", "True-Client-IP"):
            said = {name: f"for={line}" if name == "Forwarded" else line}
            status = read(cleared, shop, "hotel-contract", headers=said).status
            assert status == 404, f"Mallory is at home, sent {name}: {line}, and got {status}."


@promise(
    points=2,
    after=test_an_address_by_a_proxy,
    asvs="4.1.3",
    cwe=348,
    hints=[
        "A proxy leaves what it was sent. Which part of `10.1.0.14, 192.0.2.66` has the proxy written?",
        "Where in the line is what the nearest proxy has written? Begin there.",
        "`forwarded.split(',')[-1]`. And then: is *that* one of our proxies?",
    ],
)
def test_what_stood_there_before_is_hearsay(lab, decision, draw, ours, shop, cleared):
    """By one of our proxies, the last address counts, whatever stands before it; Mallory begins lines in vain."""
    for write in LINES.values():
        client, forged = address(draw), address(draw, "house")
        for begun in (write(forged), write(ours[1]), write("unknown")):
            for between in (", ", ",", " , "):
                comes_from(decision, ours[0], f"{begun}{between}{client}", ours, client)

    goes(lab, cleared, "home")
    home = cleared.address
    for begun in ("10.1.0.14", "10.1.0.14, 10.1.0.15", "10.1.0.14, 10.9.0.2", "10.9.0.1, 10.1.0.14", "unknown"):
        cleared.address = cleared.network.address = home
        through = comes_by_proxy(cleared, said=begun)
        status = read(cleared, shop, "hotel-contract", headers=through).status
        assert status == 404, f"Mallory is at home, the line is {through['X-Forwarded-For']!r}, and she got {status}."


@promise(
    points=1,
    after=test_what_stood_there_before_is_hearsay,
    asvs="4.1.3",
    cwe=348,
    hints=[
        "Two of our proxies in a row: the first was asked by Mallory, the second by the first. What is in the line?",
        "Go on to the left as long as the address is one of ours.",
        "And where the line ends with ours? The last of our proxies that you reached is all that is known.",
    ],
)
def test_several_of_our_proxies_in_a_row(decision, draw, ours):
    """Behind several of our proxies it is whom the farthest one was asked by, in whatever order they come."""
    for _ in range(12):
        client, forged, (near, *others) = address(draw), address(draw, "house"), draw.sample(ours, len(ours))
        for row in (others[:1], others, [*others, near], [near, near, *others]):
            comes_from(decision, near, ", ".join([client, *row]), ours, client)
            comes_from(decision, near, ", ".join([forged, client, *row]), ours, client)
            comes_from(decision, near, ",".join([ours[0], forged, "unknown", client, *row]), ours, client)
            # Nobody but ours is known: it is the farthest of them.
            comes_from(decision, near, ", ".join(row), ours, row[0])
    # Somebody else's proxy is not ours, whatever it has added.
    client, other = address(draw), address(draw)
    if other != client:
        comes_from(decision, ours[0], f"{client}, {other}", ours, other)
        comes_from(decision, ours[0], f"{client}, {ours[1]}, {other}, {ours[2]}", ours, other)


@promise(
    points=1,
    after=test_what_stood_there_before_is_hearsay,
    asvs="4.1.3",
    cwe=348,
    hints=[
        "A proxy may write `unknown`. What do you know then?",
        "The header may be missing or empty, though a proxy of ours asks. Who is the last that you know of?",
        "`ipaddress.ip_address('10.1.0.14:5000')` raises `ValueError`.",
    ],
)
def test_what_is_no_address_tells_nothing(decision, draw, ours):
    """Where the line ends, or what stands there is no address, it is the proxy that would have written it."""
    near, far = ours[:2]
    for forwarded in (None, ""):
        comes_from(decision, near, forwarded, ours, near)
    for what in NO_ADDRESSES.values():
        comes_from(decision, near, what, ours, near)
        comes_from(decision, near, f"{address(draw, 'house')}, {what}", ours, near)
        comes_from(decision, near, f"{what}, {far}", ours, far)
        comes_from(decision, near, f"{address(draw, 'house')},{what},{far}", ours, far)
        client = address(draw)
        comes_from(decision, near, f"{what}, {client}, {far}", ours, client)


@promise(
    points=1,
    after=test_a_header_from_anybody_is_hearsay,
    asvs="4.1.3",
    cwe=348,
    hints=[
        "Mallory's address is 10.9.0.10, and a proxy of ours is 10.9.0.1. Does your function tell them apart?",
        "`2001:db8::1` and `2001:DB8:0:0:0:0:0:1` are one address. Are they one text?",
        "Compare addresses, and not texts: `ipaddress.ip_address(…)`.",
    ],
)
def test_an_address_is_all_of_it(decision, draw, ours):
    """A proxy of ours is known by its whole address, in whichever way it is written, and by nothing else."""
    client, forged, proxy = address(draw), address(draw, "house"), ours[0]
    net, _, last = proxy.rpartition(".")
    alike = [f"{proxy}{digit}" for digit in range(10) if int(f"{last}{digit}") < 256]
    alike += [
        f"1{proxy}",
        f"{net}.{int(last) + 100}",
        f"{net}.0",
        f"{proxy[1:]}" if proxy[1] != "." else f"11{proxy[2:]}",
    ]
    for other in alike:
        if other not in ours and same(other, other):
            comes_from(decision, other, forged, ours, other)
            comes_from(decision, proxy, f"{forged}, {other}", ours, other)

    for one, another in SPELLINGS:
        for known, peer in ((one, another), (another, one)):
            comes_from(decision, peer, client, [*ours, known], client)
            comes_from(decision, ours[0], f"{client}, {peer}", [*ours, known], client)
            comes_from(decision, peer, f"{forged},{client} , {ours[1]}", [known, *ours], client)
            comes_from(decision, peer, forged, ours, peer)
    comes_from(decision, f"{ours[0]}", f"  {client}  ", ours, client)
