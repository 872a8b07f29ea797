"""Streamlit's test runner reads the metadata of every installed package before each page; here once is enough."""

from __future__ import annotations

from functools import cache

from streamlit.components.v2 import manifest_scanner


def scan_once() -> None:
    """Remember what the first look for components found: most of the time of a page's test was the looking."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
