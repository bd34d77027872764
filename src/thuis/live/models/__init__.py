"""What the service stores: every model, and with it the register of stored fields."""

from thuis.live.models.consultation import Answer, Comment, Round
from thuis.live.models.initiatives import Decision, Initiative, Submission, Version
from thuis.live.models.log import Job, LogEntry, LogHead
from thuis.live.models.people import Organisation, Role, Submitter, User
from thuis.live.models.policy import PromiseProposal, ScreeningKept

__all__ = [
    "Answer",
    "Comment",
    "Decision",
    "Initiative",
    "Job",
    "LogEntry",
    "LogHead",
    "Organisation",
    "PromiseProposal",
    "Role",
    "Round",
    "ScreeningKept",
    "Submission",
    "Submitter",
    "User",
    "Version",
]
