"""Synthetic microdata in the shape of the Dutch Survey on Integration of Migrants: all persons are invented."""
