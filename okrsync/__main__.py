"""`python -m okrsync`."""

from __future__ import annotations

import sys

from okrsync.cli import main

if __name__ == "__main__":
    sys.exit(main())
