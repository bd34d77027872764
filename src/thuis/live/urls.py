"""Addresses: those of the service below ``/LANGUAGE/live/``, all others are the built pages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from thuis.live.api.views import api
from thuis.live.operations.urls import OPERATIONS
from thuis.live.published import published
from thuis.live.views.start import start

handler404 = "thuis.live.views.faults.absent"
handler500 = "thuis.live.operations.away.broken"

LIVE = [
    path("", start, name="start"),
]

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("hsds/3.1/", api.urls),
    *OPERATIONS,
    *i18n_patterns(
        path("live/", include((LIVE, "live"))),
        path("account/", include("allauth.urls")),
    ),
    re_path(r"^(?P<path>.*)$", published, name="published"),
]
