"""``giaoban check``: what is wrong in official documents, one line a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from giaoban.checker import (
    Checked,
    Rule,
    check_with_suppressions,
    file_facts,
    load_suppressions,
    rules,
    select,
)
from giaoban.checker.fixing import safe_fixes
from giaoban.checker.fixing_files import FIXABLE, is_fixable
from giaoban.checker.output import as_json, as_sarif, as_text
from giaoban.checker.suppressions import side_file
from giaoban.cli._fixing import fix_file
from giaoban.reader import read_file, read_text


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
@click.option(
    "--fix",
    "is_fixing",
    is_flag=True,
    help="Sửa ngay trong tệp .txt, .docx những chỗ chắc chắn (dấu, khoảng trắng), in từng chỗ đã sửa rồi soát lại.",
)
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    form: str,
    chosen: tuple[str, ...],
    ignored: tuple[str, ...],
    is_fixing: bool,
) -> None:
    """Soát văn bản: trích dẫn, số liệu, ngày tháng, số đề mục; với tệp .docx cả thể thức.

    Mã thoát: 0 không có gì sai, 1 có cảnh báo hoặc lỗi, 2 không đọc được tệp hoặc sai tham số.

    Chỗ cố ý để nguyên thì ghi vào tệp cùng tên, đuôi .giaoban.toml, kèm lý do:

    \b
      [[suppress]]
      code = "GB202"
      quote = "108 đảng viên"
      reason = "Số theo biên bản bàn giao"

    \b
    Ví dụ:
      giaoban check bao-cao-quy-1.docx
      giaoban check *.txt --select GB2 --format json
      giaoban check --fix bao-cao.docx
    """
    running = select(chosen, ignored)
    checked: list[tuple[str, Checked]] = []
    texts: dict[str, str] = {}
    for file in files:
        texts[file], result = _check(file, running, is_fixing=is_fixing, is_silent=form != "text")
        checked.append((file, result))
        if form == "text":
            for line in as_text(file, result.findings):
                click.echo(line)
    findings = [(file, result.findings) for file, result in checked]
    suppressed = {file: result.suppressed for file, result in checked}
    if form == "json":
        click.echo(as_json(findings, suppressed))
    elif form == "sarif":
        click.echo(as_sarif(findings, running, texts, suppressed))
    if any(finding.severity.fails for _, result in checked for finding in result.findings):
        ctx.exit(1)


def _check(file: str, running: Sequence[Rule], *, is_fixing: bool, is_silent: bool) -> tuple[str, Checked]:
    """Return the text of a file and what was found in it, after its fixes; say what was fixed and set aside."""
    document, facts = read_file(file), file_facts(file)
    for note in document.notes:
        click.echo(f"{file}: {note}", err=True)
    suppressions = load_suppressions(file, [known.code for known in rules()])
    if is_fixing and is_fixable(file):
        made, text = fix_file(Path(file), document.text, running, suppressions)
        for one in made:
            place = f"{file}:{one.finding.line}:{one.finding.column}"
            click.echo(f"{place}: {one.finding.code} đã sửa «{one.before}» thành «{one.after}»", err=is_silent)
        document = replace(read_text(text, name=file), notes=document.notes) if made else document
    result = check_with_suppressions(document, running, suppressions, facts=facts)
    if result.suppressed:
        click.echo(f"{file}: bỏ qua {len(result.suppressed)} phát hiện theo {side_file(file).name}", err=True)
    if is_fixing and (left := len(safe_fixes(result.findings))):
        click.echo(f"{file}: {left} chỗ {_why_left(file)}; hãy sửa tay", err=True)
    return document.text, result


def _why_left(file: str) -> str:
    if is_fixable(file):
        return "nằm ở phần không sửa tự động được (đề mục tự đánh số, trường, hộp chữ, đầu trang)"
    return f"chỉ sửa tự động được trong tệp {', '.join(FIXABLE)}"
