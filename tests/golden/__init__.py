"""What the command line prints for the samples, to the character."""
