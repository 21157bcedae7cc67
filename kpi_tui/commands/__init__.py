"""The headless twin: one file per command.

Owns the words of the command line: names, options, help, which part of the Book answers. Never computes, lays out an
answer or asks a room below the Book.
"""
