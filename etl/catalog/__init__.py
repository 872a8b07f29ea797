"""What we know: forms, units, campaigns, concepts, measures, rules. Loaded from reviewed text, never from code."""

from etl.catalog.load import load_catalog
from etl.catalog.model import (
    Activity,
    Campaign,
    Catalog,
    Concept,
    Form,
    Indicator,
    Measure,
    Unit,
)

__all__ = ["Activity", "Campaign", "Catalog", "Concept", "Form", "Indicator", "Measure", "Unit", "load_catalog"]
