"""Uploads a file by tuspy, the tus client of Debian's python3-tuspy.

usage: tuspy_resume.py ENDPOINT COOKIE FILE METADATA_JSON CHUNKS [UPLOAD_URL]

Sends CHUNKS chunks of 50,000 bytes (0: all that is left), goes on with UPLOAD_URL if given, and prints the URL of the
upload and its offset.
"""

import json
import sys

from tusclient import client

endpoint, cookie, path, metadata, chunks = sys.argv[1:6]
url = sys.argv[6] if len(sys.argv) > 6 else None
uploader = client.TusClient(endpoint, headers={"Cookie": cookie}).uploader(
    path, chunk_size=50_000, url=url, metadata=json.loads(metadata), upload_checksum=True
)
if chunks == "0":
    uploader.upload()
else:
    for _ in range(int(chunks)):
        uploader.upload_chunk()
print(uploader.url, uploader.offset)
