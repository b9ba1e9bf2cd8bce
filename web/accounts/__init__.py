"""Accounts: signing in, joining by link, passwords, and what an admin does about them."""
