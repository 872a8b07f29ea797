"""Where things lie: the project, and what is made or received at run time (ATLAS_VAR, else data/var)."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("ATLAS_VAR") or ROOT / "data" / "var")
