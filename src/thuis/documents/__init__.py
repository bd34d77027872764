"""From a file to its text: as it stands, and as one clean text with blocks, pages and places."""

from thuis.documents.document import Document
from thuis.documents.read import Limits, extract, extract_bytes, from_text, open_file
from thuis.documents.source import Paragraph, Source, Unscreenable

__all__ = [
    "Document",
    "Limits",
    "Paragraph",
    "Source",
    "Unscreenable",
    "extract",
    "extract_bytes",
    "from_text",
    "open_file",
]
