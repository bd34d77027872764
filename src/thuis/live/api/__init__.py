"""For machines: HSDS 3.1 under ``/hsds/3.1/``, what changed, and webhooks. It reads the published files, no more."""
