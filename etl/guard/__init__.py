"""Before any parser: size, kind by content, what a package may hold."""
