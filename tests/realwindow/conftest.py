"""These tests need an X server: `make test-window` has each worker start one."""

import os

from realwindow.desktop import lasting_screen

collect_ignore_glob = ["*"]
if os.environ.get("QT_QPA_PLATFORM") == "xcb":
    collect_ignore_glob = []
    # On a screen one window has the focus, and one mouse is somewhere: two workers need two.
    screen = lasting_screen()
