"""Make the sample submissions: `python -m data.samples --out DIR [--seed N] [--campaign ID ...]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.samples.write import make_samples, truth_path
from etl.errors import AtlasError

DEFAULT_OUT = Path(__file__).resolve().parents[1] / "var" / "samples"


def main(arguments: list[str] | None = None) -> int:
    """0 made, 1 refused with a message."""
    parser = argparse.ArgumentParser(prog="python -m data.samples", description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder to write to")
    parser.add_argument("--seed", type=int, default=None, help="another seed gives other samples")
    parser.add_argument("--campaign", action="append", default=[], metavar="ID", help="only this campaign (repeatable)")
    options = parser.parse_args(arguments)
    try:
        made = make_samples(options.out, options.seed, options.campaign)
    except AtlasError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    n_files = sum(len(c.files) for c in made)
    sys.stdout.write(f"{len(made)} campaigns, {n_files} files -> {options.out}; truth -> {truth_path(options.out)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
