"""What can be read and is seldom meant: rows, weights, units and answers that ask for a second look.

Each check says in a sentence what it saw; who reads a project, starts one or takes a sample passes it on.
"""
