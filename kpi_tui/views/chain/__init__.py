"""Chains laid out once: the card, the weeks of a link, findings in sentences, roll-over, one link in full."""
