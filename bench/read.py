"""``read`` in characters a second, beside one plain pattern over the same text, and how its time grows with it."""

from __future__ import annotations

import random
import re

from bench.rows import Row, best_seconds
from giaoban.reader import read_text

_SEED = 20230331
# The least that a search for citations has to do: one pass for numbers of documents and dates, nothing understood.
_BASELINE = re.compile(r"\b\d{1,4}(?:/\d{4})?[-/][A-ZĐ][\w/-]+|\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d[\d.,]*%?")

_SENTENCES = (
    "Thực hiện Nghị quyết số {a}-NQ/TU ngày {d}/{m}/2022 của Tỉnh ủy Sơn Khê về phương hướng, nhiệm vụ năm 2023.",
    "Ban Thường vụ ban hành Kế hoạch số {a}-KH/ĐUK ngày {d}/{m}/2023 và Hướng dẫn số {b}-HD/BTCTU.",
    "Căn cứ Nghị định số {a}/2017/NĐ-CP ngày {d}/{m}/2017 của Chính phủ, Đảng ủy đã chỉ đạo các chi bộ trực thuộc.",
    "Đã chuyển sinh hoạt đảng cho {sum} đảng viên, trong đó chuyển đi {p}, chuyển đến {q}, nội bộ {r} đảng viên.",
    "Có {part}/{whole} đảng viên dự hội nghị, đạt {percent}%.",
    "Các cấp ủy cơ sở tập trung quán triệt, tuyên truyền bằng nhiều hình thức, sát với tình hình của đơn vị mình.",
    "Công tác kiểm tra, giám sát được triển khai theo chương trình; nội dung trọng tâm, trọng điểm, đúng quy trình.",
)


def invented_report(characters: int) -> str:
    """Return a report of at least so many characters: headings and paragraphs, always the same for one length."""
    chance = random.Random(_SEED)
    lines: list[str] = ["BÁO CÁO", "Kết quả công tác quý I năm 2023", ""]
    length, section = 0, 0
    while length < characters:
        section += 1
        paragraph = [f"{section}. Công tác thứ {section}", ""]
        for _ in range(6):
            p, q, r, whole = (chance.randint(10, 90) for _ in range(4))
            part = chance.randint(1, whole)
            paragraph.append(
                chance.choice(_SENTENCES).format(
                    a=chance.randint(10, 300),
                    b=chance.randint(10, 99),
                    d=chance.randint(10, 28),
                    m=chance.randint(10, 12),
                    p=p,
                    q=q,
                    r=r,
                    sum=p + q + r,
                    part=part,
                    whole=whole,
                    percent=f"{100 * part / whole:.1f}".replace(".", ","),
                )
            )
        lines += [*paragraph, ""]
        length += sum(len(line) + 1 for line in paragraph) + 1
    return "\n".join(lines)


def run() -> list[Row]:
    """Measure a report of usual length and one ten times as long."""
    rows = []
    speeds = []
    for characters in (60_000, 600_000):
        text = invented_report(characters)
        repeats = 5 if characters < 100_000 else 3
        seconds = best_seconds(lambda text=text: read_text(text), repeats)  # type: ignore[misc]
        plain = best_seconds(lambda text=text: sum(1 for _ in _BASELINE.finditer(text)), repeats)  # type: ignore[misc]
        speeds.append(len(text) / seconds)
        name = f"read a text of {characters // 1000:,} thousand characters; one plain pattern"
        rows.append(Row(name, speeds[-1], "characters/s", len(text) / plain, seconds / plain))
    rows.append(
        Row("read ten times the text: time for each character, times", speeds[0] / speeds[1], "times", limit=1.5)
    )
    return rows
