"""Fuzzers: cases nobody would think of, a module for each kind of what comes from outside."""
