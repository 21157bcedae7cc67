"""Workspaces that are new: scaffolds, role presets, the demo."""
