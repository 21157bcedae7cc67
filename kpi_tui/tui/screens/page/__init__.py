"""The pages of a workspace: one at a time, every section below the other."""
