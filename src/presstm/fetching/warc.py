"""Requests and answers as WARC records (ISO 28500), the format of web archives."""

from __future__ import annotations

import io
from collections.abc import Sequence
from urllib.parse import urlsplit

from presstm import __version__
from presstm.fetching.web import Hop


def pack(hops: Sequence[Hop]) -> bytes:
    """A whole .warc.gz file: a warcinfo record, then answer and request of each hop, each record compressed by itself.

    Bodies are as sent, compression included, without the chunks of the transfer. Redirects are stored without their bodies
    and say so (WARC-Truncated).
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True, warc_version="1.1")
    info = {"software": f"presstm/{__version__}", "format": "WARC File Format 1.1", "robots": "obey"}
    about = writer.create_warcinfo_record("", info)
    writer.write_record(about)
    about.raw_stream.close()
    for hop in hops:
        stated = [(_TRANSFER if name.lower() == "transfer-encoding" else name, value) for name, value in hop.headers]
        warc = {"WARC-IP-Address": hop.address, "WARC-Date": hop.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        if hop.status != 200:
            warc["WARC-Truncated"] = "unspecified"
        answer = writer.create_warc_record(
            hop.url,
            "response",
            payload=io.BytesIO(hop.body),
            length=len(hop.body),
            http_headers=StatusAndHeaders(f"{hop.status} {hop.phrase}", stated, protocol="HTTP/1.1"),
            warc_headers_dict=warc,
        )
        target = hop.url.split(urlsplit(hop.url).netloc, 1)[1]
        asked = StatusAndHeaders(f"GET {target} HTTP/1.1", list(hop.request), is_http_request=True)
        request = writer.create_warc_record(hop.url, "request", http_headers=asked)
        writer.write_request_response_pair(request, answer)
        for record in (request, answer):  # warcio leaves its temporary files open
            record.raw_stream.close()
    return made.getvalue()


_TRANSFER = "X-Archive-Orig-Transfer-Encoding"  # the chunks are undone, so readers must not look for them
