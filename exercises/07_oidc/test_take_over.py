"""Take over what a provider may say, and nothing else.

What `trusts` and `profile_of` promise about providers that say more than they may.
"""

from labsrv.grading import Answer, promise
from labsrv.labs.oidc.attacks import come_after_alice, say_she_is_the_house, say_that_she_works_there
from labsrv.labs.oidc.people import is_logged_in, log_in

PLACE = 6
DECIDES = ("profile_of", "trusts")

NULL = object()  # a claim that is there, and null

SUBJECTS = {
    "somebody else": lambda own: "somebody-else",
    "nobody": lambda own: None,
    "null": lambda own: NULL,
    "an empty text": lambda own: "",
    "the beginning of the subject": lambda own: own[:-1],
    "the end of the subject": lambda own: own[1:],
    "more than the subject": lambda own: own + "0",
    "another last character": lambda own: own[:-1] + ("b" if own[-1] == "a" else "a"),
    "capital letters": lambda own: own.upper(),
    "a blank before it": lambda own: " " + own,
    "a blank behind it": lambda own: own + " ",
    "a line end behind it": lambda own: own + "\n",
    "a zero before it": lambda own: "0" + own,
    "a list with it": lambda own: [own],
    "an object with it": lambda own: {own: True},
    "true": lambda own: True,
}

ISSUERS = {
    "another provider": lambda own: "https://accounts.example",
    "none": lambda own: None,
    "null": lambda own: NULL,
    "nothing": lambda own: "",
    "a slash more": lambda own: own + "/",
    "its beginning": lambda own: own[:-1],
    "its end": lambda own: own[1:],
    "more than it": lambda own: own + "-2",
    "another tenant": lambda own: own.rpartition("/")[0] + "/another",
    "the provider without the tenant": lambda own: own.rpartition("/")[0],
    "any tenant": lambda own: own.rpartition("/")[0] + "/{tenantid}",
    "http in the place of https": lambda own: own.replace("https", "http"),
    "without the scheme": lambda own: own.partition("//")[2],
    "a port more": lambda own: own.replace(".example", ".example:443"),
    "a host that begins like it": lambda own: own.replace(".example", ".example.mallory.localhost"),
    "a host with a dot at its end": lambda own: own.replace(".example", ".example."),
    "a name before the host": lambda own: own.replace("https://", "https://idp@"),
    "two slashes in the path": lambda own: own.replace(".example/", ".example//"),
    "a way round": lambda own: own.replace(".example/", ".example/x/../"),
    "it in somebody's query": lambda own: f"http://mallory.localhost/?{own}",
    "a query more": lambda own: own + "?",
    "a fragment more": lambda own: own + "#",
    "capital letters": lambda own: own.upper(),
    "a scheme in capitals": lambda own: own.replace("https", "HTTPS"),
    "a blank before it": lambda own: " " + own,
    "a blank behind it": lambda own: own + " ",
    "a line end behind it": lambda own: own + "\n",
    "a letter in another spelling": lambda own: own.replace("e", "%65", 1),
    "a letter that looks the same": lambda own: own.replace("e", "е"),
    "wide letters": lambda own: own.replace("e", "ｅ"),
    "a list with it": lambda own: [own],
    "an object with it": lambda own: {own: True},
    "a number": lambda own: 1,
    "true": lambda own: True,
}

# What a provider might say of somebody besides; each is a column of the shop's, or of somebody's.
MORE = {
    "role": "staff",
    "roles": ["staff"],
    "groups": ["staff"],
    "_id": "another-account",
    "id": "another-account",
    "account": "another-account",
    "iss": "https://another.example",
    "sid": "1",
    "proved_at": 1,
    "is_admin": True,
    "email_verified": True,
    "phone_number": "+1 202-555-0123",
    "picture": "http://mallory.localhost/pixel.png",
    "$set": {"role": "staff"},
}

# What is not the JSON value true.
NOT_VERIFIED = {
    "it is not": False,
    "it does not say so": None,
    "null": NULL,
    "the text false": "false",
    "the text true": "true",
    "the text True": "True",
    "the text 1": "1",
    "the text yes": "yes",
    "nothing": "",
    "zero": 0,
    "a list": [True],
    "an object": {"email": True},
}

# What is there where a text should be.
NO_TEXTS = {
    "nothing": None,
    "null": NULL,
    "a number": 7,
    "true": True,
    "a list": ["Alice"],
    "an empty list": [],
    "an object": {"$ne": ""},
}


def person(draw, **changes):
    """Return what a provider says of somebody, some of it changed; None leaves a part out."""
    word = draw.word()
    said = {"sub": draw.word(), "name": word.title(), "email": f"{word}@tea.example", "email_verified": True} | changes
    return {name: None if each is NULL else each for name, each in said.items() if each is not None}


def token_of(said, **more):
    """Return the claims of an ID token about the same person."""
    return {
        "iss": "https://idp.example",
        "sub": said["sub"],
        "aud": "tea-shop",
        "nonce": "n",
        "iat": 1,
        "exp": 2,
    } | more


def profile(decision, claims, said, what):
    """Return somebody's profile, where there is one; fails where there is an error."""
    answer = decision.profile_of(claims, said)
    assert isinstance(answer, Answer), f"There was an error in the place of a profile: {what} ({answer})."
    assert isinstance(answer.value, dict), f"There is no profile: {what} ({answer})."
    return answer.value


def draw_issuer(draw):
    """Return an issuer that nobody could have expected, with an e in it."""
    return f"https://{draw.word()}.example/tenant-{draw.word()}"


@promise()
def test_people_log_in(shop, alice, bob):
    """Alice logs in at Tea Identity, Bob at Fakebook, and the shop knows their names."""
    log_in(alice, shop)
    log_in(bob, shop, "social")

    assert is_logged_in(alice, shop), "Alice's login at Tea Identity came to nothing."
    assert is_logged_in(bob, shop), "Bob's login at Fakebook came to nothing."
    alice.navigate(shop.profile)
    assert alice.sees(alice.person.email), "Alice's address is verified, and the shop does not know it."


@promise()
def test_a_profile_has_name_and_address(decision, draw):
    """Name and verified address are as userinfo has them."""
    for _ in range(5):
        said = person(draw)
        found = profile(decision, token_of(said), said, "an ordinary one")
        for part in ("name", "email"):
            assert found.get(part) == said[part], f"The {part} is {found.get(part)!r}, and not {said[part]!r}."


@promise()
def test_a_provider_that_says_who_it_is_is_trusted(decision, draw):
    """Metadata of the issuer that was asked are trusted, whatever it is called."""
    for end in ("", "/", ":8443", "/v2.0", "?x=1"):
        issuer = draw_issuer(draw) + end
        answer = decision.trusts({"issuer": issuer, "jwks_uri": f"{issuer}/jwks"}, issuer)
        assert isinstance(answer, Answer) and answer.value, f"The metadata of {issuer} were not trusted ({answer})."


@promise(
    points=2,
    after=test_a_provider_that_says_who_it_is_is_trusted,
    asvs="10.5.3",
    cwe=346,
    hints=[
        "Whose keys are used for the tokens of this issuer, if the metadata are another one's?",
        "Two addresses may lead to the same page. Are they the same issuer?",
        "Read OpenID Connect Discovery, 4.3.",
    ],
)
def test_metadata_of_another_issuer_are_not_trusted(decision, draw):
    """Metadata that name another issuer, however similar, or none, are not trusted."""
    issuer = draw_issuer(draw)
    with_slash = issuer + "/"
    rows = [(row, issuer, other(issuer)) for row, other in ISSUERS.items()]
    rows += [("a slash less", with_slash, issuer), ("itself", issuer, issuer), ("itself", with_slash, with_slash)]
    for row, asked, said in draw.sample(rows, len(rows)):
        metadata = {"issuer": None if said is NULL else said, "jwks_uri": f"{asked}/jwks", "iss": asked}
        if said is None:
            del metadata["issuer"]
        answer = decision.trusts(metadata, asked)
        assert isinstance(answer, Answer), f"Metadata brought up an error ({row}): {answer}."
        assert bool(answer.value) == (row == "itself"), f"Asked {asked}; its metadata name {row}: {answer}."


@promise(
    points=1,
    after=test_people_log_in,
    asvs="10.5.3",
    cwe=346,
    hints=[
        "Mallory's provider writes an issuer into its metadata, and the same one into its tokens. Which one?",
        "With what can the shop compare it that Mallory has not written?",
    ],
)
def test_mallorys_provider_is_not_the_house(lab):
    """Mallory's provider, which says that it is Tea Identity, opens nobody's account there."""
    outcome = say_she_is_the_house(lab)
    assert not outcome, f"Mallory's provider says that it is the house's: {outcome.story}"


@promise(
    points=2,
    after=test_a_profile_has_name_and_address,
    asvs="10.5.2",
    cwe=345,
    hints=[
        "Which of both did the provider sign? About whom is the other one?",
        "What is it if userinfo does not say about whom it is?",
        "Read OpenID Connect Core, 5.3.2, from the first MUST on.",
    ],
)
def test_userinfo_is_about_who_logged_in(decision, draw):
    """There is no profile where userinfo is about another subject than the ID token, or does not say about whom."""
    for row, other in draw.sample([*SUBJECTS.items(), ("who logged in", lambda own: own)], len(SUBJECTS) + 1):
        said = person(draw)
        answer = decision.profile_of(token_of(said), person(draw, sub=other(said["sub"])))
        assert isinstance(answer, Answer), f"Userinfo brought up an error ({row}): {answer}."
        if row == "who logged in":
            assert answer.value is not None, "There is no profile of who logged in."
        else:
            assert answer.value is None, f"Userinfo is about {row}, and was not answered with None."


@promise(
    points=1,
    after=test_people_log_in,
    asvs="10.5.2",
    cwe=345,
    hints=[
        "Mallory is logged in as Mallory, with a good ID token. Whose address has her profile?",
        "In which claim does userinfo say about whom it is?",
    ],
)
def test_mallory_does_not_get_alices_address(lab):
    """Mallory, whom a cache tells what it told Alice, does not see Alice's address in her profile."""
    outcome = come_after_alice(lab)
    assert not outcome, f"Mallory came after Alice, where a cache tells both the same: {outcome.story}"


@promise(
    points=2,
    after=test_a_profile_has_name_and_address,
    asvs="15.3.3",
    cwe=915,
    hints=[
        "What becomes of a profile in `Shop.remember`? Which columns does an account have?",
        "Do you say what may not be taken over, or what may?",
    ],
)
def test_a_profile_has_nothing_else(decision, draw):
    """Whatever else a provider says of somebody, a profile has a name and an e-mail address."""
    for more in [*({name: each} for name, each in MORE.items()), MORE, {draw.word(): draw.word()}, {}]:
        said = person(draw) | more
        for claims in (token_of(said), token_of(said) | more | {"sub": said["sub"]}):
            found = profile(decision, claims, said, "a provider says more than one needs")
            odd = sorted(set(found) - {"name", "email"})
            assert not odd, f"The profile has {', '.join(odd)}, which is neither name nor address."
            assert found == {part: said[part] for part in ("name", "email")}, f"The profile is {found}."


@promise(
    points=1,
    after=test_people_log_in,
    asvs="15.3.3",
    cwe=915,
    hints=[
        "Who decides who works at the shop?",
        "What is in `userinfo` if Mallory's provider fills it?",
    ],
)
def test_mallory_does_not_work_there(lab):
    """Mallory, of whom her own provider says that she is staff, does not read everybody's wages."""
    outcome = say_that_she_works_there(lab)
    assert not outcome, f"Mallory's provider says that she is staff: {outcome.story}"


@promise(
    points=2,
    after=test_a_profile_has_name_and_address,
    asvs="10.5.2",
    cwe=287,
    hints=[
        "At Fakebook, an address is what somebody typed. In which claim does a provider say whether it is more?",
        'What is `"false"` in an `if`?',
        "About which address is an `email_verified`: about that of userinfo, or about that of the ID token?",
    ],
)
def test_an_address_that_nobody_verified_is_none(decision, draw, lab, shop, bob):
    """An address whose `email_verified` is not True is not taken over, and the name is all the same."""
    for row, verified in NOT_VERIFIED.items():
        said = person(draw, email_verified=verified)
        for claims in (token_of(said), token_of(said, email="x@tea.example", email_verified=True)):
            found = profile(decision, claims, said, "the address is not verified")
            assert found.get("email") == "", f"An address was taken over of which userinfo says: {row}."
            assert found.get("name") == said["name"], "The name was lost with an address that nobody has verified."

    log_in(bob, shop, "social")
    bob.navigate(shop.profile)
    assert not bob.sees(bob.person.email), "The shop believes an address that Fakebook has not verified."


@promise(
    points=1,
    after=test_a_profile_has_name_and_address,
    asvs="2.2.1",
    cwe=20,
    hints=[
        "Nobody has to have a name. What is in the profile then?",
        "How long is the longest name that a provider can send?",
    ],
)
def test_name_and_address_are_texts(decision, draw):
    """Name and address are always texts, cut off after 100 and 320 characters, whatever userinfo has there."""
    for part, longest in {"name": 100, "email": 320}.items():
        for row, value in NO_TEXTS.items():
            said = person(draw, **{part: value})
            found = profile(decision, token_of(said), said, f"{part} is {row}")
            assert isinstance(found.get(part), str), (
                f"Userinfo has {row} for {part}, and the profile {found.get(part)!r}."
            )
            if (row in ("nothing", "null") and part == "email") or row == "nothing":
                assert found[part] == "", f"Userinfo has {row} for {part}, and the profile {found[part]!r}."
        for length in (longest - 1, longest, longest + 1, 50_000):
            text = "".join(draw.choices("abcdefgh", k=length))
            found = profile(
                decision, token_of(person(draw, sub="1")), person(draw, sub="1", **{part: text}), "a long one"
            )
            assert found.get(part) == text[:longest], f"Of {length} characters of {part}, {len(found[part])} were kept."
