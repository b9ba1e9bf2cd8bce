"""Sessions are kept on the server, so that signing out ends them; the log holds teams by their number, never by name.

Everybody signs in anew. Names in the log that are no team's any more, because it was renamed, are taken out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMED = """'team-made', 'team-changed', 'round-started', 'links-made', 'play-done', 'play-not-done',
    'agreement-adopted', 'agreement-dropped', 'result-shared', 'result-no-longer-shared'"""
"""Events whose subject began with a team's name."""
BEGINS = "substr(event.subject || ' · ', 1, length(team.name) + 3) = team.name || ' · '"
TO_ROUNDS = "'round-closed', 'answers-forgotten'"
"""Events whose subject was a round's id."""


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("ix_account_session_account_id", "account_session", ["account_id"])
    # Not by batch: on SQLite that makes the table anew, and dropping the old one would delete every team by reference.
    op.execute("ALTER TABLE account DROP COLUMN session")
    with op.batch_alter_table("event") as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("event_team_id_fkey", "team", ["team_id"], ["id"], ondelete="SET NULL")
        batch_op.create_index("ix_event_team_id", ["team_id"])
    _take_names_out()


def downgrade() -> None:
    """Go back; what the log told of teams by name is not told again."""
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_index("ix_event_team_id")
        batch_op.drop_constraint("event_team_id_fkey", type_="foreignkey")
        batch_op.drop_column("team_id")
    op.execute("ALTER TABLE account ADD COLUMN session VARCHAR(43) DEFAULT '' NOT NULL")
    op.drop_index("ix_account_session_account_id", "account_session")
    op.drop_table("account_session")


def _take_names_out() -> None:
    op.execute(f"""UPDATE event SET team_id = (SELECT min(team.id) FROM team
        WHERE team.manager_id = event.account_id AND {BEGINS}) WHERE what IN ({NAMED})""")
    op.execute("""UPDATE event SET subject = substr(subject, 4 + (SELECT length(team.name) FROM team
        WHERE team.id = event.team_id)) WHERE team_id IS NOT NULL""")
    op.execute(f"UPDATE event SET subject = '-' WHERE team_id IS NULL AND what IN ({NAMED})")
    op.execute(f"""UPDATE event SET team_id = (SELECT round.team_id FROM round
        WHERE CAST(round.id AS TEXT) = event.subject AND round.opened <= event.at) WHERE what IN ({TO_ROUNDS})""")
    op.execute(f"""UPDATE event SET subject = (SELECT CAST(round.number AS TEXT) FROM round
        WHERE CAST(round.id AS TEXT) = event.subject) WHERE team_id IS NOT NULL AND what IN ({TO_ROUNDS})""")
