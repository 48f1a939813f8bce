"""``python -m crossread``."""

from crossread.cli import main

if __name__ == "__main__":
    main()
