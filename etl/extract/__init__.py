"""Known form text aligned with typed text -> what was typed into each blank."""
