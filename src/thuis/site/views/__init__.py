"""One module per page type: what a page of that type shows, ready for its template."""
