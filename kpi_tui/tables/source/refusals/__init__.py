"""Files that are refused before they take the memory of the machine, and why a reader gave one up."""
