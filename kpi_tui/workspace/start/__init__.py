"""Workspaces that are new: scaffolds, role presets, the demo.

Owns files of a workspace that was not there before. Never changes one that is.
"""
