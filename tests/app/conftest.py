"""Pages are run hundreds of times here."""

from __future__ import annotations

import os

from tests.scan_once import scan_once

scan_once()
# No page waits for a decision here: no loader is to be started ahead.
os.environ["ATLAS_READY_LOADERS"] = "0"
