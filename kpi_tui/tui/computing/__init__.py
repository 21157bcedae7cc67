"""What a screen asks the book, and who works out the answer: a process of its own, warm and mortal.

Owns questions, the thread that waits for answers, and the worker process that can be ended at any time with the app
left standing. Never draws, and never reads a row of the data in the app's own process.
"""
