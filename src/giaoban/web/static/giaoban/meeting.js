// The page of a finished meeting: each tap is sent at once, or kept on this telephone until the network is back.
// Without this file the page is a plain form. The queue belongs to one person and one meeting (their uids are its key).
(() => {
  "use strict";

  const form = document.getElementById("ticking");
  if (!form) return;
  const { taps: url, user, meeting } = form.dataset;
  const kept = document.getElementById("kept");
  const key = `giaoban:taps:${user}:${meeting}`;
  const draftKey = `giaoban:form:${user}:${meeting}`;
  const field = (name) => form.elements[name];
  const fresh = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)));
  const say = (text) => { kept.textContent = text; };
  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  let sending = false;
  let leaving = false;
  let retry = 0;

  // What is not sent yet, oldest first.
  const queue = () => JSON.parse(localStorage.getItem(key) || "[]");
  const keep = (taps) => (taps.length ? localStorage.setItem(key, JSON.stringify(taps)) : localStorage.removeItem(key));
  function add(...taps) {
    keep([...queue(), ...taps.map((tap) => ({ uid: fresh(), ...tap }))]);
    flush();
  }

  // What is chosen and typed, for the case that the page is closed before it was sent.
  function keepForm() {
    const values = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "seed");
    localStorage.setItem(draftKey, JSON.stringify(values));
  }
  function restoreForm() {
    for (const [name, value] of JSON.parse(localStorage.getItem(draftKey) || "[]")) {
      const found = field(name);
      // People and conclusions are as the server knows them, and as the taps say that it does not know yet.
      if (!found || /^(co|noi|kl)-/.test(name)) continue;
      const first = found instanceof RadioNodeList ? found[0] : found;
      if (first.type === "radio") found.value = value;
      else if (first.type === "checkbox") first.checked = true;
      else first.value = value;
    }
  }

  function restoreTaps() {
    for (const tap of queue()) {
      if (tap.kind === "presence" && field(`co-${tap.member}`)) {
        field(`co-${tap.member}`).value = tap.state;
        field(`noi-${tap.member}`).checked = tap.spoke;
      } else if (tap.kind === "said" && field(`kl-${tap.thread}`)) {
        const radios = form.querySelectorAll(`input[name="kl-${tap.thread}"]`);
        for (const radio of radios) radio.checked = radio.value === tap.state;
      }
    }
  }
  // A conclusion that was refused comes back to be mended.
  function giveBack(tap) {
    const number = [1, 2, 3].find((one) => !field(`moi-${one}`).value);
    if (tap?.kind !== "made" || !number) return;
    field(`moi-${number}`).value = tap.text;
    field(`nguoi-${number}`).value = tap.owner;
    field(`han-${number}`).value = tap.due;
    keepForm();
  }

  function count() {
    document.getElementById("present").textContent = form.querySelectorAll('input[name^="co-"][value="present"]:checked').length;
  }
  function presence(box) {
    const member = box.dataset.member;
    const spoke = field(`noi-${member}`);
    const state = field(`co-${member}`).value;
    if (state && state !== "present") spoke.checked = false;
    return state ? [{ kind: "presence", member, state, spoke: spoke.checked }] : [];
  }

  async function flush() {
    const waiting = queue();
    if (sending || !waiting.length) return leave();
    sending = true;
    clearTimeout(retry);
    try {
      const door = await fetch(url, { cache: "no-store", headers: { Accept: "application/json" } });
      if (door.redirected || !door.ok) throw new Error("door");
      const { user: now, token } = await door.json();
      if (now !== user) throw new Error("user");
      const helped = field("giup")?.value ?? "";
      const answer = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ user, helped, taps: waiting }),
      });
      if (!answer.ok) throw new Error("answer");
      const { done, refused } = await answer.json();
      const gone = new Set([...done, ...refused.map((one) => one.uid)]);
      keep(queue().filter((tap) => !gone.has(tap.uid)));
      sending = false;
      for (const one of refused) giveBack(waiting.find((tap) => tap.uid === one.uid));
      if (refused.length) { leaving = false; say(`Chưa ghi được: ${refused.map((one) => one.words).join(" ")}`); }
      else say(`Đã gửi lúc ${clock()}.`);
      if (queue().length) flush(); else leave();
    } catch (error) {
      sending = false;
      const why = {
        door: "Máy chủ chưa nhận; có thể cần đăng nhập lại.",
        user: "Người khác đang đăng nhập; hãy đăng nhập lại bằng tên của mình.",
        answer: "Máy chủ chưa ghi được; sẽ gửi lại.",
      }[error.message] ?? "Chưa có mạng; sẽ tự gửi khi có mạng.";
      say(`Đã giữ trên máy lúc ${clock()}: ${queue().length} lần chạm. ${why}`);
      retry = setTimeout(flush, 15000);
    }
  }
  function leave() {
    if (!leaving || queue().length) return;
    localStorage.removeItem(draftKey);
    location.assign(form.dataset.done);
  }

  form.addEventListener("change", (event) => {
    const { name } = event.target;
    const box = event.target.closest("[data-member]");
    // Whoever spoke was there.
    if (box && name.startsWith("noi-") && event.target.checked) field(`co-${box.dataset.member}`).value = "present";
    if (box) { const taps = presence(box); count(); if (taps.length) add(...taps); }
    else if (name.startsWith("kl-")) add({ kind: "said", thread: name.slice(3), state: event.target.value });
    keepForm();
  });
  form.addEventListener("input", keepForm);

  document.getElementById("all-present").addEventListener("click", (event) => {
    event.preventDefault();
    const taps = [];
    for (const box of form.querySelectorAll("[data-member]")) {
      const first = box.querySelector('input[value="present"]');
      if (first.dataset.exempt !== undefined || box.querySelector('input[type="radio"]:checked')) continue;
      first.checked = true;
      taps.push(...presence(box));
    }
    count();
    keepForm();
    if (taps.length) add(...taps);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const taps = [];
    const times = Object.fromEntries(["dung-lich", "gio-khac"].map((name) => [name, field(name)?.checked ? "1" : ""]));
    if (times["dung-lich"] || times["gio-khac"]) {
      for (const name of ["ngay", "tu", "den", "hinh-thuc", "chu-tri", "thu-ky"]) times[name] = field(name).value;
      taps.push({ kind: "held", ...times });
    } else if (field("dung-lich")) {
      say("Chưa ghi giờ họp: đánh dấu «Họp đúng lịch», hoặc mở «Giờ khác».");
      field("dung-lich").focus();
      return;
    }
    for (const number of [1, 2, 3]) {
      const text = field(`moi-${number}`).value.trim();
      if (text) taps.push({ kind: "made", text, owner: field(`nguoi-${number}`).value, due: field(`han-${number}`).value });
    }
    const points = {};
    for (const radio of form.querySelectorAll('input[name^="diem-"]:checked')) points[radio.name.slice(5)] = radio.value;
    if (field("nhan")?.checked || Object.keys(points).length) taps.push({ kind: "score", points });
    for (const number of [1, 2, 3]) field(`moi-${number}`).value = "";
    leaving = true;
    keepForm();
    if (taps.length) add(...taps); else flush();
  });

  addEventListener("online", flush);
  restoreForm();
  restoreTaps();
  count();
  if (queue().length) flush();
})();
