"""The steps of the conversation by which files become a workspace: each is a View with a sheet to walk through.

Owns how they read. Never asks or reads a file.
"""
