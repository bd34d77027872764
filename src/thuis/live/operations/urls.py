"""Addresses for administrators and their machines."""

from django.urls import path

from thuis.live.operations.health import health, metrics

OPERATIONS = [
    path("live/health", health, name="health"),
    path("live/metrics", metrics, name="metrics"),
]
