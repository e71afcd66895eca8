"""Bringing an office's own Excel file into a register: the mapping is remembered for the next file like it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import HeadingMemory
from giaoban.apps.reporting.sheet_kinds import sheet_kind
from giaoban.apps.sheets.importing import ImportResult, import_sheet
from giaoban.apps.sheets.mapping import SheetMapping, propose
from giaoban.apps.sheets.own_layout import open_own
from giaoban.apps.sheets.reading import Progress
from giaoban.apps.sheets.source import SheetFile


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of an office, of what kind it is, for which unit it is read."""

    unit: Unit
    kind: str
    file: SheetFile


def import_own_file(
    *, act: Act, own: OwnFile, mapping: SheetMapping, dry_run: bool = False, progress: Progress | None = None
) -> ImportResult:
    """This function will bring the file into the register as ``import_sheet`` does, and remember how it was read.

    The mapping is remembered also where rows are wrong: the file comes again once they are mended.

    Raises:
        InvalidInput: no such kind, or a file or mapping that cannot be read.
        NotAllowed, NotFound: no right ``members_record`` at the unit; each row is asked for its own units as well.
    """
    require(act, "members_record", [own.unit])
    kind = sheet_kind(own.kind)
    known = propose(open_own(own.file, kind.columns).sheet, kind.columns).fingerprint
    with transaction.atomic():
        HeadingMemory.objects.update_or_create(
            owner=own.unit,
            kind=own.kind,
            fingerprint=known,
            defaults={
                "headings": dict(mapping.headings),
                "constants": dict(mapping.constants),
                "values": {key: dict(words) for key, words in mapping.values.items()},
                "set_by": act.user,
                "set_at": act.now,
            },
        )
    return import_sheet(kind=kind, file=own.file, act=act, dry_run=dry_run, progress=progress, mapping=mapping)
