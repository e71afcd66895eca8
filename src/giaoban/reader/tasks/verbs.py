"""What is to be done begins so: verbs of work, each with what keeps it from being part of a name."""

from __future__ import annotations

import re

_VERBS = (
    r"chủ trì|phối hợp|(?<![Bb]an )xây dựng|hoàn thiện|tổng hợp|báo cáo(?! viên)|theo dõi|"
    # «đạt mức hoàn thành tốt nhiệm vụ» is a grade.
    r"hoàn thành(?! (?:tốt|xuất sắc) nhiệm vụ(?! (?:được giao|năm|quý|tháng|chính trị)))|"
    r"(?<!ban )kiểm tra|giám sát(?! viên)|hướng dẫn(?! viên)|rà soát|tham mưu|(?<!ban )chỉ đạo|triển khai|"
    r"(?<![Cc]ác )(?<!Ban )tổ chức(?! [đĐ]ảng| cơ sở| chính trị)|thực hiện|thẩm tra|thẩm định|gửi|tiếp tục|"
    r"(?<!bộ )lãnh đạo|căn cứ|đôn đốc|phổ biến|trang trí|có trách nhiệm|chịu trách nhiệm|bố trí|đăng ký|nộp|lập|"
    r"chuẩn bị|ban hành|trình(?! bày)|quán triệt|tuyên truyền(?! viên)|cụ thể hóa|đề xuất|"
    r"(?<![Bb]ầu )(?<!ứng )(?<!đề )cử(?! tri| nhân)|giúp|"
    r"khẩn trương|chủ động|"
    r"tăng cường|đẩy mạnh|phân công|duy trì|vận động|sơ kết|tổng kết|cập nhật|nghiên cứu|phụ trách|thông báo|"
    r"kịp thời|quan tâm|tập trung|thường xuyên|định kỳ|nghiêm túc|thống kê|thu|niêm yết|tiếp thu|làm|mở|bàn giao|"
    r"công bố|viết|đưa|khắc phục|xử lý|giải quyết|(?<!hường )trực(?! thuộc| tiếp| tuyến)|dự(?! án| thảo| toán| kiến)|"
    r"tham gia|"
    r"bảo đảm|chấn chỉnh|giới thiệu|họp(?! báo)|khảo sát|xem xét|tháo gỡ|tiếp nhận|cung cấp|hỗ trợ|xin ý kiến|"
    r"tuần tra|đón tiếp|tạo nguồn|lựa chọn|bình chọn|thành lập|hoàn tất|củng cố|nâng cao|phát huy|đổi mới|trả lời|"
    r"sinh hoạt (?:chi bộ|chuyên đề|định kỳ)|phát động|quan trắc|ký(?! kết luận| tên)|"
    r"vận hành|hoãn|phân tích|lắp đặt|mua sắm|sửa chữa|thi công|khởi công|"
    r"nghiệm thu|kiểm kê|kiểm soát|kiểm điểm|điều tra|xác minh|lấy ý kiến|tiếp dân|đối thoại|tuyển dụng|"
    r"luân chuyển|sắp xếp|số hóa|nâng cấp|cải tạo|chỉnh trang|biên soạn|phát hành|đăng tải|khen thưởng|bình xét|"
    r"huy động|phân bổ|giải ngân|giao (?:chi tiết|chỉ tiêu|kế hoạch|nhiệm vụ)|tạm dừng|"
    r"thu hồi|thăm hỏi|di dời|sơ tán|trồng|điều phối|nhân rộng|đảm bảo|bám sát|"
    r"nắm chắc|cân đối|đánh giá(?! viên)|tạo điều kiện|cho ý kiến|khuyến cáo|định hướng|xác định|công khai|"
    r"nhắc nhở|lồng ghép|ưu tiên|mời|treo|tập huấn|tư vấn|cấp phát|cấp phép|tiêm|phun|kiểm dịch|tiêu hủy|gia cố|"
    r"nạo vét|khơi thông|điều tiết|dự trữ|cung ứng|vận chuyển|thanh toán|quyết toán|đối chiếu|xác nhận|phê duyệt|"
    r"nhanh chóng|sớm(?= )|gương mẫu|nêu gương|đi đầu|chấp hành|tuân thủ|kê khai|thanh lý|chăm lo|chú trọng|"
    r"sửa đổi|tham dự|phản ánh|(?<!được )(?<!lựa )chọn|kiên quyết|quyết liệt|đề cao|coi trọng|"
    r"trấn áp|đấu tranh|hòa giải|tiếp xúc|trao|tặng|dâng hương|biểu diễn|thiết kế|sưu tầm|trưng bày|quảng bá|"
    r"xúc tiến|kêu gọi|chỉnh lý|nhập|phân loại|đo đạc|huấn luyện|cắt giảm|kiểm đếm|chi trả|truy thu|xử phạt|"
    r"đình chỉ|thu gom|ra quân|phân luồng|khuyến khích|ngăn chặn|phòng ngừa|bảo vệ(?! môi)|quản lý(?! nhà)|"
    r"trực tiếp(?= )|kiện toàn|hoàn chỉnh|tích cực|kết thúc|khôi phục|bổ sung|điều chỉnh|góp ý|tiến hành|nắm|"
    r"rút kinh nghiệm|chuyển (?:đảng|sinh|chính thức)|đảm nhận|soạn thảo|kết nối|diễn tập|dành|"
    r"phát(?! triển| biểu| động| huy| hiện| sinh| thanh| hành)"
)
_LOOKS_BEHIND = re.compile(r"(?P<before>(?:\(\?<![^()]*\))*)(?P<letters>\[(?P<both>\w\w)\]|\w)(?P<rest>.*)", re.DOTALL)


def _alternatives(table: str) -> list[str]:
    """Cut a table of patterns at the signs «|» that stand in no bracket."""
    found, depth = [""], 0
    for sign in table:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def by_first_letter(table: str) -> str:
    """Return a pattern for the words of a table that tries a word only where its first letter stands.

    What must not stand before a word is looked for behind its first letter; «[Cc]ác» stands under both its letters.
    """
    groups: dict[str, list[str]] = {}
    for word in _alternatives(table):
        parts = _LOOKS_BEHIND.fullmatch(word)
        assert parts is not None
        for letter in parts["both"] or parts["letters"]:
            before = parts["before"].replace(")", f"{letter})")
            groups.setdefault(letter, []).append(before + parts["rest"])
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in groups.items())


def either_mark(table: str) -> str:
    """Return a table of patterns that finds words with their mark on either vowel: «Huyện ủy», «Huyện uỷ»."""
    for mark, other in (("ủy", "uỷ"), ("óa", "oá"), ("òa", "oà")):
        table = table.replace(mark, f"(?:{mark}|{other})")
    return table


VERB = rf"(?:{by_first_letter(either_mark(_VERBS))})(?!\w)"
