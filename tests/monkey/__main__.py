"""One walk in a process of its own, which may crash or hang: ``python -m monkey JOB LOG``.

What is to be done is read from a file; each action is written to another before it is done, and
what is wrong behind the last.
"""

import json
import sys
import warnings
from pathlib import Path

from monkey.hands import Action
from monkey.walk import WrongError, application, replay, walk


def main(job_file: str, log_file: str) -> None:
    """Do the job."""
    warnings.simplefilter("error")
    warnings.filterwarnings("default", category=DeprecationWarning, module="pyqtgraph")
    job = json.loads(Path(job_file).read_text())
    with Path(log_file).open("w") as log, application():

        def tell(action: Action) -> None:
            print(json.dumps(action), file=log, flush=True)

        try:
            if "actions" in job:
                replay(job["rows"], job["actions"])
            else:
                walk(job["rows"], job["seed"], job["count"], tell)
        except WrongError as error:
            tell(("wrong", str(error)))
        else:
            tell(("well",))


main(*sys.argv[1:])
