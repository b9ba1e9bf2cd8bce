"""Pelikirja's engine: from answers to advice, knowing no web and no database."""
