"""Long tables with sources or dates: published totals, evidence of duties."""
