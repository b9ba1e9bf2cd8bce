"""The quick check: thirteen questions, suggestions at once, nothing stored."""
