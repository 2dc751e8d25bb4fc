"""Accept any password that is long and that nobody would try.

What `acceptable` promises, asked directly, and once at the shop's page.
"""

from string import ascii_lowercase, punctuation

import pytest

from labsrv.grading import promise
from labsrv.kit.common_passwords import COMMON, bare, most_common
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in

PLACE = 4
DECIDES = ("acceptable",)

# Passwords of all kinds; {} is ten letters that were drawn.
ANY_KIND = {
    "small letters and hyphens": "{}-lantern-oolong",
    "capitals alone": "{}LANTERNOOLONG",
    "words with blanks between": "{} lantern oolong kettle",
    "sixty-four characters": "{}-lantern-oolong-kettle-biscuit-window-candle-harbour-meadow-sunflow",
    "two hundred characters": "{}" + " and so on" * 18,
    "a thousand characters": "{}" + " and so on" * 99,
    "letters of another alphabet": "{} чайник и фонарь",
    "letters with accents": "{} äöü éèê ñ",
    "with pictures": "{} 🫖🫖🏮🏮 🫖🏮",
    "with a picture of two": "{} 👩‍🌾 oolong",
    "with a tab in it": "{}\tlantern oolong",
    "with a blank at the end": "{} lantern oolong ",
    "a common word among others": "dragon {} sunshine",
}
OTHERS = {
    "digits alone": lambda draw: f"{draw.getrandbits(80):024}",
    "signs alone": lambda draw: "".join(draw.choices(punctuation, k=24)),
}

# Exactly fifteen characters of some kind, made of ten letters.
FIFTEEN = {
    "letters": lambda ten: f"{ten}olong",
    "with an accent": lambda ten: f"{ten}ölöng",
    "of another alphabet": lambda ten: f"{ten}чайни",
    "pictures": lambda ten: f"{ten}🫖🏮🫖🏮🫖",
    "with blanks at both ends": lambda ten: f"  {ten}   ",
    "with blanks in it": lambda ten: f"{ten[:3]} {ten[3:6]} {ten[6:]} x ",
    "with signs around it": lambda ten: f"!?{ten}-7!",
}

# Common passwords, in the dress that people give them; the word that was drawn is in all of the rest.
COMMON_ONES = {
    "keys that lie side by side": "qwertyuiop12345",
    "keys and a shift key": "1Qaz2Wsx3Edc4Rfv",
    "a word three times": "dragondragondragon",
    "the same with capitals and signs": "Dragon-Dragon-Dragon-1!",
    "a word and all the digits": "Football1234567890!",
    "a word among signs": "!!!!!!Sunshine99!!!!!!",
}
DRESSES = {
    "a word and digits after it": lambda word, draw: f"{word}{draw.getrandbits(40):012}",
    "a word and digits before it": lambda word, draw: f"{draw.getrandbits(40):012}{word}",
    "a word in capitals among signs": lambda word, draw: f"{'*' * 6}{word.upper()}{'!' * 6}",
    "a word with blanks around it": lambda word, draw: f"{' ' * 6}{word.capitalize()}{' ' * 6}",
    "a word over and over": lambda word, draw: word * 4,
    "a word over and over with blanks between": lambda word, draw: " ".join([word.capitalize()] * 4),
}

# Where a name may stand in a password.
AROUND = {
    "at its beginning": "{} & 7 lanterns of oolong",
    "at its end": "I have 7 lanterns for {}",
    "in the middle": "my 7 lanterns like {} & oolong",
    "within a word": "oolongs7lantern{}kettle",
}


def verdict(decision, password, name):
    """Return what the function says, as a truth value."""
    return bool(decision.acceptable(password, name).value)


def letters(draw, many=10):
    """Return small letters that nobody could have expected."""
    return "".join(draw.choices(ascii_lowercase, k=many))


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
        "Is a blank a character?",
    ],
)
def test_fourteen_characters_are_too_few(decision, draw):
    """A password of fourteen characters is refused, whatever they are; with one more it is accepted."""
    name = draw.word()
    for beginning in ("Kä7!", "Ka7!"):
        short = (beginning + draw.password())[:14]
        assert not verdict(decision, short, name), "A password of fourteen characters is accepted."
        assert verdict(decision, f"{short}7", name), "A password of fifteen characters is refused."
    for kind, make in FIFTEEN.items():
        enough = make(letters(draw))
        assert verdict(decision, enough, name), f"A password of fifteen characters is refused: {kind}."
        for short in (enough[:-1], enough[1:]):
            assert not verdict(decision, short, name), f"A password of fourteen characters is accepted: {kind}."


@promise(
    points=2,
    after=test_a_long_one_of_all_kinds_is_accepted,
    asvs="6.2.5",
    cwe=521,
    hints=[
        "Try `oolong lantern kelp amber`. Which rule minds it?",
        "Which kinds of characters does a customer of yours have to use, or may not use? How long may it be?",
        "The rule (ASVS 6.2.5, 6.2.9): any characters, blanks and other scripts too, and 64 of them at least.",
    ],
)
def test_any_characters_will_do(decision, draw):
    """A long password is accepted whatever characters it is made of, and however long it is."""
    name = draw.word()
    chosen = {kind: text.format(letters(draw)) for kind, text in ANY_KIND.items()}
    chosen |= {kind: make(draw) for kind, make in OTHERS.items()}
    chosen["capitals alone"] = chosen["capitals alone"].upper()
    for kind, password in chosen.items():
        assert verdict(decision, password, name), f"A long password that nobody would try is refused: {kind}."


@promise(
    points=2,
    after=test_any_characters_will_do,
    asvs="6.2.4",
    cwe=521,
    hints=[
        "Which of the 30,000 most common passwords are long enough for your function?",
        "A word three times over is no longer secret than the word. What is left of it without its finery?",
        "`COMMON` in labsrv/kit/common_passwords.py has the list, and `bare` takes the dress off. Ask about both.",
    ],
)
@pytest.mark.parametrize("seldom", [False, True], ids=["what everybody tries", "what few have"])
def test_a_common_one_is_refused_in_any_dress(decision, draw, seldom):
    """A common password is refused, in whatever dress it comes and wherever it stands on the list."""
    name = draw.word()
    listed = most_common(30_000)[15_000:] if seldom else most_common(2_000)
    words = [each for each in listed if 5 <= len(each) <= 12 and set(each) <= set(ascii_lowercase)]
    worn = {} if seldom else dict(COMMON_ONES)
    for dress, make in DRESSES.items():
        word = draw.choice([each for each in words if bare(each * 4) == each])
        worn[f"{dress} ({word!r})"] = make(word, draw)
    for dress, password in worn.items():
        assert bare(password) in COMMON or password.casefold() in COMMON
        assert not verdict(decision, password, name), f"A password that many have is accepted: {dress}."


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
    name = draw.word()
    listed = [each for each in most_common(30_000) if len(each) >= 15]
    plain = [each for each in listed if bare(each) not in COMMON]
    tried = [*draw.sample(listed, 12), *draw.sample(plain, 8)]
    passed = [each for each in tried for each in (each, each.upper()) if verdict(decision, each, name)]
    assert not passed, f"{passed[0]!r} is on the list, and is accepted."


@promise(
    points=1,
    after=test_any_characters_will_do,
    asvs="6.2.11",
    cwe=521,
    hints=[
        "What does somebody try who knows the customer's name, and the shop's?",
        "Does it help to write the name in capitals?",
        "Where in the password do you look for the name, and how long does it have to be?",
    ],
)
def test_what_is_at_hand_is_refused(decision, draw):
    """A password that contains the customer's name or the shop's is refused: wherever it stands, in small letters or
    in capitals.
    """
    for name in (draw.word(), draw.word().capitalize(), letters(draw, 4).capitalize()):
        for near in (name, name.lower(), name.upper(), name.swapcase(), "teashop", "TeaShop", "TEASHOP"):
            for place, text in AROUND.items():
                whose = "the shop's" if near.lower() == "teashop" else "the customer's"
                accepted = verdict(decision, text.format(near), name)
                assert not accepted, f"A password with {whose} name {place}, written {near!r}, is accepted."
        for text in AROUND.values():
            assert verdict(decision, text.format(letters(draw)), name), "A password without any name is refused."
