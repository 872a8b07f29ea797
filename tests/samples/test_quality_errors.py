"""The checks against known errors: the aim of the benchmark, asserted."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality_errors import AIM_FALSE, AIM_RECALL, measure, table


@pytest.mark.slow
def test_nineteen_of_twenty_errors_are_found_with_few_false_alarms(tmp_path: Path) -> None:
    result = measure(tmp_path, seed=1)
    print(table(result))
    assert len(result.errors) >= 500
    assert len({e.kind for e in result.errors}) == 12
    assert result.recall >= AIM_RECALL
    assert result.false_per_1000 <= AIM_FALSE
