"""The attacker: what an outsider works out from a built monitor, or from two of its releases.

It reads nothing but what is public and shares no code with :mod:`thuis.protect`, so that a mistake in the one
is not made in the other as well. ``attack`` looks at the numbers of one data folder, ``attack_files`` at all
files of a built one, ``compare`` at the numbers of two.
"""

from thuis.audit.all import attack
from thuis.audit.files import attack_files
from thuis.audit.model import Weak
from thuis.audit.read import Published, beside, read
from thuis.audit.releases import compare, over_releases
from thuis.audit.report import as_dict, markdown

__all__ = [
    "Published",
    "Weak",
    "as_dict",
    "attack",
    "attack_files",
    "beside",
    "compare",
    "markdown",
    "over_releases",
    "read",
]
