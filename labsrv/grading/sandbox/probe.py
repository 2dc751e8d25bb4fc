"""Try each layer of the sandbox and print, as JSON, what is missing: {"landlock": "the kernel has it not", …}."""

import json
import os
import sys

from labsrv.grading.sandbox import Sandbox


def main() -> None:
    """Enter the sandbox as a submission does. What is said is said from inside."""
    sandbox = Sandbox("no lesson", 10)

    def inside() -> None:
        sandbox.enter_all()
        print(json.dumps(sandbox.missing))
        sys.stdout.flush()

    if not hasattr(os, "fork"):
        inside()
        return

    sandbox.settle()
    os.waitpid(sandbox.fork(inside), 0)


if __name__ == "__main__":
    main()
