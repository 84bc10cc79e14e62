"""What holds for all tests."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: the browser's client keeps an event loop running, which tests with their own cannot bear."""
    items.sort(
        key=lambda item: item.get_closest_marker("browser") is not None or "/browser/" in str(item.path)
    )
