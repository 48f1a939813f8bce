"""Reading leaves no trace outside what it is asked to write: no file under the user's home, nothing kept open there, nothing to send."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = """
import os
from pathlib import Path
from crossread import read
read("The council of Veln met on Monday. Ada Loth said it would meet again.")
open_files = []
for name in os.listdir("/proc/self/fd"):
    try:
        open_files.append(os.readlink(f"/proc/self/fd/{name}"))
    except OSError:
        continue
print([f for f in open_files if f.startswith(str(Path.home())) or f.startswith("socket:")])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="lists open files in /proc")
def test_reading_leaves_nothing_in_the_users_home_and_opens_no_socket(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
    done = subprocess.run(
        [sys.executable, "-c", READ], env=kept | {"HOME": str(home)}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
    assert [p for p in home.rglob("*") if p.is_file()] == []
