"""The findings as SARIF 2.1.0, which code hosts and editors show beside the text.

One rule per term. A hit to be replaced is a warning, one to consider a note; hits that are fine are left out.
A rejected hit is there with its suppression and the reviewer's reason. A document that cannot be screened is
a notification, so that a run with nothing but unreadable files does not look clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import PurePath
from urllib.parse import quote

from thuis.documents import Unscreenable
from thuis.language import texts
from thuis.vocabulary.apply import change_for
from thuis.vocabulary.model import Term, Vocabulary
from thuis.vocabulary.report.terminal import said
from thuis.vocabulary.screen import Hit, Result, Screened

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"replace": "warning", "consider": "note"}
JsonTree = dict[str, object]


def as_sarif(results: Sequence[Result], vocabulary: Vocabulary, language: str = "nl") -> JsonTree:
    """One SARIF log with one run."""
    screened = [each for each in results if isinstance(each, Screened)]
    found = [(each, hit) for each in screened for hit in each.hits if hit.level in _LEVELS]
    used = list(dict.fromkeys(hit.term for _, hit in found))
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "thuis screen",
                        "semanticVersion": version("thuis"),
                        "rules": [_rule(vocabulary, vocabulary.by_id[term], language) for term in used],
                        "properties": {"vocabulary": vocabulary.version},
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            _notification(each, language)
                            for each in results
                            if isinstance(each, Unscreenable)
                        ],
                    }
                ],
                "results": [
                    _result(document, hit, used.index(hit.term), vocabulary, language)
                    for document, hit in found
                ],
            }
        ],
    }


def _rule(vocabulary: Vocabulary, term: Term, language: str) -> JsonTree:
    t = texts("vocabulary", language)
    help_text = " ".join(each for each in (term.reason, term.context) if each)
    titles = "; ".join(vocabulary.sources[each].title for each in term.sources)
    return {
        "id": term.id,
        "shortDescription": {"text": f"{term.term}: {t('status.' + term.status)}"},
        "help": {"text": f"{help_text} {t('sources', sources=titles)}".strip()},
        "defaultConfiguration": {"level": "warning"},
    }


def _result(document: Screened, hit: Hit, index: int, vocabulary: Vocabulary, language: str) -> JsonTree:
    t = texts("vocabulary", language)
    words = [f"«{hit.text}»: {t('why.' + hit.why)}"]
    if hit.replacements:
        words.append(t("instead", words="; ".join(said(each, language) for each in hit.replacements)))
    told: JsonTree = {
        "ruleId": hit.term,
        "ruleIndex": index,
        "level": _LEVELS[hit.level],
        "message": {"text": ". ".join(words)},
        "locations": [
            {"physicalLocation": {"artifactLocation": _uri(document.name), "region": _region(hit)}}
        ],
        "partialFingerprints": {"thuisHit/v1": hit.key},
        "properties": {"role": hit.role, "page": hit.page},
    }
    if hit.decision == "reject":
        told["suppressions"] = [{"kind": "external", "justification": hit.decision_reason or ""}]
    change = change_for(hit, document.document, vocabulary) if hit.level == "replace" else None
    if change:
        region = {"charOffset": change.start, "charLength": change.end - change.start}
        replacement = {"deletedRegion": region, "insertedContent": {"text": change.text}}
        told["fixes"] = [
            {
                "description": {"text": words[-1]},
                "artifactChanges": [{"artifactLocation": _uri(document.name), "replacements": [replacement]}],
            }
        ]
    return told


def _region(hit: Hit) -> JsonTree:
    told: JsonTree = {"startLine": hit.line, "startColumn": hit.column, "snippet": {"text": hit.text}}
    if "\n" not in hit.text:
        told["endColumn"] = hit.column + len(hit.text)
    return told


def _uri(name: str) -> JsonTree:
    path = PurePath(name)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/!")}


def _notification(result: Unscreenable, language: str) -> JsonTree:
    text = texts("vocabulary", language)(f"unscreenable.{result.why}")
    location = {"physicalLocation": {"artifactLocation": _uri(result.name)}}
    return {"level": "error", "message": {"text": text}, "locations": [location]}
