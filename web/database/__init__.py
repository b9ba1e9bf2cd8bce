"""The database: what is stored, how it is reached, and how it grows."""
