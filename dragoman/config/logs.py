"""What the log says of requests."""

import logging


def without_traceback(record: logging.LogRecord) -> bool:
    """Let a refusal (status below 500) be one line: nothing broke, and its traceback would say so all the same."""
    if getattr(record, "status_code", 500) < 500:
        record.exc_info, record.exc_text = None, None
    return True
