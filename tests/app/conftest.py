"""Pages are run hundreds of times here."""

from __future__ import annotations

from tests.scan_once import scan_once

scan_once()
