"""Addresses for administrators and their machines."""

from django.urls import path

from thuis.live.operations.health import health, metrics
from thuis.live.operations.security import security_txt

OPERATIONS = [
    path("live/health", health, name="health"),
    path("live/metrics", metrics, name="metrics"),
    path(".well-known/security.txt", security_txt, name="security.txt"),
]
