"""A zygote without the whole of pymongo: its parts are there, and the whole is for whoever asks."""

import subprocess
import sys

import pytest

from labsrv.grading.checks.run import run
from labsrv.grading.course.exercises import find

ASKS = {
    "a part of it": ("from pymongo.errors import DuplicateKeyError as it", "False"),
    "the whole": ("import pymongo; it = pymongo.ReturnDocument.AFTER", "True"),
    "something of the whole": ("from pymongo import MongoClient as it", "True"),
}


@pytest.mark.parametrize(("asks", "whole"), ASKS.values(), ids=ASKS)
def test_the_whole_is_there_when_it_is_asked_for(asks, whole):
    code = f"""
import sys
from labsrv.grading.submission.partial_import import import_in_parts
import_in_parts("pymongo")
from labsrv.kit.pipe.raised import DuplicateKeyError
{asks}
import pymongo.errors
print("pymongo.synchronous.pool" in sys.modules, pymongo.errors.DuplicateKeyError is DuplicateKeyError)"""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)

    assert done.stdout.split() == [whole, "True"], done.stderr


def test_a_submission_may_ask_for_it(tmp_path):
    path = tmp_path / "00_template.py"
    asks = "import pymongo\nfrom pymongo import MongoClient\nassert pymongo.ReturnDocument.AFTER\n"
    (exercise,) = find("00_template")
    path.write_text(asks + exercise.solution.read_text(encoding="utf-8"), encoding="utf-8")
    (report,) = run([exercise], path)

    assert report.points == report.out_of, [each.message for each in report.checks]
