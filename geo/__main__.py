"""``python -m geo build``: write the map layers again."""

from __future__ import annotations

import argparse
import sys

from geo.build import UnitsDifferError, build_all
from geo.manifest import LayerTooLargeError
from geo.simplify import CoverageError


def main(argv: list[str] | None = None) -> int:
    """Run the command; return 0 done, 1 failed with a message (argparse exits with 2 on wrong usage)."""
    parser = argparse.ArgumentParser(prog="python -m geo", description="Map layers of the atlas.")
    parser.add_argument("command", choices=["build"], help="write layers, manifest and label points")
    parser.parse_args(argv)
    try:
        entries = build_all()
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: see geo/SOURCE.md, How to rebuild", file=sys.stderr)
        return 1
    except (CoverageError, LayerTooLargeError, UnitsDifferError) as error:
        print(error, file=sys.stderr)
        return 1
    for entry in entries:
        print(f"{entry['file']}: {entry['n_units']} units, {entry['bytes'] / 1024:.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
