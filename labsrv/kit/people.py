"""The cast: Alice and Bob are customers of a tea shop, Carol works in its HR, Mallory attacks."""

from dataclasses import dataclass, field
from hashlib import sha256

# Addresses for documentation (RFC 5737, TEST-NET-1): nobody on the internet has them.
ADDRESSES = {"alice": "192.0.2.10", "bob": "192.0.2.20", "carol": "192.0.2.30", "mallory": "192.0.2.66"}

MAIL_DOMAIN = "post.localhost"
# North America's area codes; in each, 555-0100 to 555-0199 are kept for fiction: nobody has these numbers.
AREA_CODES = [code for code in range(200, 1000) if code % 100 != 11]

# argon2id hashes of the cast's passwords, made beforehand: hashing takes 0.03 s each, and a lab starts in less.
HASHES = {
    "alice": "$argon2id$v=19$m=19456,t=2,p=1$irE2xtibc66VMuY8J0RIiQ$M368B1eGdHoYgFkWRbuTIXMgaPC9ZUuUmSMWRSS15Us",
    "bob": "$argon2id$v=19$m=19456,t=2,p=1$AIDQGsO4d24NgRDinBMipA$m6n4pDl7kuWR+Ao4wpoaFvSoDxpmL3piTuwFuDgfTgc",
    "carol": "$argon2id$v=19$m=19456,t=2,p=1$RAjhnJOylrJW6r33/j+nVA$LQsg/M/uibtY4AtTvp1RvBNjol4jbAky09kmY2zB+vc",
    "mallory": "$argon2id$v=19$m=19456,t=2,p=1$tFZqrZXSuvfem9O6d47xvg$j/nLF/dT16WEIP92x8NY0D4uOqx2Lk8g1Tb3y2QO8K8",
}


@dataclass
class Person:
    """Somebody with an account. `name` is what they log in with; `known_hash` saves hashing the password."""

    name: str
    password: str = field(repr=False)
    role: str = "customer"
    known_hash: str | None = field(default=None, repr=False)

    @property
    def email(self) -> str:
        """Return the address of their mailbox."""
        return f"{self.name}@{MAIL_DOMAIN}"

    @property
    def phone(self) -> str:
        """Return the number of their phone (E.164), the same for the same name."""
        return number_of(self.name)


def number_of(name: str) -> str:
    """Return a number that is kept for fiction: `+1` and ten digits. One pair of names in 79,200 shares one."""
    drawn = int.from_bytes(sha256(name.encode()).digest()[:8])
    area, last = divmod(drawn % (len(AREA_CODES) * 100), 100)
    return f"+1{AREA_CODES[area]}55501{last:02}"


def cast() -> dict[str, Person]:
    """Return the people of the notebooks; their passwords look as fake as they are."""
    return {
        "alice": Person("alice", "alice-likes-oolong-tea", known_hash=HASHES["alice"]),
        "bob": Person("bob", "bob-prefers-earl-grey", known_hash=HASHES["bob"]),
        "carol": Person("carol", "carol-keeps-the-payroll", role="hr", known_hash=HASHES["carol"]),
        "mallory": Person("mallory", "mallory-has-bad-ideas", known_hash=HASHES["mallory"]),
    }
