"""Screens of a period."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.web.access import Desk, latest_period, screen
from giaoban.web.home.entries import entries_page
from giaoban.web.home.page import period_page


@screen("home")
def period(desk: Desk) -> HttpResponse:
    """Show the chosen unit's page for the chosen period; without a choice go to one, so that it is in the address."""
    chosen = desk.request.GET
    if not desk.may("figures_view"):
        # A person without figures (who only manages people, say) lands where they can work.
        areas = desk.frame().areas
        if not chosen and areas:
            return HttpResponseRedirect(areas[0].url)
    desk.require("figures_view")
    if not chosen.get("don-vi") or not chosen.get("ky"):
        return HttpResponseRedirect(desk.url("home:period"))
    return desk.render("home/period.html", {"page": period_page(desk, sort=chosen.get("xep", ""))})


@screen("home", right="figures_view")
def latest(desk: Desk) -> HttpResponse:
    """Go to the quarter in which the chosen unit is at work, or was last."""
    return HttpResponseRedirect(desk.url("home:period", period=latest_period(desk.unit, desk.act.today)))


@screen("home", right="figures_view")
def entries(desk: Desk, measure: str) -> HttpResponse:
    """Open a number into its entries: a side sheet for htmx, a page of its own without."""
    number = desk.request.GET.get("trang") or ""
    try:
        page = entries_page(desk, measure, page=int(number) if number.isdecimal() and len(number) < 7 else 1)
    except InvalidInput as error:
        raise NotFound(error.message) from None
    return desk.render("home/entries.html", {"page": page}, part="entries")
