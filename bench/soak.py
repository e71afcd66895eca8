"""Minutes of mixed work against the sample, served as the demo serves it: errors, slow answers, growing memory."""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.error import HTTPError

_GIAOBAN = str(Path(sys.executable).with_name("giaoban"))
_PASSWORD = "chao-dong-chi"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_MEMBER = re.compile(r'href="(/dang-vien/[0-9a-f-]{36}/[^"]*)"')
_CELL = re.compile(r'<option value="(MAU[^"]*)"')
_PROBLEM = re.compile(r'<p(?: class="error")?>([^<]+)</p>')
# After this share of the time caches are filled; memory is compared with what it was then.
_WARM = 0.3
_GROWTH_MB = 30
_IMPORT_EVERY = 20.0
_HEADINGS = "full_name,birth,sex,unit,file_number,kind,day,outside,admitted_on\n"


@dataclass(slots=True)
class Seen:
    """What the clients saw; shared by the threads."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, what: str, seconds: float) -> None:
        """Note an answer."""
        with self.lock:
            self.times[what].append(seconds)

    def wrong(self, text: str) -> None:
        """Note an error."""
        with self.lock:
            self.errors.append(text)


class Person:
    """One person at one browser."""

    def __init__(self, base: str, seen: Seen) -> None:
        self.base = base
        self.seen = seen
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def ask(self, what: str, path: str, form: dict[str, str] | None = None) -> str:
        """Send a request and return the page; an answer that is no 2xx is an error of the run."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        begun = time.monotonic()
        try:
            with self._opener.open(self.base + path, data, timeout=60) as answer:
                page: bytes = answer.read()
        except (urllib.error.URLError, OSError) as error:
            said = _PROBLEM.findall(error.read().decode(errors="replace")) if isinstance(error, HTTPError) else []
            self.seen.wrong(f"{what} {path}: {error}: {' '.join(said)}")
            return ""
        self.seen.took(what, time.monotonic() - begun)
        return page.decode(errors="replace")

    def send(self, what: str, path: str, form: dict[str, str]) -> str:
        """Open a form and send it back filled in."""
        token = _TOKEN.search(self.ask(f"{what}: form", path))
        return self.ask(what, path, form | {"csrfmiddlewaretoken": token[1] if token else ""})

    def sign_in(self, username: str) -> None:
        """Come in through the door."""
        page = self.send("sign in", "/dang-nhap/", {"username": username, "password": _PASSWORD})
        if "/dang-xuat/" not in page:
            self.seen.wrong(f"{username} could not sign in")


def read_on(person: Person, chance: random.Random, stop: threading.Event) -> None:
    """Read: the period, an opened number, the tree, lists, a member, the report."""
    place = "don-vi=MAU&ky=2023-Q1"
    members: list[str] = []
    while not stop.is_set():
        person.ask("period", f"/?{place}")
        person.ask("open a number", f"/so-lieu/members.admitted/?{place}")
        person.ask("tree", f"/to-chuc/?{place}&ngay=30/06/2021")
        looked_for = urllib.parse.quote(chance.choice(["nguyen", "hường", "duc", ""]))
        page = person.ask("list of members", f"/dang-vien/?{place}&tim={looked_for}")
        members = _MEMBER.findall(page) or members
        if members:
            person.ask("member", chance.choice(members).replace("&amp;", "&"))
        person.ask("search", "/tim/?tim=" + urllib.parse.quote(chance.choice(["Lê", "Chi bộ", "MAU.15"])))
        person.ask("report", f"/bao-cao/quy/?{place}")


def record_on(person: Person, chance: random.Random, stop: threading.Event) -> None:
    """Record admissions, one after the other."""
    path = "/dang-vien/ket-nap/?don-vi=MAU&ky=2023-Q1"
    cells = _CELL.findall(person.ask("admission: form", path))
    if not cells:
        person.seen.wrong("the form of an admission offers no cell")
    # At the end of 2023, after the last event of its tree, every cell that the form offers stands. Nobody comes twice:
    # a person of the same name and birth would rightly be asked about.
    born = date(1975, 1, 1) + timedelta(days=chance.randrange(1000))
    while not stop.is_set() and cells:
        born += timedelta(days=1)
        form = {
            "cell": chance.choice(cells),
            "full_name": f"Trần Thử {chance.choice(['An', 'Bình', 'Đức', 'Hạnh'])}",
            "birth": f"{born:%d/%m/%Y}",
            "sex": chance.choice(["male", "female"]),
            "day": "31/12/2023",
        }
        person.send("admission", path, form)


def import_on(folder: str, seen: Seen, stop: threading.Event) -> None:
    """Import a small roll from another process now and then, while the others work."""
    number = 0
    while not stop.wait(_IMPORT_EVERY):
        number += 1
        path = Path(folder) / f"roll-{number}.csv"
        rows = (
            f"Đỗ Thử Nhập,0{1 + row % 9}/05/1980,Nam,PHUONG.0{1 + row % 9},{number:03}{row:03} SOK,"
            "Chuyển đến từ ngoài,02/02/2026,Đảng bộ xã Bình An,19/05/2010\n"
            for row in range(50)
        )
        path.write_text(_HEADINGS + "".join(rows), encoding="utf-8")
        begun = time.monotonic()
        done = _command("import", "members", str(path), "--dir", folder)
        seen.took("import of 50 rows", time.monotonic() - begun)
        if done.returncode:
            seen.wrong(f"import: {(done.stdout + done.stderr).strip()[:300]}")


def guarded(seen: Seen, work: Callable[..., None], *arguments: object) -> threading.Thread:
    """Return a thread that does some work; if the work itself fails, that is an error of the run."""

    def run() -> None:
        try:
            work(*arguments)
        except Exception as error:
            seen.wrong(f"{work.__name__}: {type(error).__name__}: {error}")

    return threading.Thread(target=run)


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([_GIAOBAN, *arguments], capture_output=True, text=True, timeout=300)


def admitted(folder: str) -> int:
    """Return how many members were admitted in the month in which the clients record, as the figures count them."""
    asked = ["--unit", "MAU", "--period", "2023-M12", "--measure", "members.admitted", "--format", "json"]
    done = _command("figures", *asked, "--dir", folder)
    if done.returncode:
        raise SystemExit(f"soak: {done.stderr.strip()}")
    value: int = json.loads(done.stdout)["figures"]["members.admitted"]["value"]
    return value


def memory_of(process: int) -> float:
    """Return the resident memory of a process and all below it, in MB."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        pid = int(status.parent.name)
        parents[pid] = int(lines["PPid"])
        sizes[pid] = int(lines.get("VmRSS", "0 kB").split()[0])
    wanted = {process}
    while more := {pid for pid, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(sizes.get(pid, 0) for pid in wanted) / 1024


@contextmanager
def served(folder: str) -> Iterator[tuple[str, int]]:
    """Build the sample and serve it; give the address and the id of the server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (Path(folder) / "server.log").open("w")
    command = [_GIAOBAN, "demo", "--dir", folder, "--port", str(port)]
    server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if server.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{base}/dang-nhap/", timeout=5).close()
                break
            except OSError:
                time.sleep(1)
        if server.poll() is not None:
            raise SystemExit(f"soak: the server ended: {(Path(folder) / 'server.log').read_text()[-500:]}")
        yield base, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


def _tell(seen: Seen, warm: float, end: float, verified: int) -> int:
    print(f"{'what':<22} {'times':>7} {'median ms':>10} {'slowest ms':>11}")
    for what, times in sorted(seen.times.items()):
        ordered = sorted(times)
        print(f"{what:<22} {len(times):>7} {1000 * ordered[len(times) // 2]:>10.0f} {1000 * ordered[-1]:>11.0f}")
    grown = end - warm
    print(f"memory of the server: {warm:.0f} MB warm, {end:.0f} MB at the end, {grown:+.0f} MB (at most {_GROWTH_MB})")
    print(f"giaoban verify: status {verified}")
    for text in seen.errors[:20]:
        print(f"error: {text}")
    print(f"{len(seen.errors)} errors")
    return 1 if seen.errors or grown > _GROWTH_MB or verified else 0


def main() -> int:
    """Run for the seconds asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180)
    seconds = parser.parse_args().seconds
    seen, stop = Seen(), threading.Event()
    with tempfile.TemporaryDirectory(prefix="giaoban-soak-") as folder:
        with served(folder) as (base, server):
            before = admitted(folder)
            threads = [guarded(seen, import_on, folder, seen, stop)]
            # Seeds far apart: the two who record begin at different birthdays.
            for number, (username, work) in enumerate(
                [("lan", read_on), ("hai", read_on), ("binh", record_on), ("lan", record_on)]
            ):
                person = Person(base, seen)
                person.sign_in(username)
                threads.append(guarded(seen, work, person, random.Random(number), stop))
            for thread in threads:
                thread.start()
            time.sleep(seconds * _WARM)
            warm = memory_of(server)
            time.sleep(seconds * (1 - _WARM))
            end = memory_of(server)
            stop.set()
            for thread in threads:
                thread.join()
            log = (Path(folder) / "server.log").read_text(errors="replace")
            for line in re.findall(r".*(?:Traceback|\[ERROR\]|\[CRITICAL\]).*", log):
                seen.wrong(f"server: {line}")
        recorded = len(seen.times["admission"])
        if admitted(folder) - before != recorded:
            seen.wrong(f"{recorded} admissions recorded, but {admitted(folder) - before} counted")
        verified = _command("verify", "--dir", folder).returncode
    return _tell(seen, warm, end, verified)


if __name__ == "__main__":
    sys.exit(main())
