"""Codebooks in the archives' own standard, DDI: read for labels and questions, written for a monitor."""

from thuis.codebook.model import Category, Codebook, Texts, Variable, said
from thuis.codebook.read import read_codebook

__all__ = ["Category", "Codebook", "Texts", "Variable", "read_codebook", "said"]
