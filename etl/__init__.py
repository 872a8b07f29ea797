"""From submitted forms to a release: guard, read, recognise, extract, interpret, resolve, check, build, publish."""
