"""Read base64url in its one spelling.

What `base64url_decode` promises about the published examples, about respelled texts, and about vouchers.
"""

import pytest

from labsrv.grading import promise
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

# Texts that decoders read as the same bytes. `text` stands for an even number of bytes that make `-` or `_` appear.
RESPELLED = {
    "a sign of padding": lambda text: text + "=",
    "all of the padding": lambda text: text + "=" * (-len(text) % 4),
    "a blank at the end": lambda text: text + " ",
    "a line break at the end": lambda text: text + "\n",
    "a line break in the middle": lambda text: text[:4] + "\r\n" + text[4:],
    "a stray character": lambda text: text[:4] + "!" + text[4:],
    "a blank at the beginning": lambda text: " " + text,
    "the other alphabet": lambda text: text.replace("-", "+").replace("_", "/"),
    "a letter that is no ASCII": lambda text: text + "é",
    "a digit of another script": lambda text: text[:-1] + "\u0663",
    "half a byte too many": lambda text: text + "AAA"[: (1 - len(text)) % 4 or 4],
}

# Letters whose last bits belong to no byte: `Zg` is "f", and so are these to a decoder that looks away.
STRAY_BITS = {"f": ["Zh", "Zi", "Zv"], "fo": ["Zm9", "Zm-", "Zm_"], "foob": ["Zm9vYh", "Zm9vYr"]}


def refused(answer):
    """Tell whether a decision raised `ValueError` or one of its kind."""
    return getattr(answer, "type", None) in ("ValueError", "Error", "UnicodeEncodeError", "UnicodeDecodeError")


@promise()
@pytest.mark.parametrize("text", PUBLISHED, ids=lambda text: text or "nothing")
def test_the_published_examples(decision, text):
    """The examples of the standards are read as the standards say."""
    answer = decision.base64url_decode(text)

    assert getattr(answer, "value", None) == PUBLISHED[text], f"{text!r} is {PUBLISHED[text]!r}, and you said: {answer}"


@promise()
def test_any_bytes(decision, draw):
    """Bytes of any length come back as they went in."""
    for length in range(40):
        data = draw.randbytes(length)
        answer = decision.base64url_decode(encoded(data))
        assert getattr(answer, "value", None) == data, f"{length} bytes came back differently: {answer}"


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
        "Read RFC 4648, 3.3, on characters outside of the alphabet.",
    ],
)
@pytest.mark.parametrize("respell", RESPELLED.values(), ids=RESPELLED)
def test_another_spelling_is_refused(decision, draw, respell):
    """Padding, blanks, stray characters, another alphabet: whatever is not the one spelling is refused."""
    text = encoded(b"\xff\xef" + draw.randbytes(6))
    answer = decision.base64url_decode(respell(text))

    assert refused(answer), f"It was read as {answer}, or refused with something else than ValueError."


@promise(
    points=2,
    after=test_another_spelling_is_refused,
    asvs="2.2.1",
    cwe=20,
    hints=[
        'A character has six bits, a byte has eight. Which bits of the `g` in "Zg" are left over?',
        'Decode "Zg" and "Zh", and encode both again.',
        "Read RFC 4648, 3.5, on canonical encoding.",
    ],
)
@pytest.mark.parametrize("word", STRAY_BITS)
def test_stray_bits_are_refused(decision, word):
    """Bits in the last character that belong to no byte have to be zero."""
    for text in STRAY_BITS[word]:
        assert refused(decision.base64url_decode(text)), f"{text!r} was read, and is not how one writes {word!r}."


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
    redeem(mallory, shop, text)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    neighbour = letters[letters.index(text[-1]) ^ 1]
    for other in (text + "=", text + "\n", text + ".", text[:-1] + neighbour):
        answer = redeem(mallory, shop, other)
        assert answer.status == 400, f"Mallory wrote a redeemed voucher differently, and the shop said {answer.status}."

    assert lab.db.redeemed.count_documents({}) == 1, "One voucher was redeemed more than once."
