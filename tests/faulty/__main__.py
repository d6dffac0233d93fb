"""``python -m faulty 500 [FIRST]``: the diagnosis of 500 wrong and 500 right runs."""

import sys

from faulty.scoring import main

main(*map(int, sys.argv[1:]))
