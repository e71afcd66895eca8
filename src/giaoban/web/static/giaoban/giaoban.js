// What the screens do on top of plain pages. Everything works without this file; nothing here decides anything.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const say = (text) => { const place = byId("said"); if (place) place.textContent = text; };
  const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");
  let opener = null;

  // Side sheet: a link with data-sheet loads its page's content into the dialog; Esc and the button close it.
  function openSheet() {
    const sheet = byId("sheet");
    if (!sheet.open) sheet.showModal();
    sheet.scrollTop = 0;
    sheet.querySelector("h2")?.focus();
  }
  function closedSheet() {
    const sheet = byId("sheet");
    sheet.replaceChildren();
    if (opener?.isConnected) opener.focus();
    opener = null;
  }

  // Arrow keys walk the rows of a table (its name's link, else the first link or field) and the lines of the tree.
  function stops(root) {
    const rows = root.matches("table") ? root.querySelectorAll("tbody tr, tfoot tr") : root.querySelectorAll("summary, .leaf");
    return [...rows]
      .filter((row) => row.offsetParent !== null)
      .map((row) => (row.matches("summary") ? row : row.querySelector("th a") ?? row.querySelector("a, button, input")))
      .filter(Boolean);
  }
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const root = event.target.closest("table, .tree");
    if (!root) return;
    const list = stops(root);
    const row = event.target.closest("tr, summary, .leaf");
    const index = list.findIndex((stop) => stop === event.target || row === stop || row?.contains(stop));
    const next = list[index + step];
    if (index >= 0 && next) { event.preventDefault(); next.focus(); }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = byId("search");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    } else {
      walk(event);
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("[data-close-sheet]")) { event.preventDefault(); byId("sheet").close(); }
    if (event.target.id === "sheet") event.target.close();
    if (event.target.closest("[data-print]")) { event.preventDefault(); window.print(); }
    const copies = event.target.closest("[data-copy]");
    if (copies) {
      const text = byId(copies.dataset.copy);
      text.select();
      navigator.clipboard?.writeText(text.value).then(() => say("Đã sao chép lời nhắc"));
    }
  });

  // Printing by a button needs this file: without it the button would do nothing, so it is not there.
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

  // One box that ticks all boxes of a name.
  for (const box of document.querySelectorAll("[data-ticks]")) {
    box.hidden = false;
    box.addEventListener("change", () => {
      for (const one of document.querySelectorAll(`input[name="${box.dataset.ticks}"]`)) one.checked = box.checked;
    });
  }

  byId("sheet")?.addEventListener("close", closedSheet);

  // A slider over months writes the last day of the month (or today) into its date field; the field alone is sent.
  for (const slider of document.querySelectorAll("[data-slider]")) {
    const field = byId(slider.dataset.slider);
    const range = slider.querySelector("input");
    const count = (text) => { const [year, month] = text.split("-").map(Number); return year * 12 + month - 1; };
    const first = count(slider.dataset.first);
    range.max = count(slider.dataset.last) - first;
    const [, month, year] = field.value.split("/").map(Number);
    range.value = year ? year * 12 + month - 1 - first : range.max;
    range.addEventListener("input", () => {
      const months = first + Number(range.value);
      const last = new Date(Math.floor(months / 12), (months % 12) + 1, 0);
      const day = last > new Date() ? new Date() : last;
      const two = (number) => String(number).padStart(2, "0");
      field.value = `${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;
      range.setAttribute("aria-valuetext", field.value);
    });
    slider.hidden = false;
  }

  // What is folded in a tree is printed too.
  addEventListener("beforeprint", () => {
    for (const branch of document.querySelectorAll(".tree details:not([open])")) { branch.open = true; branch.dataset.printed = ""; }
  });
  addEventListener("afterprint", () => {
    for (const branch of document.querySelectorAll("[data-printed]")) { branch.open = false; delete branch.dataset.printed; }
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    byId("trouble")?.replaceChildren();
    if (event.detail.target?.id === "sheet" && !byId("sheet").open) opener = event.detail.elt;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target?.id === "sheet") openSheet();
    // After an outerHTML swap the target is the old element: the new one is found by its id.
    const news = (byId(target?.id) ?? target)?.querySelector("[data-said]");
    if (news) say(news.dataset.said);
  });

  // A failed request must not vanish silently: say it where the eye and the screen reader are.
  function trouble(text) {
    const place = byId("trouble");
    const line = document.createElement("p");
    line.textContent = text;
    place.replaceChildren(line);
    place.focus();
  }
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 403) trouble("Đồng chí không có quyền làm việc này ở đơn vị này. Hãy liên hệ người quản lý quyền của cấp ủy.");
    else if (status === 404) trouble("Không còn nội dung này, hoặc nội dung ngoài phạm vi của đồng chí. Hãy tải lại trang.");
    else trouble(`Máy chủ chưa trả lời được (mã ${status}). Nội dung đang xem vẫn còn nguyên; hãy thử lại.`);
  });
  document.addEventListener("htmx:sendError", () => trouble("Không kết nối được máy chủ. Kiểm tra mạng rồi thử lại; nội dung đang xem vẫn còn nguyên."));
  document.addEventListener("htmx:timeout", () => trouble("Máy chủ trả lời quá lâu. Hãy thử lại."));
})();
