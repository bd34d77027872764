"""What answers a request, one module per subject."""
