"""Takes what was deleted out of the database's files too."""

from __future__ import annotations

import logging
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from web.database.connection import db

PATIENCE: Final = "10s"
"""So long PostgreSQL waits for others to leave a table alone."""

_log: Final = logging.getLogger(__name__)


def leave_no_trace(*tables: str) -> bool:
    """Take what was deleted out of the database's files, as far as the database can do that itself.

    SQLite's ``secure_delete`` alone is not enough: pieces of rows that were moved between pages stay behind in them. So
    the whole file is written anew and the log that was written ahead is emptied. Called again, it does what an earlier
    call could not, or a process that was killed did not come to. Nobody's transaction may be open meanwhile, also not
    the caller's own; others' are waited for.

    Args:
        tables: from which rows were deleted; their names come from our own code.

    Returns:
        Whether nothing is left; otherwise a line in the log says so, and what was done before stands.
    """
    try:
        done = _rewrite_sqlite() if db.engine.dialect.name == "sqlite" else _rewrite_postgresql(tables)
    except (DBAPIError, db.engine.dialect.loaded_dbapi.Error):
        done = False
    if not done:
        _log.warning("deleted rows are still in the database's files; they are taken out at the next start or closing")
    return done


def _rewrite_sqlite() -> bool:
    """Write the file anew; past SQLAlchemy, whose transactions SQLite refuses here."""
    borrowed = db.engine.raw_connection()
    try:
        connection: Any = borrowed.driver_connection
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        borrowed.close()
    return not busy


def _rewrite_postgresql(tables: tuple[str, ...]) -> bool:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{PATIENCE}'"))
        try:
            for table in tables:
                connection.execute(text(f"VACUUM FULL {table}"))
        finally:  # the connection goes on to serve others
            connection.execute(text("RESET lock_timeout"))
    return True
