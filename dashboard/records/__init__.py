"""Rows that queries give back, by noun. A "frame" of this project is a tuple of one of these."""

from __future__ import annotations

from dashboard.records.campaigns import Activity, BaseYear, Campaign, RosterUnit, Setting
from dashboard.records.changes import (
    COMPARABLE,
    ActivityChange,
    Bridge,
    Change,
    IndicatorPair,
    NationalBreak,
    PairCount,
    Partnerless,
    UsedPair,
)
from dashboard.records.lang import Lang
from dashboard.records.maps import MapLayer
from dashboard.records.quality import Finding, RefusedFile
from dashboard.records.units import CaseText, DutyMonth, FlagShare, HeldState, Submission, UnitFact, UnitReport
from dashboard.records.values import ActivityValue, Measure, MeasureUnit, NationalFact, Total, UnitValue, YearTotal

__all__ = [
    "COMPARABLE",
    "Activity",
    "ActivityChange",
    "ActivityValue",
    "BaseYear",
    "Bridge",
    "Campaign",
    "CaseText",
    "Change",
    "DutyMonth",
    "Finding",
    "FlagShare",
    "HeldState",
    "IndicatorPair",
    "Lang",
    "MapLayer",
    "Measure",
    "MeasureUnit",
    "NationalBreak",
    "NationalFact",
    "PairCount",
    "Partnerless",
    "RefusedFile",
    "RosterUnit",
    "Setting",
    "Submission",
    "Total",
    "UnitFact",
    "UnitReport",
    "UnitValue",
    "UsedPair",
    "YearTotal",
]
