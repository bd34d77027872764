"""Letters to Parliament as checkable data: text, notes, citations, commitments, measures."""
