"""An agreement that a team works by has the day on which it was agreed; of those made before, none is known."""

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
    _rewrite(lambda adopted: dict.fromkeys(adopted, ""))


def downgrade() -> None:
    """Go back; the days are lost."""
    _rewrite(sorted)


def _rewrite(changed: Callable[[Any], Any]) -> None:
    connection = op.get_bind()
    for id_, adopted in connection.execute(sa.select(TEAM.c.id, TEAM.c.adopted)).all():
        connection.execute(sa.update(TEAM).where(TEAM.c.id == id_).values(adopted=changed(adopted)))
