// A unit's report: each place is kept on the server as soon as it is left, or on this device until the network is back.
// Without this file the page is a plain form. What waits belongs to one person and one report (their uids are its key).
(() => {
  "use strict";

  const form = document.getElementById("report");
  if (!form) return;
  const { field: url, user, report } = form.dataset;
  const kept = document.getElementById("kept");
  const key = `giaoban:report:${user}:${report}`;
  const field = (name) => form.elements[name];
  const say = (text) => { kept.textContent = text; };
  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const place = (name) => form.querySelector(`[data-place="${name}"]`);
  const value = (name) => field(`v-${name}`)?.value ?? "";
  const mark = (name) => field(`m-${name}`)?.value ?? "";
  let sending = null;
  let retry = 0;
  let typing = 0;

  // What is not kept on the server yet: of each place only the last that was typed there.
  const waiting = () => JSON.parse(localStorage.getItem(key) || "{}");
  const keep = (all) => (Object.keys(all).length ? localStorage.setItem(key, JSON.stringify(all)) : localStorage.removeItem(key));
  function note(name) {
    keep({ ...waiting(), [name]: { value: value(name), mark: mark(name), seen: waiting()[name]?.seen ?? field(`s-${name}`).value } });
  }

  async function post(data) {
    const door = await fetch(url, { cache: "no-store", headers: { Accept: "application/json" } });
    if (door.redirected || !door.ok) throw new Error("door");
    const { user: now, token } = await door.json();
    if (now !== user) throw new Error("user");
    const body = new URLSearchParams({ user, giup: field("giup")?.value ?? "", ...data });
    const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, body });
    if (!answer.ok || answer.redirected) throw new Error("answer");
    return answer.json();
  }
  function told(answer) {
    const box = place(answer.field);
    if (!box) return;
    box.classList.toggle("wrong", !answer.saved);
    box.querySelector(".told").innerHTML = answer.html;
    if (answer.wrong) return;
    field(`s-${answer.field}`).value = answer.seen;
    if (answer.origin) field(`g-${answer.field}`).value = answer.origin;
    if (answer.progress) document.getElementById("progress").textContent = answer.progress;
  }
  function trouble(error) {
    const why = {
      door: "Máy chủ chưa nhận; có thể cần đăng nhập lại.",
      user: "Người khác đang đăng nhập; hãy đăng nhập lại bằng tên của mình.",
      answer: "Máy chủ chưa lưu được; sẽ gửi lại.",
    }[error.message] ?? "Chưa có mạng; sẽ tự lưu khi có mạng.";
    say(`Giữ trên máy lúc ${clock()}: ${Object.keys(waiting()).length} mục. ${why}`);
    clearTimeout(retry);
    retry = setTimeout(flush, 15000);
  }

  async function send() {
    clearTimeout(retry);
    for (let names = Object.keys(waiting()); names.length; names = Object.keys(waiting())) {
      const name = names[0];
      const item = waiting()[name];
      if (!field(`v-${name}`)) { const all = waiting(); delete all[name]; keep(all); continue; }
      const answer = await post({ field: name, ...item });
      const all = waiting();
      // Typed on while it was on its way: the newer text goes with the version that was just made.
      if (all[name] && (all[name].value !== item.value || all[name].mark !== item.mark)) all[name].seen = String(answer.seen ?? item.seen);
      else delete all[name];
      keep(all);
      told(answer);
      say(answer.saved ? `Đã lưu lúc ${clock()}.` : "Có mục chưa lưu được, xem cạnh ô.");
    }
  }
  function flush() {
    if (!sending) sending = send().then(() => true, (error) => { trouble(error); return false; }).finally(() => { sending = null; });
    return sending;
  }

  const nameOf = (element) => element.closest("[data-place]")?.dataset.place;
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") { form.requestSubmit(form.querySelector('button[name="luu"]')); return; }
    if (!/^[vm]-/.test(event.target.name)) return;
    note(nameOf(event.target));
    flush();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.name?.startsWith("v-")) return;
    note(nameOf(event.target));
    clearTimeout(typing);
    typing = setTimeout(flush, 4000);
  });

  form.addEventListener("click", async (event) => {
    const button = event.target.closest('button[name="xac-nhan"]');
    if (!button) return;
    event.preventDefault();
    const name = button.value;
    if (!(await flush())) return;
    try { told(await post({ field: name, value: value(name), mark: mark(name), confirm: field(`ly-do-${name}`).value })); }
    catch (error) { trouble(error); }
  });

  // Sending waits until everything is on the server; without the network nothing is lost and the page stays.
  let ready = false;
  form.addEventListener("submit", async (event) => {
    if (ready || (!sending && !Object.keys(waiting()).length)) return;
    event.preventDefault();
    const button = event.submitter;
    clearTimeout(typing);
    if (!(await flush())) return;
    ready = true;
    // Asked for while the first submission is still being told of, a second one would be dropped.
    setTimeout(() => form.requestSubmit(button));
  });

  function restore() {
    for (const [name, item] of Object.entries(waiting())) {
      const found = field(`v-${name}`);
      if (!found) continue;
      found.value = item.value;
      if (field(`m-${name}`)) field(`m-${name}`).value = item.mark;
    }
  }
  addEventListener("online", () => Promise.resolve(sending).then(flush));
  restore();
  if (Object.keys(waiting()).length) flush();
})();
