"""Addresses: those of the service below ``/LANGUAGE/live/``, all others are the built pages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.staticfiles.views import serve
from django.urls import include, path, re_path

from thuis.live.admin import site
from thuis.live.api.views import api
from thuis.live.operations.urls import OPERATIONS
from thuis.live.published import published, stylesheet
from thuis.live.views import consulted, organiser, promises, queue, screening, watch
from thuis.live.views.faults import closed, security
from thuis.live.views.start import start

handler400 = "thuis.live.views.faults.unreadable"
handler403 = "thuis.live.views.faults.forbidden"
handler404 = "thuis.live.views.faults.absent"
handler500 = "thuis.live.operations.away.broken"

LIVE = [
    path("", start, name="start"),
    path("initiative/new/", organiser.submit, name="submit"),
    path("initiative/correct/", organiser.correct, name="correct"),
    path("mine/<str:text>/", organiser.mine, name="mine"),
    path("mine/<str:text>/edit/", organiser.edit, name="edit"),
    path("screen/", screening.screen, name="screen"),
    path("letter/", screening.read_letter, name="letter"),
    path("promise/new/", promises.new, name="promise"),
    path("comment/", consulted.comment, name="comment"),
    path("rounds/", consulted.rounds, name="rounds"),
    path("rounds/<slug:key>/", consulted.one, name="round"),
    path("rounds/<slug:key>/summary.md", consulted.summary, name="summary"),
    path("staff/", queue.home, name="staff"),
    path("staff/queue/", queue.queue, name="queue"),
    path("staff/queue/<uuid:key>/", queue.decide, name="decide"),
    path("staff/promises/", promises.decide, name="promises"),
    path("staff/promises/commitments.csv", promises.table, name="ledger"),
    path("staff/comments/", consulted.decide, name="comments"),
    path("staff/rounds/", consulted.keep, name="keep"),
    path("staff/log/", watch.shown_log, name="log"),
    path("staff/work/", watch.work, name="work"),
]

CLOSED = {
    "email": "account.account_email",
    "signup": "account.account_signup",
    "3rdparty": "account.account_email",
}
"""What allauth lets anybody do and is the administrator's here."""

urlpatterns = [
    path("hsds/3.1/", api.urls),
    *OPERATIONS,
    path("live/live.css", stylesheet),
    path(".well-known/security.txt", security),
    path("beheer/static/<path:path>", serve, {"insecure": True}),
    path("beheer/", site.urls),
    *i18n_patterns(
        path("live/", include((LIVE, "live"))),
        *(path(f"account/{each}/", closed, {"title": title}) for each, title in CLOSED.items()),
        path("account/", include("allauth.urls")),
    ),
    re_path(r"^(?P<path>.*)$", published, name="published"),
]
