"""The Targets screen: targets edited in place."""
