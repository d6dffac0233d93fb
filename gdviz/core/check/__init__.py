"""Check: a log that somebody else's loop printed, and where and why it leaves the right way."""
