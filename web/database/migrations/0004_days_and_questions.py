"""Agreements have the day on which they were agreed, and rounds the questions that they ask.

Of agreements made before, no day is known; rounds begun before are measured by the questions of today.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEAM = sa.table("team", sa.column("id", sa.Integer), sa.column("adopted", sa.JSON))


def upgrade() -> None:
    """Go forward."""
    op.add_column("round", sa.Column("asked", sa.JSON(), nullable=True))
    _rewrite(lambda adopted: dict.fromkeys(adopted, ""))


def downgrade() -> None:
    """Go back; the days and the questions are lost."""
    _rewrite(sorted)
    # Not by batch: on SQLite that makes the table anew, and dropping the old one would delete all answers by reference.
    op.execute("ALTER TABLE round DROP COLUMN asked")


def _rewrite(changed: Callable[[Any], Any]) -> None:
    connection = op.get_bind()
    for id_, adopted in connection.execute(sa.select(TEAM.c.id, TEAM.c.adopted)).all():
        connection.execute(sa.update(TEAM).where(TEAM.c.id == id_).values(adopted=changed(adopted)))
