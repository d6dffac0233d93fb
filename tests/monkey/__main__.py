"""One walk in a process of its own, which may crash or hang: ``python -m monkey JOB LOG``.

What is to be done is read from a file; each action is written to another before it is done, and
what is wrong behind the last.
"""

import gc
import json
import os
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from gdviz.ui.running.collecting import collect_by_hand
from monkey.hands import Action
from monkey.walk import WrongError, replay, walk


def main(job_file: str, log_file: str) -> None:
    """Do the job."""
    warnings.simplefilter("error")
    warnings.filterwarnings("default", category=DeprecationWarning, module="pyqtgraph")
    job = json.loads(Path(job_file).read_text())
    collect_by_hand()
    app = QApplication(["gdviz"])
    app.setStyle("Fusion")
    gc.freeze()
    with Path(log_file).open("w") as log, TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, home)

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
