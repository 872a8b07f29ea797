"""What a person may accept with one click is something that the reader reads as a number of that blank."""

from __future__ import annotations

import pytest

from etl.catalog import load_catalog
from etl.proposals import sound

INDICATOR = load_catalog().forms["jincheng-2022"].by_indicator["enforcement_progress_reports"]


@pytest.mark.parametrize("proposal", ["市、区", "每周一次", "若干", "", "-9", "50%", "3-15日"])
def test_no_number_is_no_proposal(proposal: str) -> None:
    assert sound(INDICATOR, proposal) is None


@pytest.mark.parametrize("proposal", ["12", "12 / 350", "3.5万", "约300"])
def test_numbers_stay_proposals(proposal: str) -> None:
    assert sound(INDICATOR, proposal) == proposal


def test_of_two_guesses_the_readable_one_stays() -> None:
    assert sound(INDICATOR, "1 / 市、区") == "1"
