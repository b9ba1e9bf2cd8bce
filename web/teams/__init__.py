"""A manager's teams."""
