"""`make quality` (`report.py`): the rooms that are measured need Django set up before they are imported."""

import importlib
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dragoman.config.settings")
django.setup()
report = importlib.import_module("tests.quality.report")

if __name__ == "__main__":
    sys.exit(report.main())
