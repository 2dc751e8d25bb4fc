"""Leave out one layer of the sandbox after the other, and print which hostile submissions that layer alone holds.

    python -m tests.grading.hostile.layers [--every 5] [landlock …]

With all layers on, no row may get anything; what is listed here gets something when this one layer is missing.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from labsrv.grading.sandbox import LAYERS


def outcomes(*options: str) -> Iterator[dict[str, Any]]:
    """Yield what each row came to, and at last what concerns the run."""
    command = [sys.executable, "-m", "tests.grading.hostile.run", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            yield json.loads(line)


def main() -> None:
    """Take the layers in turn."""
    options = sys.argv[1:]
    layers = [each for each in options if each in LAYERS] or list(LAYERS)
    options = [each for each in options if each not in LAYERS]
    for layer in ["", *layers]:
        began = time.monotonic()
        *rows, last = outcomes(f"--without={layer}", *options)
        got = {row["name"]: row["wrong"] for row in rows if row["wrong"]}
        changed = "" if not last["victims_changed"] else f", victims {last['victims_changed']}"
        took = f"{time.monotonic() - began:.0f} s"
        print(f"without {layer or 'nothing'}: {len(got)} of {len(rows)} rows get something{changed} ({took})")
        for name, wrong in got.items():
            print(f"    {name}: {json.dumps(wrong)[:160]}", flush=True)


if __name__ == "__main__":
    main()
