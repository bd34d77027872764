"""Letters to Parliament as checkable data: text, notes, citations, commitments, measures.

``cite`` finds and checks citations and can be used alone; ``letter`` reads a file; ``commitments`` finds what
is promised; ``ledger`` and ``graph`` keep it; ``folder`` holds them together; ``pages`` and ``downloads``
give them out.
"""
