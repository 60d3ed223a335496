"""Languages: which one a message is in, what it says, and how to say it in another."""

import os

# Before numpy is imported: its tables here are small, and a second thread for one costs a millisecond of the processor.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
