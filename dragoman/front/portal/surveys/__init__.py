"""`/s/<token>`: how it was, asked by a link in a mail or any other channel."""
