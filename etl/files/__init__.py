"""Files as they arrive: found, converted where old, shared out over processes that may die."""
