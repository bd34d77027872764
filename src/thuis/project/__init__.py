"""The project folder: what an institute writes, read into one checked value."""

from thuis.project.load import load_project
from thuis.project.model import Breakdown, Indicator, Project, Wave
from thuis.project.namespace import namespace_of

__all__ = ["Breakdown", "Indicator", "Project", "Wave", "load_project", "namespace_of"]
