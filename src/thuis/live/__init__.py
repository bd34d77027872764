"""The live service: the built pages as they are, and beside them those where people take part.

Nothing but the command line imports this package, and only it imports Django. Respondents are on another
machine: it sees the public folder and its own database.
"""
