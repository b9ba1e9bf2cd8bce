"""What is kept for how long: export, erasure, retention."""
