"""The directory of initiatives: records, search, grants and what is known to work."""
