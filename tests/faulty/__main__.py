"""``python -m faulty 500 [FIRST [LONG]]``: the diagnosis of 500 wrong and 500 right runs, and long ones."""

import sys

from faulty.scoring import main

main(*map(int, sys.argv[1:]))
