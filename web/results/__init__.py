"""The result of a closed round: strengths, what to start with, reasons, profile, plays and agreements."""
