"""Adding people and letting them in. Rights on units are given in ``organizations``."""

from giaoban.apps.accounts.operations.people import (
    CODE_HOURS,
    NewPerson,
    add_person,
    close_account,
    print_code,
    set_password_with_code,
)
from giaoban.apps.accounts.operations.views import drop_view, save_view

__all__ = [
    "CODE_HOURS",
    "NewPerson",
    "add_person",
    "close_account",
    "drop_view",
    "print_code",
    "save_view",
    "set_password_with_code",
]
