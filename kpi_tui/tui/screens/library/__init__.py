"""The Library screen and the page of one metric."""
