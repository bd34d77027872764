"""For machines: HSDS 3.1 under ``/hsds/3.1/``, what changed, webhooks. It reads what is published."""
