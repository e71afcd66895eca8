"""What official texts are made of, well formed, half formed and damaged: the vocabulary of the generator.

Holes in braces (``{n}``, ``{date}``) are filled by ``fuzz.texts``. Persons, places and offices are invented.
"""

from __future__ import annotations

# Heads and feet, line by line.
FRAME = (
    "TỈNH ỦY SƠN KHÊ          ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG BỘ TỈNH SƠN KHÊ\tĐẢNG CỘNG SẢN VIỆT NAM",
    "ĐẢNG ỦY XÃ AN LẠC", "BAN TUYÊN GIÁO", "*", "-----", "_______________", "Số {n}-BC/ĐUK",
    "Số: {symbol}   An Lạc, {date}", "An Lạc, ngày {d} tháng {m} năm {y}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO", "NGHỊ QUYẾT", "CHƯƠNG TRÌNH HÀNH ĐỘNG", "THÔNG BÁO", "**KẾ HOẠCH**",
    "V/v chuẩn bị đại hội chi bộ", "Kính gửi: Các chi bộ,", "Kết quả công tác quý {roman} năm {y}",
    "về phương hướng, nhiệm vụ năm {y}", "Nơi nhận:", "- Như Điều {n},", "- Thường trực Tỉnh ủy (báo cáo),",
    "- Lưu Văn phòng.", "T/M ĐẢNG ỦY", "T/M BAN THƯỜNG VỤ   Nơi nhận:", "K/T CHÁNH VĂN PHÒNG", "PHÓ BÍ THƯ", "BÍ THƯ",
    "(đã ký)", "Nguyễn Thị Mẫu", "PHỤ LỤC {n}", "BIỂU SỐ {n}", "| {n} | chi bộ | {p}% |", "{n}", "- {n} -",
    "SƠN KHÊ, ngày {d}/{m}/{y}", "Q. BÍ THƯ", "TUQ.", "Họ tên   Chức vụ   Ký",
)  # fmt: skip
HEADINGS = (
    "I. KẾT QUẢ ĐẠT ĐƯỢC", "{roman}- PHƯƠNG HƯỚNG, NHIỆM VỤ", "{roman}.- KIẾN NGHỊ", "A. ĐÁNH GIÁ CHUNG",
    "B- NHIỆM VỤ", "{n}. Công tác kiểm tra, giám sát", "{n}/ Về tổ chức", "{n}.{n}. Phát triển đảng viên",
    "{n}.{n}.{n}- Dân vận", "a) Ưu điểm", "đ) Hạn chế:", "({n}) Các chỉ tiêu chủ yếu", "(i{n}) Lồng ghép",
    "Điều {n}. Hiệu lực thi hành", "Chương {roman}", "Phần thứ hai", "Mục {n}: Tổ chức thực hiện",
    "Chỉ tiêu năm {y}:", "II. MỤC TIÊU", "V. TỔ CHỨC THỰC HIỆN", "Nhiệm vụ, giải pháp chủ yếu", "l. Tình hình",
    "ll- KÊT QUẢ", "Điều ²³", "Chương ①", "Mục ٣", "1.1.1.1.1.1. Sâu", "{n}) Có ngoặc", "Phần {long}",
)  # fmt: skip
SENTENCES = (
    "Đã chuyển sinh hoạt đảng cho {n} đảng viên, trong đó chuyển đi {n}, chuyển đến {n}, nội bộ {n} đảng viên.",
    "Có {n}/{n} đảng viên dự hội nghị, đạt {p}%.", "{n}/{n} chi bộ ({p}%) sinh hoạt thường kỳ, {p}% kế hoạch;",
    "Kết nạp {n} đảng viên, tăng {n} đồng chí so với cùng kỳ ({n} đồng chí), tăng {p}%.",
    "Thu ngân sách đạt {amount} tỷ đồng, vượt {p}% dự toán (bằng {amount} triệu đồng).",
    "gồm: khiển trách {n}, cảnh cáo {n}, cách chức {n}, khai trừ {n}", "{n} hồ sơ ({n} + {n} + {n})", "(cùng kỳ {n})",
    "trong đó có {n} nữ (chiếm {p}%), {n} dân tộc thiểu số ({p}%)",
    "tổng cộng {n} văn bản: {n} nghị quyết; {n} kế hoạch và {n} báo cáo",
    "Kỷ niệm {n} năm Ngày thành lập Đảng (03/02/1930 - 03/02/{y})", "lần thứ {n} ({y} - {y})",
    "từ {n} lên {n} đơn vị, tăng {p}%", "giảm từ {p}% xuống {p}%, giảm {p} điểm phần trăm", "{n} tỷ {n} triệu đồng",
    "Huy hiệu Đảng: 30 năm: {n} đồng chí; 40 năm: {n};",
    "Thực hiện Nghị quyết số {symbol} {date} của Tỉnh ủy Sơn Khê và các Công văn số {n}, {n}, {n}-CV/VPTU;",
    "Căn cứ Nghị định số {n}/{y}/NĐ-CP {date} của Chính phủ", "theo Quy định {n}, Hướng dẫn {n} nêu trên",
    "Luật số {n}/{y}/QH{n}", "Nghị quyết Trung ương {n} (khóa {roman})", "Nghị quyết Đại hội {roman} của Đảng",
    "QCVN {n}-{n}:{y}/BYT", "số l{n}-QĐi/TW", "Nghị quyết đại hội chi bộ nhiệm kỳ {y} - {y}",
    "số 64/KH-\n\nUBND {date}", "kèm theo Quyết định số {n}-QĐ/TU của Ban Thường vụ",
    "Phấn đấu đến năm {y} tỷ lệ hộ nghèo giảm xuống dưới {p}%;", "đạt từ {p}% đến {p}% trở lên",
    "ít nhất {n} chi bộ trở lên", "Giữ vững {n} xã đạt chuẩn nông thôn mới.", "Phấn đấu năm {y}:",
    "- Tỷ lệ đảng viên dự sinh hoạt: trên {p}%;",
    "Giao Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với Văn phòng tham mưu trước {date}.", "Yêu cầu các chi bộ:",
    "Cơ quan chủ trì: Ban Tuyên giáo; thời gian hoàn thành: {date}",
    "Các chi bộ báo cáo hằng quý, chậm nhất ngày {d}/{m}/{y}.", "Thứ Hai, {date}, lúc {n}h{n}",
    "từ ngày {d}/{m} đến ngày {d}/{m}/{y}", "quý {roman} năm {y}", "{n} tháng đầu năm {y}", "số liệu tính đến {date}",
    "Biên soạn {n} tin, bài{raised}; in {n} cuốn{raised}.", "{raised} Theo Báo cáo số {symbol}.",
    "1 01 Nghị quyết, 02 kế hoạch", "các đơn vị{n};", "điện thoại 0{n}.{n}.{n}", "Triệu tập Triệu tập hội nghị .",
    "Báo cáo kêt quả công tac quỷ này", "hoà bình, hòa bình, uỷ ban, ủy ban", "ừong đó sirứi hoạt clii bộ",
    "**in đậm** và *nghiêng*",
)  # fmt: skip
# Half of something: where patterns begin and do not end.
PIECES = (
    "trong đó ", "bao gồm: ", "(trong đó ", "gồm ", "so với cùng kỳ ", "tăng ", "giảm ", "đạt ", "chiếm ", "% ", "/",
    "-", "–", ":", ";", ", ", ". ", "(", ")", "[", "]", "“", "”", "«", "\"", "'", "…", "...", "số ", "số: ",
    "Nghị quyết ", "-NQ/TU", "/QĐ-UBND", " ngày ", "tháng ", "năm ", "quý ", " đảng viên", " đồng chí", " chi bộ",
    " tỷ đồng", " và ", "của Bộ Chính trị", " và các", "- ", "+ ", "• ", "* ", "a) ", "1. ", "(1) ", "I- ", "Điều ",
    "12.345,6", "0", "01", "1.", ",5", "12/", "/12", "100%", "0%", "0/0", "5/0 (0%)", "31/02/2023", "00/00/0000",
    "99/99/9999", "29/02/2023", "năm 0000", "T W", "XIII", "khóa ", "Đại hội ", "QCVN ", "ISO/IEC ", "trước ngày ",
    "đến năm ", "phấn đấu ", "trở lên", "dưới ", "từ ", " đến ", "Giao ", "chủ trì", "phối hợp với ", "Kỷ niệm ",
    "lần thứ ", "Thứ ", "{n}", "{p}%", "{date}", "{symbol}", "{y}", "{amount}", "{raised}", "{roman}", "{long}",
    "{odd}",
)  # fmt: skip
SEPARATORS = (
    "",
    " ",
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\t",
    "\f",
    "\n\f",
    "   ",
    " \n ",
    "\u00a0",
    "\u2028",
    "\x0b",
)
SYMBOLS = (
    "{n}-NQ/TU", "{n}-KH/ĐUK", "{n}/NQ-HĐND", "{n}/QĐ-UBND", "{n}/{y}/NĐ-CP", "{n}/{y}/QH15", "{n}-CV/BTCTU",
    "{n}/UBND-KT", "{n} NQ/TU", "l{n}-QĐ/TW", "{n}a-TB/VPTU", "{n}-NQ-TU", "{n}- CT/T W", "{n}/BC.UBKT",
    "{n}-HD/BTGTU-BTCTU", "O{n}-NQ/TU", "{n}/SL",
)  # fmt: skip
DATES = (
    "ngày {d}/{m}/{y}", "ngày {d} tháng {m} năm {y}", "ngày {d}-{m}-{y}", "ngày {d}.{m}.{y}", "({d}/{m}/{y})",
    "ngày {d}/{m}", "tháng {m}/{y}", "ngày {d} /{m} /{y}", "ngày 3l/12/{y}", "ngày …/…/{y}", "ngảy {d}/{m}/{y}",
    "NGÀY {d} THÁNG {m} NĂM {y}",
)  # fmt: skip
ROMANS = ("I", "II", "III", "IV", "V", "VI", "IX", "XIII", "XXV", "IIII", "l", "ll", "Ⅳ")
RAISED = ("¹", "²", "³", "⁴", "¹⁰", "⁰", "¹²³⁴", "₁")
# Combining marks, blanks of other widths, invisible signs, other directions, controls, lone surrogates, other digits.
ODD = (
    "\u0301", "\u0323\u0302", "e\u0302\u0301", "D\u0335", "\u00a0", "\u2007", "\u202f", "\u3000", "\u200b", "\u200d",
    "\u2060", "\ufeff", "\u00ad", "\u202e", "\u202d", "\u2066", "\u05d0\u05d1", "\u0661\u0662", "\u0967", "①", "²",
    "½", "Ⅻ", "ﬁ", "\udc80", "\udcff", "\ud800", "\udfff", "\x00", "\x01", "\x1b[0m", "\x7f", "\x85", "\u2028",
    "\u2029", "\x1c", "\x1f", "\U0001f600", "\U0010ffff", "\ufffd", "\uffff", "Ð", "Ɖ", "ð", "İ", "ı", "ß", "ŉ", "ǰ",
    "ﬃ", "\u1e9e", "\u01c5", "\u0345", "Å", "\u212a", "\u2160", "\u217f", "\uff11\uff12", "\uff0d", "\u2010",
    "\u2011", "\u2212", "\u2044", "\u2215",
)  # fmt: skip
# What is repeated to long runs, and how often.
REPEATED = (
    "1", "0", ".", ",", " ", "\n", "\t", "(", ")", "[", "“", "”", "\"", "*", "-", "_", "/", "%", "+", "a", "A", "Đ",
    "ố", "\u0301", "\u00a0", "\u200b", "\r", "\f", "…", ";", ":", "1.", "1,", "1/", "1-", "1 ", "1%", "1, ", "(1",
    "1)", "((", "- ", "1. ", "a) ", "\n1. ", "\n- ", "\n(1) ", "I", "I.", "X-", "¹", "\n¹ ", "1.000.", "12/",
    "12/12/", "số ", "ngày ", "trong đó ", "và ", "của ", "đạt ", "tăng ", "A-", "A/", "Aa ", "TU-", "12-NQ/TU, ",
    "Nghị quyết ", "các ", "đồng chí ", "1 đảng viên, ", "1/1 (100%) ", "\n\n", " \n", "|", "| ", "a,", "a;", "a. ",
    "=", "~", "trên ", "từ 1 đến ", "1 - ", "1 + ", "năm 2023 ", "0,", "Giao Ban ", "phấn đấu ", "%;", "\u2028",
    "x\n", "X\n", "1\n", "\n1",
)  # fmt: skip
