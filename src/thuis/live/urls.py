"""Addresses: those of the service below ``/LANGUAGE/live/``, all others are the built pages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from thuis.live.published import published
from thuis.live.views.start import start

handler404 = "thuis.live.views.faults.absent"
handler500 = "thuis.live.views.faults.broken"

LIVE = [
    path("", start, name="start"),
]

urlpatterns = [
    path("beheer/", admin.site.urls),
    *i18n_patterns(
        path("live/", include((LIVE, "live"))),
        path("account/", include("allauth.urls")),
    ),
    re_path(r"^(?P<path>.*)$", published, name="published"),
]
