"""Publication: a release becomes the data folder that the site, the downloads and the API are made of.

``publish(project, release, out)`` writes it; ``read_history(folder)`` and ``freeze(project)`` keep
numbered versions. Nothing here knows respondents: what may be public was decided before.
"""

from thuis.publish.folder import PublishReport, publish
from thuis.publish.freeze import FreezeReport, freeze
from thuis.publish.history import Version, read_history

__all__ = ["FreezeReport", "PublishReport", "Version", "freeze", "publish", "read_history"]
