"""What all commands share: click classes, options, session, failures and exit codes, progress.

Owns stdout, stderr and exit codes. Never lays out an answer.
"""
