"""The Data screen: what was read and what was left out."""
