"""Words and numbers for people: gettext, number formats, cleaning of control characters."""
