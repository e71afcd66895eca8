"""A process that has the program loaded, and a command ``giaoban`` that hands its words to it.

Of a hundred commands one after another nearly all the time goes into loading Django; here each is a fork of one process
that did so once. Words, folder, streams and status are those of the command; what begins with another folder
(``--dir``) starts a process of its own, as people do.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SHIM = """#!{python} -ISE
import json, os, socket, sys
if "--dir" in sys.argv:
    os.execv({real!r}, [{real!r}, *sys.argv[1:]])
with socket.socket(socket.AF_UNIX) as office:
    office.connect({address!r})
    told = json.dumps([sys.argv[1:], os.getcwd()]).encode()
    socket.send_fds(office, [told], [0, 1, 2])
    answer = office.recv(16)
sys.exit(int(answer or b"70"))
"""


@contextmanager
def ready_office(folder: Path, env: dict[str, str]) -> Iterator[Path]:
    """Start the process with an environment; give the folder that holds the command ``giaoban``."""
    # Under /tmp: the path of a socket may have 107 characters at most.
    address = f"/tmp/giaoban-ready-{os.getpid()}"
    tools = folder / "tools"
    tools.mkdir()
    real = str(Path(sys.executable).parent / "giaoban")
    shim = tools / "giaoban"
    shim.write_text(_SHIM.format(python=sys.executable, real=real, address=address), encoding="utf-8")
    shim.chmod(0o755)
    process = subprocess.Popen([sys.executable, __file__, address], env=env, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield tools
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        Path(address).unlink(missing_ok=True)


def _serve(address: str) -> list[str] | None:
    """Answer callers; in the process that is to be the command, return its words."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            caller, _ = door.accept()
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever answered a caller is gone without a word
            if os.fork():
                caller.close()
                continue
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            told, streams, _flags, _sender = socket.recv_fds(caller, 65_536, 3)
            command = os.fork()
            if not command:
                return _become(json.loads(told), streams)
            status = os.waitstatus_to_exitcode(os.waitpid(command, 0)[1])
            caller.sendall(str(status).encode())
            os._exit(0)


def _become(told: tuple[list[str], str], streams: list[int]) -> list[str]:
    words, folder = told
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, closefd=False) for number, mode in enumerate("rww"))
    os.chdir(folder)
    os.umask(0o077)  # as every command does once it opens an office
    return words


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.site.settings"
    import django

    django.setup()
    from giaoban.cli import main

    wanted = _serve(sys.argv[1])
    if wanted is not None:
        sys.argv = ["giaoban", *wanted]
        main()
