"""Opening the personal part of a file: reading it is an act and leaves its row in the audit."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.identity import open_identity
from giaoban.apps.members.models import Member
from giaoban.apps.organizations.permissions import require


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """The folded part of a member's page."""

    identity_number: str
    phone: str
    file_number: str
    card_number: str


@transaction.atomic
def open_personal_file(*, act: Act, member: Member) -> PersonalFile:
    """This function will return the personal data of a member and record who read them.

    Raises:
        NotAllowed, NotFound: no right ``members_file`` at the member's unit.
    """
    require(act, "members_file", [member.unit])
    number = open_identity(member.identity_cipher, member.identity_cipher_key) if member.identity_cipher else ""
    write_trail(act, [Happening("members.file_read", "member", str(member.uid), member.unit.code)])
    return PersonalFile(number, member.phone, member.file_number, member.card_number)
