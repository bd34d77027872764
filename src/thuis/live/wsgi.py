"""For a server of WSGI: ``gunicorn thuis.live.wsgi`` with ``THUIS_LIVE`` set to the folder."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuis.live.settings")
application = get_wsgi_application()
