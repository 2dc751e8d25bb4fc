"""Races come out the same in every run, in a lab that listens and in one that does not."""

import itertools

import pytest
from flask import Flask, request

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.races import at_once, under_way

RUNS = 30


def a_shop(lab):
    """A shop that gives a voucher away, as often as somebody thinks it is still there."""
    app = Flask("a shop")

    @app.get("/carefully")
    def carefully():
        return {"got": lab.db.vouchers.find_one_and_delete({"_id": 1}) is not None}

    @app.get("/carelessly")
    def carelessly():
        got = lab.db.vouchers.find_one({"_id": 1}) is not None
        lab.db.vouchers.delete_one({"_id": 1})
        return {"got": got}

    @app.get("/written-first")
    def written_first():
        lab.db.vouchers.update_one({"_id": 1}, {"$set": {"by": request.args["who"]}})
        return {"got": lab.db.vouchers.find_one({"_id": 1})["by"] == request.args["who"]}

    return app


@pytest.fixture(params=[False, True], ids=["without a socket", "listening"])
def lab(request):
    lab = Lab("test", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=request.param)
    lab.add_site("shop", a_shop(lab))
    yield lab
    lab.stop()


def ask(lab, how, who):
    page = lab.browser(who).navigate(f"{lab.shop.url}{how}?who={who}")
    assert page.status == 200
    return '"got":true' in page.text.replace(" ", "")


def begin(lab):
    lab.db.vouchers.replace_one({"_id": 1}, {}, upsert=True)


@pytest.mark.slow("many rounds")
@pytest.mark.parametrize(("how", "got"), [("carefully", 1), ("carelessly", 2), ("written-first", 1)])
def test_at_once_comes_out_the_same(lab, how, got):
    for _ in range(RUNS):
        begin(lab)
        answers = at_once(lab, "vouchers", lambda: ask(lab, how, "one"), lambda: ask(lab, how, "other"))
        assert sum(answers) == got


@pytest.mark.parametrize(("look", "got"), [(1, 1), (2, 2), (3, 2)], ids=["after writing", "after looking", "not held"])
def test_under_way_holds_after_a_change_too(lab, look, got):
    """Who wrote last is there when both have written; who looked in between was as well."""
    begin(lab)
    answers = []
    with under_way(lab, lambda: answers.append(ask(lab, "written-first", "one")), table="vouchers", look=look):
        answers.append(ask(lab, "written-first", "other"))
    assert sum(answers) == got


@pytest.mark.slow("many rounds")
@pytest.mark.parametrize("lab", [False], indirect=True, ids=["without a socket"])
def test_the_order_is_always_the_same(lab):
    for _ in range(RUNS):
        begin(lab)
        asking = {who: lambda who=who: (who, ask(lab, "written-first", who)) for who in ("first", "second", "third")}
        assert dict(at_once(lab, "vouchers", *asking.values())) == {"first": False, "second": False, "third": True}


def test_one_who_asks_less_often_keeps_nobody_waiting(lab):
    """With the patience of a second a pair, a hundred would take minutes."""
    begin(lab)
    sends = itertools.cycle(
        [lambda: ask(lab, "carelessly", "one"), lambda: lab.browser("other").navigate(lab.shop.url)]
    )
    for _ in range(RUNS):
        at_once(lab, "vouchers", next(sends), next(sends))
