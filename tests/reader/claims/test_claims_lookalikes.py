"""Numbers that look like claims and are none: all of these must stay without a claim that is called false."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

SILENT = [
    "Cả nước treo cờ dịp 30/4, 01/5, đạt 100%.",
    "Nghị quyết 128/NQ-HĐND ngày 09/12/2022, đạt 100% đại biểu tán thành.",
    "Kiểm tra 12/15 chi bộ, tỷ lệ đảng viên dự sinh hoạt đạt 98,5%.",
    "Có 15/20 chi bộ đạt 100% chỉ tiêu; 09/12 tổ chức đảng không đăng ký.",
    "Có 78/82 đơn vị đạt 90% trở lên.",
    "Có 25/55 đơn vị tổ chức xong Đại hội.",
    "Có 2/3 số hội viên tham gia, đạt 70% kế hoạch tháng.",
    "Có 78/82 đơn vị hoàn thành, tăng 5% so với cùng kỳ.",
    "Theo Kế hoạch 5 năm 2021 - 2025, nhiệm kỳ 2020-2025, giai đoạn 2011- 2025.",
    "Hoàn thành xuất sắc nhiệm vụ 5 năm liên tục (2018-2022); tăng trưởng 07 năm liên tiếp (2016 - 2022).",
    "Toàn Đảng bộ có 106 đảng viên, trong đó 40 đảng viên nữ, 12 đảng viên dự bị.",
    "Chi bộ có 25 đảng viên (02 đảng viên miễn sinh hoạt, 01 đảng viên dự bị).",
    "Có 1.306 TTHC, trong đó là 937 TTHC đạt 74,6% (không tính TTHC của ngành dọc), 319 TTHC còn lại không phê duyệt.",
    "Triển khai 05 cuộc kiểm tra (trong đó kiểm tra 27 tổ chức đảng và 45 đảng viên).",
    "Triển khai 05 cuộc kiểm tra đối với 27 tổ chức đảng và 45 đảng viên.",
    "Điện thoại: 0203.3825.678; fax 0203/382/5678; biển số 14A-123.45; tài khoản 1020/304/50.",
    "Tỷ số 3/2, tỷ lệ 50% (bàn thắng).",
    "Điều 5, khoản 2, điểm a (02 trường hợp, 03 trường hợp khác).",
    "Mục tiêu 55 giường bệnh/1 vạn dân; 15 bác sỹ/01 vạn dân; 2,7 dược sỹ/1 vạn dân.",
    "Họp lúc 13h30 ngày 14/12/2023 tại phòng 205 (tầng 2, nhà A1).",
    "Tỷ lệ tổ chức đảng hoàn thành tốt nhiệm vụ đạt 90% trở lên, trong đó 20% hoàn thành xuất sắc.",
    "Số đảng viên kết nạp tăng từ 3 - 4% so với đầu năm.",
    "Giá trị sản xuất tăng 16,2%, trong đó: dịch vụ đạt 57.219,4 tỷ đồng, tăng 17,4%; công nghiệp 141.989,7 tỷ đồng.",
    "Lũy kế 9 tháng trên 27.581 tỷ đồng, đạt 87,96% kế hoạch năm 2023, tăng 5,01% so với năm 2022.",
    "Tặng 628 suất quà trị giá 602 triệu đồng cho 181 đoàn viên; hỗ trợ 90,5 triệu đồng.",
    "Mừng 93 năm Ngày thành lập Đảng, 113 năm Ngày Quốc tế Phụ nữ (8/3) và 1983 năm khởi nghĩa Hai Bà Trưng.",
    "Tổ chức 12 hội nghị (trong đó 08 hội nghị trực tuyến, 06 hội nghị mở rộng đến cơ sở).",
    "Kết nạp 45 đảng viên (Kế hoạch số 117-KH/ĐUK ngày 09/3/2023; Hướng dẫn số 12-HD/ĐUK).",
    "Ban Chỉ đạo 35 họp: (1) Tổng kết Ban Chỉ đạo 35 năm 2022; (2) Kiện toàn Ban Chỉ đạo 35.",
    "Tặng Huy hiệu Đảng đợt 2 (02/9 và 07/11 năm 2023) cho 24 đồng chí.",
    "Kết nạp 88 đảng viên (nâng tổng số từ đầu năm đến nay là 261, đạt 104,4% nghị quyết năm).",
    "Nợ xấu 1,5%; lợi nhuận 729 tỷ đồng, lũy kế 2.611 tỷ đồng, đạt 116,9% kế hoạch.",
    "QCVN 01-1:2018/BYT đạt trên 70%; TCVN 6909:2001.",
    "Kiểm tra 26 tổ chức đảng và 161 đảng viên, giám sát 14 tổ chức đảng và 408 đảng viên.",
    "Đoàn gồm 05 đồng chí, thời gian 02 ngày, từ ngày 15 đến ngày 17/12/2023.",
    "Kinh phí 3 tỷ 500 triệu đồng (ngân sách tỉnh 2 tỷ đồng, ngân sách huyện 1,5 tỷ đồng).",
    "Trúng cử với tỷ lệ phiếu từ 85% đến 100% (34/40 phiếu đến 40/40 phiếu).",
    "Toàn tỉnh có 13 huyện với 177 xã, phường, thị trấn (98 xã, 72 phường, 7 thị trấn).",
    "Có 95/98 xã đạt chuẩn (chiếm 96,9%), trong đó 54 xã đạt chuẩn nâng cao (56,8%), 25 xã kiểu mẫu (26,3%).",
    "Tiếp 120 lượt công dân (trong đó định kỳ 80, đột xuất 15), nhận 45 đơn, giảm 12 đơn so với cùng kỳ.",
    "Đảng bộ có 5.432 đồng chí, trong đó kết nạp mới 150 đồng chí, chuyển đến 200, chuyển đi 210, từ trần 15.",
    "Có 1.234 đơn vị tham gia, tăng gấp 2 lần so với năm trước (600 đơn vị); doanh thu tăng 30%.",
    "Có 3/5 chỉ tiêu đạt trên 50% kế hoạch; 2/5 chỉ tiêu đạt dưới 40%.",
    "Trong 120 đảng viên được kiểm tra, có 15 đảng viên có vi phạm, đã kỷ luật 12 đảng viên (80%).",
    "Chi trả cho 2.345 đối tượng 12,5 tỷ đồng, trong đó người cao tuổi 1.200 người, người khuyết tật 800 người.",
    "Phát 120 phiếu, thu về 118 phiếu (hợp lệ 117 phiếu).",
    "Có 40/45 phiếu tín nhiệm cao, 05 phiếu tín nhiệm; tỷ lệ chung 100%.",
    "Tham gia 02 cuộc thi với 282 bài của 53 cơ sở, trong đó 21 giải cá nhân và 05 giải tập thể.",
]


@pytest.mark.parametrize("text", SILENT, ids=lambda text: text[:40])
def test_nothing_is_called_false(text: str) -> None:
    wrong = [(claim.text, claim.explain) for claim in find_claims(text) if claim.holds is False]
    assert wrong == []
