"""PostgreSQL keeps samples of columns for its planner, also of deleted rows; of names, links and answers it keeps none.

SQLite keeps such samples only when it is told to, so nothing is to be done there.
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS: Final = {"round_link": ("token", "name"), "sheet": ("id", "answers")}
NONE: Final = 0
USUAL: Final = -1


def upgrade() -> None:
    """Go forward."""
    _keep_samples(NONE)


def downgrade() -> None:
    """Go back."""
    _keep_samples(USUAL)


def _keep_samples(target: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in COLUMNS.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {target}")
