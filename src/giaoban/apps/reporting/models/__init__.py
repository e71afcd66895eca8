"""What offices ask of units and units report: values, forms, cycles, snapshots, the committee's own report, papers."""

from __future__ import annotations

from giaoban.apps.reporting.models.cycles import (
    Cycle,
    OpeningRound,
    StepKind,
    Submission,
    SubmissionFile,
    SubmissionState,
    SubmissionStep,
)
from giaoban.apps.reporting.models.forms import FormRhythm, ReportForm
from giaoban.apps.reporting.models.made import MadeReport
from giaoban.apps.reporting.models.own_report import (
    OwnReport,
    ReportComment,
    ReportStep,
    ReportText,
    ReturnedFile,
    SectionDuty,
    Stage,
    TextOrigin,
)
from giaoban.apps.reporting.models.papers import HeadingMemory, Letterhead, NoticeText, ReportDefinition
from giaoban.apps.reporting.models.snapshots import Snapshot, SnapshotKind
from giaoban.apps.reporting.models.values import (
    OwnMeasure,
    ValueEntry,
    ValueFeed,
    ValueMark,
    ValuePart,
    ValueTime,
)

__all__ = [
    "Cycle",
    "FormRhythm",
    "HeadingMemory",
    "Letterhead",
    "MadeReport",
    "NoticeText",
    "OpeningRound",
    "OwnMeasure",
    "OwnReport",
    "ReportComment",
    "ReportDefinition",
    "ReportForm",
    "ReportStep",
    "ReportText",
    "ReturnedFile",
    "SectionDuty",
    "Snapshot",
    "SnapshotKind",
    "Stage",
    "StepKind",
    "Submission",
    "SubmissionFile",
    "SubmissionState",
    "SubmissionStep",
    "TextOrigin",
    "ValueEntry",
    "ValueFeed",
    "ValueMark",
    "ValuePart",
    "ValueTime",
]
