"""`authlab`, and `python -m labsrv`: the command, in surroundings that mislead nobody."""

from labsrv.surroundings import begin_anew_if_misled, open_what_is_closed


def main() -> None:
    """Run the command."""
    open_what_is_closed()
    begin_anew_if_misled("labsrv")
    from labsrv import cli  # not before: a package of the same name could stand in the way of what it imports

    cli.run()


if __name__ == "__main__":
    main()
