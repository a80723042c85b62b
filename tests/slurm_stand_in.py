"""A scheduler for one machine that answers to sbatch, squeue and scancel, as far as docs/cluster.md needs them.

A job is a folder under $STAND_IN: `lock` is held as long as the job lives, `task-N.code` is how a task of it ended.
"""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

JOBS = Path(os.environ["STAND_IN"])


def sbatch(args: list[str]) -> None:
    options = [arg for arg in args if arg.startswith("--")]
    script, *rest = [arg for arg in args if not arg.startswith("--")]
    given = dict(option.removeprefix("--").partition("=")[::2] for option in options)
    job = str(len(list(JOBS.iterdir())) + 1)
    folder = JOBS / job
    folder.mkdir()
    first, _, last = given.get("array", "0").partition("-")
    spec = {"script": Path(script).read_text(), "args": rest, "first": int(first), "last": int(last or first)}
    spec |= {"array": "array" in given, "dependency": given.get("dependency", "")}
    (folder / "spec.json").write_text(json.dumps(spec))
    lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with (folder / "out").open("w") as out:
        started = subprocess.Popen(
            [sys.executable, __file__, "job", job], pass_fds=[lock], start_new_session=True, stdout=out, stderr=out
        )
    (folder / "pid").write_text(str(started.pid))
    print(job if "parsable" in given else f"Submitted batch job {job}")


def job(args: list[str]) -> None:
    folder = JOBS / args[0]
    spec = json.loads((folder / "spec.json").read_text())
    for kind, jobs in re.findall(r"(afterok|afterany)((?::\d+)+)", spec["dependency"]):
        for before in jobs[1:].split(":"):
            wait([before])
            codes = [path.read_text() for path in (JOBS / before).glob("*.code")]
            if not codes or (kind == "afterok" and set(codes) != {"0"}):
                return
    running = {}
    for task in range(spec["first"], spec["last"] + 1):
        environment = os.environ | {"SLURM_JOB_ID": args[0]} | ({"SLURM_ARRAY_TASK_ID": str(task)} if spec["array"] else {})
        script = folder / f"task-{task}.sh"
        script.write_text(spec["script"])
        running[task] = subprocess.Popen(["bash", script, *spec["args"]], env=environment)
    for task, process in running.items():
        (folder / f"task-{task}.code").write_text(str(process.wait()))


def wait(jobs: list[str]) -> None:
    for one in jobs:
        with (JOBS / one / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)


def squeue(_: list[str]) -> None:
    print("JOBID")
    for folder in sorted(JOBS.iterdir()):
        with (folder / "lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                print(folder.name)


def scancel(args: list[str]) -> None:
    for one in args:
        try:
            os.killpg(int((JOBS / one / "pid").read_text()), signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    {"sbatch": sbatch, "job": job, "wait": wait, "squeue": squeue, "scancel": scancel}[sys.argv[1]](sys.argv[2:])
