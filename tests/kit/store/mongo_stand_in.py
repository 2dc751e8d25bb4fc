"""A stand-in, not MongoDB: enough of its wire protocol, over mongomock, to take pymongo through its paces offline.

It says nothing about how a real server behaves; the contract tests run on one when AUTHLAB_MONGODB_URI is set.
"""

import socket
import socketserver
import struct
import threading

import bson
import mongomock
from bson.codec_options import CodecOptions
from pymongo.errors import DuplicateKeyError

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
AWARE = CodecOptions(tz_aware=True)
HELLO = {"isWritablePrimary": True, "ismaster": True, "helloOk": True, "minWireVersion": 0, "maxWireVersion": 21}
HELLO |= {"maxBsonObjectSize": 16 * 2**20, "maxMessageSizeBytes": 48 * 10**6, "maxWriteBatchSize": 100_000}


class StandIn(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Connection)
        self.uri = f"mongodb://127.0.0.1:{self.server_address[1]}"
        self.databases = mongomock.MongoClient(tz_aware=True)
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class Connection(socketserver.StreamRequestHandler):
    def handle(self):
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while header := self.rfile.read(16):
            length, number, _, opcode = struct.unpack("<iiii", header)
            body = self.rfile.read(length - 16)
            if opcode == OP_QUERY:
                answer, prefix, kind = HELLO | {"ok": 1.0}, struct.pack("<iqii", 0, 0, 0, 1), OP_REPLY
            else:
                answer, prefix, kind = self.answer(command_in(body)), b"\0\0\0\0\0", OP_MSG
            payload = prefix + bson.encode(answer)
            self.wfile.write(struct.pack("<iiii", len(payload) + 16, 0, number, kind) + payload)

    def answer(self, command):
        name = next(iter(command))
        database = self.server.databases[command["$db"]]
        rows = database[command[name]] if isinstance(command[name], str) else None
        with self.server.lock:
            try:
                return COMMANDS[name](command, database, rows) | {"ok": 1.0}
            except KeyError as error:
                return {"ok": 0.0, "errmsg": f"the stand-in does not know {error}", "code": 59}


def command_in(body):
    command, at = None, 4
    while at < len(body):
        kind, size = body[at], struct.unpack_from("<i", body, at + 1)[0]
        if kind == 0:
            command = bson.decode(body[at + 1 : at + 1 + size], AWARE) | (command or {})
        else:
            name, _, documents = body[at + 5 : at + 1 + size].partition(b"\0")
            command = (command or {}) | {name.decode(): bson.decode_all(documents, AWARE)}
        at += 1 + size
    return command


def insert(command, _, rows):
    errors = []
    for index, document in enumerate(command["documents"]):
        try:
            rows.insert_one(document)
        except DuplicateKeyError as error:
            errors.append({"index": index, "code": 11000, "errmsg": str(error)})
            if command.get("ordered", True):
                break
    return {"n": len(command["documents"]) - len(errors)} | ({"writeErrors": errors} if errors else {})


def update(command, _, rows):
    (one,) = command["updates"]
    by_operator = next(iter(one["u"]), "").startswith("$")
    change = (rows.update_many if one.get("multi") else rows.update_one) if by_operator else rows.replace_one
    done = change(one["q"], one["u"], upsert=one.get("upsert", False))
    if done.upserted_id is None:
        return {"n": done.matched_count, "nModified": done.modified_count}
    return {"n": 1, "nModified": 0, "upserted": [{"index": 0, "_id": done.upserted_id}]}


def delete(command, _, rows):
    (one,) = command["deletes"]
    return {"n": (rows.delete_one if one["limit"] else rows.delete_many)(one["q"]).deleted_count}


def find_and_modify(command, _, rows):
    options = {"projection": command.get("fields"), "sort": list(command.get("sort", {}).items()) or None}
    if command.get("remove"):
        return {"value": rows.find_one_and_delete(command["query"], **options)}
    options |= {"upsert": command.get("upsert", False), "return_document": command.get("new", False)}
    by_operator = next(iter(command["update"]), "").startswith("$")
    change = rows.find_one_and_update if by_operator else rows.find_one_and_replace
    return {"value": change(command["query"], command["update"], **options)}


def find(command, _, rows):
    options = {"sort": list(command.get("sort", {}).items()) or None, "limit": abs(command.get("limit", 0))}
    found = rows.find(command.get("filter"), command.get("projection"), skip=command.get("skip", 0), **options)
    return cursor(command["find"], found)


def create_indexes(command, _, rows):
    for index in command["indexes"]:
        rows.create_index(list(index["key"].items()), unique=index.get("unique", False), name=index["name"])
    return {}


def cursor(name, documents):
    return {"cursor": {"id": bson.Int64(0), "ns": f"stand_in.{name}", "firstBatch": list(documents)}}


COMMANDS = {
    "hello": lambda *_: dict(HELLO),
    "ismaster": lambda *_: dict(HELLO),
    "ping": lambda *_: {},
    "endSessions": lambda *_: {},
    "insert": insert,
    "update": update,
    "delete": delete,
    "find": find,
    "findAndModify": find_and_modify,
    "aggregate": lambda command, _, rows: cursor(command["aggregate"], rows.aggregate(command["pipeline"])),
    "distinct": lambda command, _, rows: {"values": rows.find(command.get("query")).distinct(command["key"])},
    "createIndexes": create_indexes,
    "listCollections": lambda _, database, __: cursor(
        "$cmd", [{"name": name, "type": "collection"} for name in database.list_collection_names()]
    ),
    "drop": lambda command, database, _: database.drop_collection(command["drop"]) or {},
    "dropDatabase": lambda command, database, _: database.client.drop_database(database.name) or {},
}
