"""The private-domain screen."""
