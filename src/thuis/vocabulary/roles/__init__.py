"""What a word does where it stands: use, name, quotation, definition, series, history, other sense."""

from thuis.vocabulary.roles.judge import Role, role_of

__all__ = ["Role", "role_of"]
