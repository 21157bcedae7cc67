"""The Drivers screen: what moved a number."""
