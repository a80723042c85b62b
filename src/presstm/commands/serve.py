"""presstm serve: the report and a live concordance in the browser, on this machine only."""

from __future__ import annotations

from pathlib import Path

import click

from presstm.commands._options import RESULTS


@click.command("serve", short_help="Open the results in a browser: report and live concordance.")
@RESULTS
@click.option("--port", default=8190, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address. Any other one lets others read the corpus.")
def command(results: Path, port: int, host: str) -> None:
    """Serve the report and a live concordance over the results of a study, at http://127.0.0.1:8190/. Stop with Ctrl-C.

    \b
    Examples:
      presstm serve
      presstm serve --results results --port 9000
    """
    import tempfile

    from presstm.errors import OutputError
    from presstm.explorer import search, server
    from presstm.exports import load

    source = load.source(results)
    with tempfile.TemporaryDirectory(prefix="presstm-") as folder:
        database = Path(folder) / "search.sqlite"
        search.make(database, source)
        language = source.settings["report"]["language"]
        try:
            made = server.serve(database, results / "report", source.title, language, host, port)
        except OSError as error:
            raise OutputError(f"cannot serve on {host}:{port}: {error.strerror}; choose another --port") from None
        click.echo(f"serving http://{host}:{made.server_port}/ (Ctrl-C stops)", err=True)
        try:
            made.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            made.server_close()
