"""Prints the records of a .wandb file as JSON lines, decoded by the classes of the wandb package.

The framing is read here, independently of any other reader, and every checksum is checked. A field that the classes do not
know is an error: it would mean that the file was written by other rules than theirs.
"""

import json
import struct
import sys
import zlib

from google.protobuf.json_format import MessageToDict
from google.protobuf.unknown_fields import UnknownFieldSet
from wandb.proto import wandb_internal_pb2

BLOCK = 32768
FULL, FIRST, MIDDLE, LAST = 1, 2, 3, 4


def payloads(data):
    assert data[:7] == b":W&B\xe1\xbe\x00", "header"
    offset = 7
    parts = None
    while offset < len(data):
        left = BLOCK - offset % BLOCK
        if left < 7:
            assert not any(data[offset : offset + left]), "padding"
            offset += left
            continue
        checksum, length, kind = struct.unpack("<IHB", data[offset : offset + 7])
        body = data[offset + 7 : offset + 7 + length]
        assert len(body) == length and length + 7 <= left, "length"
        assert zlib.crc32(bytes([kind]) + body) == checksum, "checksum"
        offset += 7 + length
        if kind in (FULL, FIRST):
            assert parts is None, "order"
            parts = []
        parts.append(body)
        if kind in (FULL, LAST):
            yield b"".join(parts)
            parts = None
    assert parts is None, "end"


def check_known(message):
    assert len(UnknownFieldSet(message)) == 0, f"unknown fields in {type(message).__name__}"
    for field, value in message.ListFields():
        if field.type != field.TYPE_MESSAGE:
            continue
        if field.message_type.GetOptions().map_entry:
            values = [item for item in value.values() if hasattr(item, "ListFields")]
        else:
            values = value if field.is_repeated else [value]
        for item in values:
            check_known(item)


with open(sys.argv[1], "rb") as file:
    content = file.read()
for payload in payloads(content):
    record = wandb_internal_pb2.Record()
    record.ParseFromString(payload)
    check_known(record)
    fields = MessageToDict(record, preserving_proto_field_name=True)
    print(json.dumps({"type": record.WhichOneof("record_type"), "fields": fields}))
