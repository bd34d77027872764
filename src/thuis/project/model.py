"""Every kind of project file under one name; each is defined in a module of its own."""

from thuis.project.base import Code, Date, Id, MisplacedError, Model, Number, Text
from thuis.project.breakdown import Breakdown, Category, Condition, Span
from thuis.project.design import Calibrated, Design, Replicated, Weighting
from thuis.project.folder import Correction, Page, Project
from thuis.project.indicator import Answer, Break, Comparable, Indicator, Question
from thuis.project.settings import Licence, Protection, Publisher, Settings, Theme
from thuis.project.wave import RESERVED, Csv, FieldPeriod, Source, Variables, Wave

__all__ = [
    "RESERVED",
    "Answer",
    "Break",
    "Breakdown",
    "Calibrated",
    "Category",
    "Code",
    "Comparable",
    "Condition",
    "Correction",
    "Csv",
    "Date",
    "Design",
    "FieldPeriod",
    "Id",
    "Indicator",
    "Licence",
    "MisplacedError",
    "Model",
    "Number",
    "Page",
    "Project",
    "Protection",
    "Publisher",
    "Question",
    "Replicated",
    "Settings",
    "Source",
    "Span",
    "Text",
    "Theme",
    "Variables",
    "Wave",
    "Weighting",
]
