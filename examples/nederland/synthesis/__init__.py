"""Synthetic microdata like those of the Dutch Survey on Integration of Migrants: every person is invented."""
