"""These tests need an X server: `make test-window` runs them under Xvfb."""

import os

collect_ignore_glob = [] if os.environ.get("QT_QPA_PLATFORM") == "xcb" else ["*"]
