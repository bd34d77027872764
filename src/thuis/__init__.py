"""thuis: from survey microdata to a public monitor, with the words and commitments that go with it."""

__version__ = "0.1.0"
