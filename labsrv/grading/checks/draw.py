"""Names, ids and passwords of one check, drawn from the run's seed; and a lab whose people have them."""

import random
from collections.abc import Container

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.people import Person, cast

WORDS = [
    "amber",
    "birch",
    "cedar",
    "dune",
    "ember",
    "fern",
    "grove",
    "heath",
    "iris",
    "juniper",
    "kelp",
    "larch",
    "moss",
]
NAMES = ["aiko", "emil", "ines", "juno", "kofi", "lale", "luca", "noor", "omar", "sana", "teo", "vera", "yara"]


PAGES = ["bills", "letters", "news", "offers", "prices", "recipes", "returns", "reviews", "stock", "vouchers", "wishes"]
# How somebody might call it: a page of its own, below another page, or with a beginning that others have as well.
SHAPES = ["/{}", "/{}/{}", "/{}/login", "/{}/static/{}", "/login-{}", "/basket/{}", "/logout-{}", "/static-{}"]
NETS = ["192.0.2", "198.51.100", "203.0.113"]  # TEST-NET-1 to 3 (RFC 5737)


class Draw(random.Random):
    """Names, ids and passwords of this check, drawn from the run's seed: no answer can know them beforehand."""

    def word(self) -> str:
        """Return a word that nobody could have expected."""
        return f"{self.choice(WORDS)}-{self.getrandbits(32):08x}"

    def path(self) -> str:
        """Return the path of a page such as people add to a shop."""
        page, below = self.sample(PAGES, 2)
        return self.choice(SHAPES).format(f"{page}-{self.randint(2, 99)}", below)

    def password(self) -> str:
        """Return a password."""
        return "-".join([self.choice(WORDS), self.choice(WORDS), f"{self.getrandbits(48):012x}"])

    def people(self) -> dict[str, Person]:
        """Return the cast under drawn names and with drawn passwords."""
        people = {role: Person(self.name(), self.password(), person.role) for role, person in cast().items()}
        # Numbers follow from names; in the rare case that two people would share one, others come.
        return people if len({each.phone for each in people.values()}) == len(people) else self.people()

    def name(self) -> str:
        """Return a name to log in with, which does not tell whose part somebody plays."""
        return f"{self.choice(NAMES)}-{self.getrandbits(24):06x}"

    def address(self, taken: Container[str]) -> str:
        """Return an address that is not taken."""
        while (address := f"{self.choice(NETS)}.{self.randint(1, 254)}") in taken:
            continue
        return address


class DrawnLab(Lab):
    """A lab whose visitors have drawn names, addresses and User-Agents: none of them says who is Mallory."""

    def __init__(self, technique: str, draw: Draw):
        super().__init__(
            technique,
            place=FirstNumber(),
            people=draw.people(),
            hash_cost="low",
            report=lambda exchange: None,
            listens=False,
        )
        self.draw = draw
        self.addresses: set[str] = set()

    def browser(self, name: str) -> Browser:
        """Return the browser of that name, made on first use."""
        new = name not in self.browsers
        browser = super().browser(name)
        if new:
            browser.address = browser.network.address = self.draw.address(self.addresses)
            self.addresses.add(browser.address)
            browser.network.agent = f"Authlab/{self.draw.word()}"
        return browser
