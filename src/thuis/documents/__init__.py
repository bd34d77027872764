"""From a file to text that can be screened: its blocks, pages and places, or why it cannot be read."""

from thuis.documents.document import Block, Document, Spot, Unscreenable, from_text
from thuis.documents.read import Limits, extract, extract_bytes

__all__ = ["Block", "Document", "Limits", "Spot", "Unscreenable", "extract", "extract_bytes", "from_text"]
