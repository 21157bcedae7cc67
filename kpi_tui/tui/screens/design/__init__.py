"""The Design screen: the four steps of the method as one flow that can be left and resumed at any point.

Owns which step is shown, what each key does in it, and where one was. Never keeps an edit: the session does.
"""
