"""Checking a learner's own loop: what it printed, where it leaves the right way, and why."""
