"""The collector's desk: uploads are staged, read into a candidate release, judged by a person, then published.

Nothing here reads a form: the loader runs in its own process, and what it found comes back as a release like any other.
"""
