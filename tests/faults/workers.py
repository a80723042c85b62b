"""The work of the annotate stage with articles among it that kill their workers."""

import os
import signal

from presstm import annotate

EATS, DIES, RAISES = " Mange la mémoire.", " Meurt.", " Se trompe."


def work(task: annotate._Task) -> object:
    """As `annotate._work`, but an article that ends with one of the sentences above brings its worker down."""
    for text in task.texts:
        if text.body.endswith(EATS):
            bytearray(100_000_000_000)
        if text.body.endswith(DIES):
            os.kill(os.getpid(), signal.SIGKILL)
        if text.body.endswith(RAISES):
            raise ValueError("an odd text")
    return annotate_work(task)


annotate_work = annotate._work
