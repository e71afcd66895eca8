"""``giaoban check``: what is wrong in official documents, one line a finding."""

from __future__ import annotations

import click

from giaoban.checker import Finding, check_document, file_facts, select
from giaoban.checker.output import as_json, as_sarif, as_text
from giaoban.reader import read_file


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="TỆP...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default="text",
    help="Dạng kết quả: text một dòng mỗi phát hiện, json cho chương trình, sarif cho trình soạn thảo và kho mã.",
)
@click.option(
    "--select", "chosen", multiple=True, metavar="MÃ", help="Chỉ chạy các quy tắc này: GB202, hoặc GB2 cho cả nhóm."
)
@click.option("--ignore", "ignored", multiple=True, metavar="MÃ", help="Bỏ qua các quy tắc này.")
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], form: str, chosen: tuple[str, ...], ignored: tuple[str, ...]
) -> None:
    """Soát văn bản: trích dẫn sai, số liệu không khớp, ngày không có thật.

    Mã thoát: 0 không có gì sai, 1 có cảnh báo hoặc lỗi, 2 không đọc được tệp hoặc sai tham số.

    \b
    Ví dụ:
      giaoban check bao-cao-quy-1.docx
      giaoban check *.txt --select GB2 --format json
    """
    rules = select(chosen, ignored)
    checked: list[tuple[str, tuple[Finding, ...]]] = []
    texts: dict[str, str] = {}
    for file in files:
        document = read_file(file)
        findings = check_document(document, rules, facts=file_facts(file))
        checked.append((file, findings))
        texts[file] = document.text
        if form == "text":
            for line in as_text(file, findings):
                click.echo(line)
    if form == "json":
        click.echo(as_json(checked))
    elif form == "sarif":
        click.echo(as_sarif(checked, rules, texts))
    if any(finding.severity.fails for _, findings in checked for finding in findings):
        ctx.exit(1)
