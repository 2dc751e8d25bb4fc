"""Who listens to a jar hears of every change, and of nothing else."""

from dataclasses import replace

import pytest

from labsrv.kit.cookies.jar import CookieJar
from tests.kit.fake_sites import SHOP

CHANGES = {
    "a cookie is set": lambda jar: jar.receive("b=2", SHOP),
    "a cookie is set by script": lambda jar: jar.receive("b=2", SHOP, from_http=False),
    "a cookie is deleted by its site": lambda jar: jar.receive("a=; Max-Age=0", SHOP),
    "a cookie is put in": lambda jar: jar.put(replace(jar.get("a"), value="2")),
    "a cookie is taken out": lambda jar: jar.remove("a"),
    "all are taken out": lambda jar: jar.clear(),
    "the browser is closed": lambda jar: jar.forget_session_cookies(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_jar_tells_when_it_has_changed(change):
    jar = CookieJar()
    jar.receive("a=1", SHOP)
    seen = []
    jar.listeners.append(lambda: seen.append([each.value for each in jar.all()]))
    change(jar)

    assert seen and seen[-1] == [each.value for each in jar.all()]


def test_a_jar_that_only_answers_is_quiet():
    jar = CookieJar()
    jar.receive("a=1", SHOP)
    jar.listeners.append(lambda: pytest.fail("nothing has changed"))

    jar.cookies_for(SHOP)
    jar.script_cookies(SHOP)
    assert not jar.receive("a=1; Domain=elsewhere.example", SHOP).stored
