"""Options and settings that every test shares."""

from __future__ import annotations

import hypothesis
import pytest

hypothesis.settings.register_profile("okrsync", deadline=None, max_examples=60)
hypothesis.settings.load_profile("okrsync")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected outputs instead of comparing")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
