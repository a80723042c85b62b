"""Ask for known vulnerabilities of the locked packages (pip-audit). One with a fix fails, unless .ci/audit-ignore.txt gives a reason.

Without a way to the advisories nothing is audited; that is said, and does not fail.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-m", "pip_audit", "--disable-pip", "--format=json", "--progress-spinner=off", "--timeout=10"]


def ignored(text: str) -> dict[str, str]:
    """Id -> reason; a line without a reason is an error."""
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if bare := [line[0] for line in lines if len(line) == 1]:
        sys.exit(f"audit: no reason is given for ignoring {', '.join(bare)}")
    return {line[0]: line[1] for line in lines}


def judged(dependencies: list[dict[str, Any]], excused: dict[str, str]) -> tuple[int, list[str], list[str]]:
    """Number of packages that were looked up; vulnerabilities that fail the build; and those that are only noted."""
    asked = [one for one in dependencies if "skip_reason" not in one]
    fatal, noted = [], []
    for package in asked:
        for found in package["vulns"]:
            line = f"{package['name']} {package['version']}: {found['id']}"
            names = {found["id"], *found.get("aliases", ())}
            if reason := next((excused[name] for name in sorted(names) if name in excused), None):
                noted.append(f"{line}, ignored: {reason}")
            elif fixes := found["fix_versions"]:
                fatal.append(f"{line}, fixed in {', '.join(fixes)}")
            else:
                noted.append(f"{line}, without a fix")
    return len(asked), fatal, noted


def main(lock: Path, ignore: Path) -> None:
    """See the module."""
    excused = ignored(ignore.read_text(encoding="utf-8"))
    done = subprocess.run([*COMMAND, "--requirement", lock], capture_output=True, text=True)
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"audit: NOTHING AUDITED, the advisories could not be reached: {why[:200]}")
        return
    asked, fatal, noted = judged(dependencies, excused)
    for line in noted:
        print(f"audit: {line}")
    if not asked:
        print(
            f"audit: NOTHING AUDITED, the service knows none of the {len(dependencies)} packages (a mirror without advisories?)"
        )
        return
    print(f"audit: {asked} of {len(dependencies)} packages looked up, {len(fatal)} known vulnerabilities with a fix")
    if fatal:
        sys.exit("\n".join(f"audit: {line}" for line in fatal))


if __name__ == "__main__":
    main(HERE.parent / "requirements.lock", HERE / "audit-ignore.txt")
