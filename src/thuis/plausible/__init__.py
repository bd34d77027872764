"""What can be read and is seldom meant: rows, weights, units and answers that ask for a second look.

Each check says in a sentence what it saw; who reads a project, starts one or takes a sample passes it on.
"""

import re

from thuis.yaml import patterns


def word(kind: str) -> re.Pattern[str]:
    """The words for one kind of column or answer, of ``words.yaml``.

    >>> bool(word("imputation").fullmatch("_mi_m"))
    True
    """
    return patterns("thuis.plausible", "words.yaml")[kind]
