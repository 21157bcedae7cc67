"""What is doubtful about the rows and words of files: counted and told.

Owns footers, the same rows twice, tests, words that nobody maps. Never leaves a row out: a person decides.
"""
