"""Mailbox by its traits: what came, what is read, where links lead, and that nothing in a message acts."""

import json

import pytest

from labsrv.kit.mail.route import URL
from labsrv.widgets.browser.view import BrowserView
from labsrv.widgets.mail.mailbox import LONGEST_SOURCE, MOST_SHOWN, Mailbox
from labsrv.widgets.mail.reading import PLAIN
from tests.widgets.mail.messages import HOSTILE, lab, settled

__all__ = ["lab"]

ALICE = "alice@post.localhost"


@pytest.fixture
def view(lab):
    view = Mailbox(lab.mail, lab.alice)
    yield view
    view.close()


def wish(view, do, **details):
    view.wished(None, {"do": do, **details}, None)


def write(lab, subject="Tea", text="It is ready.", html=None, to=ALICE):
    lab.mail.send(to, subject, text, html=html)


def test_what_comes_shows_newest_first_and_unread(lab, view):
    wish(view, "close")  # who has closed a letter finds none opened by itself
    assert (view.boxes, view.rows, view.opened) == ([[ALICE, 0, 0]], [], {})
    write(lab, "First")
    write(lab, "Second")
    write(lab, "Not hers", to="bob@post.localhost")
    settled(view)

    assert [(row["subject"], row["new"]) for row in view.rows] == [("Second", True), ("First", True)]
    assert view.boxes == [[ALICE, 2, 2]]
    assert view.rows[0]["sender"] == "The tea shop <shop@post.localhost>"
    assert "2 messages" in view.as_text() and "Second" in repr(view)


def test_an_open_message_is_read(lab, view):
    write(lab, "Tea", "Hello,\n\nyour tea is ready.")
    settled(view)
    wish(view, "open", number=0)

    assert view.opened["text"] == [[["Hello,", PLAIN]], [], [["your tea is ready.", PLAIN]]]
    assert (view.opened["from"], view.opened["to"]) == ("The tea shop <shop@post.localhost>", ALICE)
    assert view.opened["html"] is None and view.opened["bytes"] == lab.mail.last(ALICE).size
    assert view.opened["source"].startswith("From: The tea shop") and "\r" not in view.opened["source"]
    assert view.boxes == [[ALICE, 1, 0]] and view.rows[0]["new"] is False
    wish(view, "close")
    assert view.opened == {} and view.rows[0]["new"] is False


def test_a_message_that_comes_while_one_is_read_takes_nothing_away(lab, view):
    write(lab, "First")
    settled(view)
    wish(view, "open", number=0)
    before = view.opened
    write(lab, "Second")
    settled(view)

    assert view.opened is before and [row["new"] for row in view.rows] == [True, False]


def test_a_link_opens_in_her_browser_as_if_it_were_typed(lab, view):
    link = lab.shop.url + "in?token=k"
    write(lab, "Your link", f"Here: {link}.")
    settled(view)
    wish(view, "open", number=0)
    assert view.opened["text"] == [[["Here: ", PLAIN], [link, 0], [".", PLAIN]]]

    wish(view, "follow", link=0, browser=0)
    assert lab.alice.page.url == link and "Log in" in view.said
    sent = dict(lab.alice.page.exchange.request_headers)
    assert sent["Sec-Fetch-Site"] == "none" and "Referer" not in sent


def test_a_link_opens_where_it_is_to_open(lab):
    mallorys = BrowserView(lab.mallory)
    view = Mailbox(lab.mail, "alice@post.localhost", open_in=[lab.alice, mallorys])
    write(lab, text=lab.shop.url + "in")
    settled(view)
    wish(view, "open", number=0)
    wish(view, "follow", link=0, browser=1)

    assert view.browsers == ["alice", "mallory"]
    assert lab.mallory.page.url.endswith("/in") and lab.alice.page is None
    view.close()
    mallorys.close()


def test_without_a_browser_no_link_opens(lab):
    view = Mailbox(lab.mail, ALICE)
    write(lab, text=lab.shop.url + "in")
    wish(view, "open", number=0)
    wish(view, "follow", link=0, browser=0)

    assert view.browsers == [] and view.said == ""


def test_a_link_out_of_the_lab_is_said(lab, view):
    write(lab, text="https://tea.example/")
    wish(view, "open", number=0)
    wish(view, "follow", link=0, browser=0)
    assert "outside the lab" in view.said and lab.alice.page is None


def test_several_people_have_boxes_of_their_own(lab):
    view = Mailbox(lab.mail, [lab.alice, lab.people["bob"]])
    write(lab, "Hers")
    write(lab, "His", to="bob@post.localhost")
    settled(view)
    wish(view, "open", number=0)
    wish(view, "box", box=1)

    assert [row["subject"] for row in view.rows] == ["His"] and view.opened["subject"] == "His"
    assert [each[2] for each in view.boxes] == [0, 0]


def test_the_newest_letter_is_open_until_somebody_chooses_another(lab, view):
    for subject in ("First", "Second"):
        write(lab, subject)
        settled(view)
        assert view.opened["subject"] == subject

    wish(view, "open", number=0)
    write(lab, "Third")
    settled(view)
    assert view.opened["subject"] == "First" and view.boxes == [[ALICE, 3, 1]]


def test_a_stranger_has_no_mailbox(lab):
    with pytest.raises(LookupError, match="nobody"):
        Mailbox(lab.mail, lab.browser("visitor"))


REFUSED = {
    "nothing": None,
    "an unknown verb": {"do": "delete"},
    "a box that is none": {"do": "box", "box": 7},
    "a negative box": {"do": "box", "box": -1},
    "a message that is none": {"do": "open", "number": 7},
    "a message in words": {"do": "open", "number": "0"},
    "a link that is none": {"do": "follow", "link": 7, "browser": 0},
    "a negative link": {"do": "follow", "link": -1, "browser": 0},
    "an address": {"do": "follow", "link": "http://mallory.localhost/", "browser": 0},
    "a browser that is none": {"do": "follow", "link": 0, "browser": 3},
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_what_cant_be_is_left_undone(lab, view, given):
    write(lab, text=lab.shop.url + "in")
    settled(view)
    wish(view, "open", number=0)
    before = (view.opened, view.chosen, view.said)
    view.wished(None, given, None)

    assert (view.opened, view.chosen, view.said) == before and lab.alice.page is None


def test_a_hostile_message_is_text(lab, view):
    lab.mail.deliver(HOSTILE, ALICE, f"From: {HOSTILE}\r\nSubject: {HOSTILE}\r\n\r\n{HOSTILE}\r\n".encode())
    write(
        lab, html=f"<script>alert(1)</script><style>x</style><p onclick=x>{HOSTILE}</p><a href='javascript:x()'>x</a>"
    )
    settled(view)
    for number in (0, 1):
        wish(view, "open", number=number)
        told = json.dumps([view.opened, view.rows], ensure_ascii=False)
        assert "\u202e" not in told and "\x1b" not in told
        assert "alert(1)</script>" not in json.dumps([view.opened["html"], view.opened["text"]])
        assert view.opened["links"] == []


def test_much_of_everything_is_bounded(lab, view):
    for _ in range(MOST_SHOWN + 5):
        write(lab)
    write(lab, "s" * 300, "x" * 200_000 + "\n" + "y " * 5_000, html="<p>" + "z" * 200_000)
    settled(view)
    wish(view, "open", number=MOST_SHOWN + 5)

    assert len(view.rows) == MOST_SHOWN and view.boxes[0][1] == MOST_SHOWN + 6
    assert len(view.opened["source"]) <= LONGEST_SOURCE and len(json.dumps(view.opened)) < 60_000


def test_it_says_when_mail_leaves_the_lab(lab, view, monkeypatch):
    assert view.outside == ""
    monkeypatch.setattr(lab.mail, "over_smtp", True)
    monkeypatch.setenv(URL, "smtps://me:secret@smtp.example.org")
    settled(view)
    assert view.outside == "Mail also leaves through smtp.example.org:465; these are copies."
    monkeypatch.setenv(URL, "tea")
    settled(view)
    assert "AUTHLAB_SMTP_URL is not an address" in view.outside


def test_a_view_that_is_gone_listens_no_more(lab):
    view = Mailbox(lab.mail, lab.alice)
    view.close()
    view.close()
    write(lab)
    assert lab.mail.listeners == [] and view.rows == []
