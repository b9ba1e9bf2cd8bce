"""Answering: from a link to thanks, on a phone, without an account."""
