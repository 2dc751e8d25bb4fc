"""Try each layer of the sandbox and print, as JSON, what is missing: {"landlock": "the kernel has it not", …}."""

import json
import os
import sys

from labsrv.grading.sandbox import Sandbox


def main() -> None:
    """Enter the sandbox as a workshop does. What is said is said from inside."""
    sandbox = Sandbox("no lesson", 10)
    sandbox.before_the_fork()
    if hasattr(os, "fork") and (pid := os.fork()):
        os.waitpid(pid, 0)
        return

    sandbox.after_the_fork()
    print(json.dumps(sandbox.missing))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
