"""Score the diagnosis: ``python -m faulty 500 [FIRST [LONG]]``.

So many wrong and right runs are diagnosed, of the seeds from FIRST on, and LONG with long logs.
"""

import sys

from faulty.scoring import main

main(*map(int, sys.argv[1:]))
