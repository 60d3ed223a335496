"""`python -m dragoman` is the `dragoman` command."""

import sys

from dragoman.config.cli import main

sys.exit(main())
