"""The command line: parse arguments, call the core, render.  Data goes to stdout, everything else to stderr."""


def main() -> None:
    """Entry point of the ``crossread`` command; exit codes: 0 done, 1 some documents failed, 2 usage, 3 cannot run."""
    from crossread.cli.app import run

    run()
