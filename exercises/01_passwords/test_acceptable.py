"""Accept any password that is long and that nobody would try.

What `acceptable` promises, asked directly, and once at the shop's page.
"""

from string import ascii_lowercase

import pytest

from labsrv.grading import promise
from labsrv.kit.common_passwords import most_common
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in

PLACE = 4
DECIDES = ("acceptable",)

# Passwords of all kinds; {} is ten letters that were drawn.
ANY_KIND = {
    "small letters and hyphens": "{}-lantern-oolong",
    "words with blanks between": "{} lantern oolong kettle",
    "sixty-four characters": "{}-lantern-oolong-kettle-biscuit-window-candle-harbour-meadow-sunflow",
    "two hundred characters": "{}" + " and so on" * 18,
    "letters of another alphabet": "{} чайник и фонарь",
    "with pictures": "{} 🫖🫖🏮🏮 🫖🏮",
    "with a blank at the end": "{} lantern oolong ",
}
DIGITS_ONLY = "four-and-twenty digits"

# Common passwords, in the dress that people give them.
COMMON = {
    "keys that lie side by side": "qwertyuiop12345",
    "keys and a shift key": "1Qaz2Wsx3Edc4Rfv",
    "a word three times": "dragondragondragon",
    "the same with capitals and signs": "Dragon-Dragon-Dragon-1!",
    "a word and all the digits": "Football1234567890!",
    "a word among signs": "!!!!!!Sunshine99!!!!!!",
}


def verdict(decision, password, name):
    """Return what the function says, as a truth value."""
    return bool(decision.acceptable(password, name).value)


def letters(draw):
    """Return ten small letters that nobody could have expected."""
    return "".join(draw.choices(ascii_lowercase, k=10))


@promise()
def test_a_long_one_of_all_kinds_is_accepted(shop, alice, draw):
    """Alice chooses a long password with all kinds of characters, and logs in with it."""
    new = f"{draw.word().capitalize()}&Lantern-{draw.word()}7!"
    log_in(alice, shop)
    change_password(alice, shop, new=new)
    alice.jar.clear()
    log_in(alice, shop, password=new)

    assert is_logged_in(alice, shop), "Alice chose a long password of many kinds of characters, and cannot use it."


@promise()
def test_a_common_word_among_others_does_no_harm(decision, draw):
    """A common word among others that are not does no harm."""
    assert verdict(decision, f"Dragon-lantern-{draw.word()}-7!", draw.word()), "One common word spoils a long password."


@promise()
def test_none_is_refused(decision, draw):
    """No password at all is refused."""
    assert not verdict(decision, "", draw.word()), "An empty password is accepted."


@promise(
    points=1,
    after=test_a_long_one_of_all_kinds_is_accepted,
    asvs="6.2.1",
    cwe=521,
    hints=[
        "How long is the shortest password that your function accepts?",
        "In what do you count: in characters, or in what they become on the wire?",
    ],
)
def test_fourteen_characters_are_too_few(decision, draw):
    """A password of fourteen characters is refused, whatever they are; with one more it is accepted."""
    name = draw.word()
    for beginning in ("Kä7!", "Ka7!"):
        short = (beginning + draw.password())[:14]
        assert not verdict(decision, short, name), "A password of fourteen characters is accepted."
        assert verdict(decision, f"{short}7", name), "A password of fifteen characters is refused."


@promise(
    points=2,
    after=test_a_long_one_of_all_kinds_is_accepted,
    asvs="6.2.5",
    cwe=521,
    hints=[
        "Try `oolong lantern kelp amber`. Which rule minds it?",
        "Which kinds of characters does a customer of yours have to use, or may not use? How long may it be?",
        "Read ASVS 6.2.5 and 6.2.9.",
    ],
)
@pytest.mark.parametrize("password", [*ANY_KIND.values(), DIGITS_ONLY], ids=[*ANY_KIND, DIGITS_ONLY])
def test_any_characters_will_do(decision, draw, password):
    """A long password is accepted whatever characters it is made of, and however long it is."""
    chosen = f"{draw.getrandbits(80):024}" if password == DIGITS_ONLY else password.format(letters(draw))
    assert verdict(decision, chosen, draw.word()), "A long password that nobody would try is refused."


@promise(
    points=2,
    after=test_any_characters_will_do,
    asvs="6.2.4",
    cwe=521,
    hints=[
        "Which of the 30,000 most common passwords are long enough for your function?",
        "A word three times over is no longer secret than the word. What is left of it without its finery?",
        "Read what labsrv/kit/common_passwords.py offers.",
    ],
)
@pytest.mark.parametrize("password", COMMON.values(), ids=COMMON)
def test_a_common_one_is_refused_in_any_dress(decision, draw, password):
    """A common password is refused, in whatever dress it comes."""
    assert not verdict(decision, password, draw.word()), "A password that everybody tries is accepted."


@promise(
    points=1,
    after=test_any_characters_will_do,
    asvs="6.2.4",
    cwe=521,
    hints=[
        "The list has long passwords too, that look like nothing. Does your function ask for the password as it is?",
        "The list is in lower case.",
    ],
)
def test_whatever_is_on_the_list_is_refused(decision, draw):
    """Every password on the list that is long enough is refused, in small letters and in capitals."""
    listed = [each for each in most_common(30_000) if len(each) >= 15]
    passed = [
        each for each in draw.sample(listed, 12) for each in (each, each.upper()) if verdict(decision, each, "x7")
    ]
    assert not passed, f"{passed[0]!r} is on the list, and is accepted."


@promise(
    points=1,
    after=test_any_characters_will_do,
    asvs="6.2.11",
    cwe=521,
    hints=[
        "What does somebody try who knows the customer's name, and the shop's?",
        "Does it help to write the name in capitals?",
    ],
)
def test_what_is_at_hand_is_refused(decision, draw):
    """A password that contains the customer's name or the shop's is refused, in small letters or in capitals."""
    name = draw.word()
    for near in (name, name.upper(), name.capitalize(), "teashop", "TeaShop"):
        assert not verdict(decision, f"I like {near} & 7 lanterns", name), "A password with a name in it is accepted."
