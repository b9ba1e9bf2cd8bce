"""A coach at the rule base."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.small import shipped
from web.coaches.rule_base import RuleBase
from web.database.models import Role

SignIn = Callable[[Role, str], FlaskClient]


@pytest.fixture
def coach(signed_in: SignIn) -> FlaskClient:
    """Give a coach's browser."""
    return signed_in("coach", "c@example.org")


@pytest.fixture(scope="module")
def base() -> RuleBase:
    """Give the shipped rule base."""
    return RuleBase(shipped())


def read(client: FlaskClient, path: str) -> str:
    """Give a page that must be there."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)
