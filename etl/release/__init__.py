"""All submissions -> one release file, checked and published."""
