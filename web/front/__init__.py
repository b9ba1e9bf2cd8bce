"""The front page, the language, the privacy page, and whether the server is well."""
