"""Writing papers and changing their forms."""

from giaoban.apps.papers.operations.forms import set_paper_form
from giaoban.apps.papers.operations.printing import PaperOrder, WrittenPapers, write_papers

__all__ = ["PaperOrder", "WrittenPapers", "set_paper_form", "write_papers"]
