"""Files from outside, in batches."""

BATCHES = (
    *("exports", "archives", "repeated", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    *("ninth", "tenth", "workbooks", "eleventh", "twelfth", "thirteenth", "fourteenth"),
)
"""In the order in which they were written; each after the one before was mended."""
