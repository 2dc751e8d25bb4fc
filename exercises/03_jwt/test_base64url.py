"""Read base64url in its one spelling.

What `base64url_decode` promises about the published examples, about respelled texts, and about vouchers.
"""

import builtins

import pytest

from labsrv.grading import Raised, promise
from labsrv.labs.jwt.compact import encoded
from labsrv.labs.jwt.people import redeem, voucher

PLACE = 1
DECIDES = ("base64url_decode",)

# RFC 4648, 10, and RFC 7515, Appendix C.
PUBLISHED = {
    "": b"",
    "Zg": b"f",
    "Zm8": b"fo",
    "Zm9v": b"foo",
    "Zm9vYg": b"foob",
    "Zm9vYmE": b"fooba",
    "Zm9vYmFy": b"foobar",
    "A-z_4ME": bytes([3, 236, 255, 224, 193]),
}

# Texts that decoders read as the same bytes. Each text is tried in three lengths: with and without room for padding.
RESPELLED = {
    "a sign of padding": lambda text: text + "=",
    "two signs of padding": lambda text: text + "==",
    "all of the padding": lambda text: text + "=" * (-len(text) % 4 or 4),
    "padding in front": lambda text: "=" + text,
    "padding in the middle": lambda text: text[:4] + "=" + text[4:],
    "a blank at the end": lambda text: text + " ",
    "blanks at the end": lambda text: text + " " * (-len(text) % 4 or 4),
    "a line break at the end": lambda text: text + "\n",
    "line breaks at the end": lambda text: text + "\n" * (-len(text) % 4 or 4),
    "a line break of Windows": lambda text: text + "\r\n",
    "a line break in the middle": lambda text: text[:4] + "\r\n" + text[4:],
    "a null at the end": lambda text: text + "\0",
    "a stray character": lambda text: text[:4] + "!" + text[4:],
    "a dot": lambda text: text + ".",
    "a blank at the beginning": lambda text: " " + text,
    "a line break at the beginning": lambda text: "\n" + text,
    "the other alphabet": lambda text: text.replace("-", "+").replace("_", "/"),
    "one letter of the other alphabet": lambda text: text.replace("_", "/"),
    "as it stands in an address": lambda text: text + "%3D",
    "a letter that is no ASCII": lambda text: text + "é",
    "a digit of another script": lambda text: text[:-1] + "\u0663",
    "a wide letter": lambda text: chr(0xFEE0 + ord("A")) + text[1:],
    "a mark that nobody sees": lambda text: text + "\u200b",
    "half a byte too many": lambda text: text + "AAA"[: (1 - len(text)) % 4 or 4],
}
# What stands for nothing, or for no byte.
NOTHING = ("=", "====", " ", "\n", "\n\n\n\n", ".", "A", "AAAAA", "A===", "A=")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

NO_VALUE_ERROR = {name for name, kind in vars(builtins).items() if isinstance(kind, type)} - {
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, ValueError)
}


@pytest.fixture
def must_be_refused(decision, process):
    """Return a function: check that a text raises `ValueError` or one of its kind, of Python's or of its own."""

    def check(text, what):
        answer = decision.base64url_decode(text)
        process.raised.clear()  # it was asked for: what went wrong is something else
        assert isinstance(answer, Raised), f"{text!r} ({what}) was read as {answer}; no encoder writes that."
        assert answer.type not in NO_VALUE_ERROR, f"{text!r} ({what}) raises {answer.type}, which is no ValueError."

    return check


@promise()
@pytest.mark.parametrize("text", PUBLISHED, ids=lambda text: text or "nothing")
def test_the_published_examples(decision, text):
    """The examples of the standards are read as the standards say."""
    answer = decision.base64url_decode(text)

    assert getattr(answer, "value", None) == PUBLISHED[text], f"{text!r} is {PUBLISHED[text]!r}, and you said: {answer}"


@promise()
def test_any_bytes(decision, draw):
    """Bytes of any length come back as they went in."""
    same = [bytes([value]) * 3 for value in (0, 0x41, 0xFB, 0xFF)]
    for data in [*map(draw.randbytes, range(40)), b"\xfb\xef\xbe", *same]:
        answer = decision.base64url_decode(encoded(data))
        assert getattr(answer, "value", None) == data, f"{encoded(data)!r} came back differently: {answer}"


@promise()
def test_a_voucher_is_redeemed(shop, alice):
    """Alice redeems a voucher as the shop gave it to her."""
    answer = redeem(alice, shop, voucher(alice, shop))

    assert answer.status == 200, f"Alice's voucher was answered with {answer.status}."


@promise(
    points=2,
    after=test_any_bytes,
    asvs="2.2.1",
    cwe=20,
    hints=[
        'Try `base64.urlsafe_b64decode("Zm9v!")` in a cell. What became of the "!"?',
        "You need not list what is wrong. Which text would an encoder have written for the bytes that you read?",
        "The rule (RFC 4648, 3.3): a character that is not of the alphabet refuses the text; so does padding here.",
    ],
)
def test_another_spelling_is_refused(must_be_refused, draw):
    """Padding, blanks, stray characters, another alphabet: whatever is not the one spelling is refused."""
    texts = [encoded(b"\xff\xef\xfe" + draw.randbytes(length)) for length in (3, 4, 5)]
    for row, respell in RESPELLED.items():
        for text in texts:
            must_be_refused(respell(text), row)
    for text in NOTHING:
        must_be_refused(text, "which stands for no bytes")


@promise(
    points=2,
    after=test_another_spelling_is_refused,
    asvs="2.2.1",
    cwe=20,
    hints=[
        'A character has six bits, a byte has eight. Which bits of the `g` in "Zg" are left over?',
        'Decode "Zg" and "Zh", and encode both again.',
        "The rule (RFC 4648, 3.5): left-over bits are zero. Encode what you decoded, and compare with what came.",
    ],
)
def test_stray_bits_are_refused(must_be_refused, draw):
    """Bits in the last character that belong to no byte have to be zero."""
    for length, spare in ((1, 4), (2, 2), (4, 4), (8, 2)):
        text = encoded(draw.randbytes(length))
        for bits in range(1, 1 << spare):
            other = text[:-1] + LETTERS[LETTERS.index(text[-1]) | bits]
            must_be_refused(other, f"{text!r} with {spare} bits to spare, which are not zero")


@promise(
    points=2,
    after=test_a_voucher_is_redeemed,
    asvs="2.3.4",
    cwe=20,
    hints=[
        "The shop knows a voucher by its text. How many texts are the same voucher to your decoder?",
        "Look at the third part, after the last dot: nobody signed the signature.",
    ],
)
def test_a_voucher_pays_once(lab, shop, mallory):
    """A voucher that was redeemed is not redeemed again in another spelling."""
    text = voucher(mallory, shop)
    assert redeem(mallory, shop, text).status == 200, "Mallory's voucher was refused as it was."
    neighbour = LETTERS[LETTERS.index(text[-1]) ^ 1]
    spellings = {
        "with '=' behind it": text + "=",
        "with a line end behind it": text + "\n",
        "with a blank behind it": text + " ",
        "with a dot behind it": text + ".",
        "with another last letter": text[:-1] + neighbour,
        "with '=' behind its first part": text.replace(".", "=.", 1),
    }
    for how, other in spellings.items():
        status = redeem(mallory, shop, other).status
        assert status == 400, f"Mallory wrote a redeemed voucher once more, {how}, and the shop said {status}."

    assert lab.db.redeemed.count_documents({}) == 1, "One voucher was redeemed more than once."
