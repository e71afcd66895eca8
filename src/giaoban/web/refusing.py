"""A method that an address does not take is told in words, where Django answers with an empty page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]


def in_plain_words(get_response: Answer) -> Answer:
    """Middleware: put a page into refusals that have none; who opens the address of a refused form anew sees it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        reason = "Địa chỉ này chỉ nhận nội dung gửi từ một biểu mẫu, không mở trực tiếp được. Mở lại trang có biểu mẫu."
        page = render(request, "trouble.html", {"reason": reason}, status=405)
        page["Allow"] = response["Allow"]
        return page

    return answer
