#!/usr/bin/env python3
"""Checks a Moothall ledger with nothing of Moothall: Python 3.11 or later and its standard library.

    verify.py proof VKEY PROOF [LEAF]          a tlog-proof@v1 file and the bytes of the entry it is about; without them
                                               the extra data of the file are the entry, as in a reporter's proof
    verify.py log VKEY DIR [OLD_CHECKPOINT]    DIR holds checkpoint and tile/…; also that the log grew from an older one

VKEY is the log's public key: name+id+base64. Names the first thing that is wrong and ends with 1, or ends with 0.
Formats: RFC 6962, RFC 8032, and signed-note, tlog-checkpoint, tlog-tiles and tlog-proof of https://c2sp.org.
"""
import base64
import hashlib
import pathlib
import sys


class Wrong(Exception):
    pass


def need(holds, what):
    if not holds:
        raise Wrong(what)


def sha(data):
    return hashlib.sha256(data).digest()


# Ed25519 (RFC 8032, 5.1), points as (X, Y, Z, T).
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
NEUTRAL = (0, 1, 1, 0)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    total = NEUTRAL
    while n:
        total, p, n = add(total, p) if n & 1 else total, add(p, p), n >> 1
    return total


def point(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    small = times(8, (x, y, 1, x * y % P))
    # A point of small order would sign for anybody.
    return None if small[0] == 0 and small[1] == small[2] else (x, y, 1, x * y % P)


def signed(key, text, signature):
    a, s = point(key), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= Q or a is None or point(signature[:32]) is None:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % Q
    x, y, z, _ = add(times(s, BASE), times(k, (P - a[0], a[1], 1, P - a[3])))
    over = pow(z, -1, P)
    return (y * over % P | (x * over % P & 1) << 255).to_bytes(32, "little") == signature[:32]


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


# Notes and checkpoints.
def unbase(text, what):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong(what)
    need(base64.b64encode(data).decode() == text, what)
    return data


def number(text, what):
    need(len(text) < 21 and text.isascii() and text.isdigit() and str(int(text)) == text, what)
    return int(text)


def key_of(vkey):
    need(vkey.count("+") >= 2, "the key is not name+id+base64")
    name, key_id, rest = vkey.split("+", 2)
    key = unbase(rest, "the key is no base64")
    need(len(key) == 33 and key[0] == 1, "the key is no Ed25519 key")
    need(sha(name.encode() + b"\n" + key)[:4].hex() == key_id, "the id of the key does not fit its name and bytes")
    return name, bytes.fromhex(key_id), key[1:]


def checkpoint(note, vkey):
    name, key_id, key = key_of(vkey)
    need(not any(byte < 32 and byte != 10 for byte in note), "the checkpoint has control characters")
    whole = note.decode()
    end = whole.rfind("\n\n")
    need(end >= 0 and whole.endswith("\n") and len(whole) > end + 2, "the checkpoint is no signed note")
    text, found = whole[: end + 1], False
    for line in whole[end + 2 : -1].split("\n"):
        parts = line.split(" ")
        need(len(parts) == 3 and parts[0] == "—" and parts[1] and "+" not in parts[1], f"malformed signature line: {line}")
        data = unbase(parts[2], f"malformed signature line: {line}")
        need(len(data) > 4, f"malformed signature line: {line}")
        if parts[1] == name and data[:4] == key_id:
            need(signed(key, text.encode(), data[4:]), f"the signature by {name} is not valid")
            found = True
    need(found, f"{name} has not signed the checkpoint")
    lines = text[:-1].split("\n")
    need(len(lines) >= 3 and all(lines), "the checkpoint is not an origin, a size and a root")
    need(lines[0] == name, f"the checkpoint is of {lines[0]}, the key of {name}")
    root = unbase(lines[2], "the root is no base64")
    need(len(root) == 32, "the root is no hash")
    return number(lines[1], "the size is no number"), root


# The tree.
def leaf(entry):
    return sha(b"\0" + entry)


def node(left, right):
    return sha(b"\1" + left + right)


def tree(row):
    while len(row) > 1:
        # A node without a neighbour moves up as it is.
        row = [node(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]
    return row[0] if row else sha(b"")


def climb(index, size, start, path):
    if size == 1:
        need(not path, "the proof is too long")
        return start
    need(path, "the proof is too short")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return node(climb(index, half, start, path[:-1]), path[-1])
    return node(path[-1], climb(index - half, size - half, start, path[:-1]))


def proof(vkey, data, entry):
    head, blank, note = data.decode().partition("\n\n")
    lines = head.split("\n")
    need(blank and lines.pop(0) == "c2sp.org/tlog-proof@v1", "this is no tlog-proof@v1")
    if lines and lines[0].startswith("extra"):
        extra = unbase(lines.pop(0).removeprefix("extra "), "the extra data are no base64")
        need(extra, "the extra data are empty")
        entry = extra if entry is None else entry
    need(entry is not None, "the entry is missing: neither given nor in the file")
    need(lines and lines[0].startswith("index "), "the index is missing")
    index = number(lines.pop(0).removeprefix("index "), "the index is no number")
    path = [unbase(line, "a hash of the path is no base64") for line in lines]
    need(all(len(one) == 32 for one in path), "a hash of the path has the wrong length")
    size, root = checkpoint(note.encode(), vkey)
    need(index < size, f"entry {index} lies beyond a tree of {size}")
    need(climb(index, size, leaf(entry), path) == root, "the proof does not lead to the root")
    return f"entry {index} of {size} is proved"


# Tiles.
def load(folder, level, index, width):
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    full = f"tile/{level}/" + "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    # A partial tile may be gone once the full one is there, and is its beginning.
    held = [(f"{full}.p/{width}", width)] * (width < 256) + [(full, 256)]
    for path, count in held:
        if (folder / path).is_file():
            data = (folder / path).read_bytes()
            parts = bundle(data) if level == "entries" else [data[at : at + 32] for at in range(0, len(data), 32)]
            whole = parts is not None and len(parts) == count and (level == "entries" or len(parts[-1]) == 32)
            need(whole, f"{path} has the wrong length or is cut within an entry")
            return parts[:width], path
    raise Wrong(f"{held[0][0]} is missing")


def bundle(data):
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or at + 2 > len(data):
            return None
        entries.append(data[at + 2 : end])
        at = end
    return entries


def log(vkey, folder, old):
    size, root = checkpoint((folder / "checkpoint").read_bytes(), vkey)
    leaves, below, level = None, [], 0
    while nodes := size >> 8 * level:
        row = []
        for index in range(-(-nodes // 256)):
            first, width = 256 * index, min(256, nodes - 256 * index)
            stored, path = load(folder, level, index, width)
            if level == 0:
                expected = [leaf(entry) for entry in load(folder, "entries", index, width)[0]]
            else:
                expected = below[first : first + width]
            for at, (one, other) in enumerate(zip(stored, expected, strict=True)):
                need(one == other or level, f"entry {first + at} does not have the hash that {path} holds")
                need(one == other, f"hash {at} of {path} is not that of the tile below it")
            row += stored
        leaves = row if level == 0 else leaves
        below = [tree(row[at : at + 256]) for at in range(0, len(row) - 255, 256)]
        level += 1
    leaves = leaves or []
    need(tree(leaves) == root, "the tiles do not have the root of the checkpoint")
    if old is None:
        return f"{size} entries fit their tiles and the checkpoint"
    past, past_root = checkpoint(old, vkey)
    need(past <= size, f"the log has shrunk from {past} to {size}")
    need(tree(leaves[:past]) == past_root, f"the first {past} entries are not those of the old checkpoint")
    return f"{size} entries fit their tiles and the checkpoint, and grew from {past}"


def main(words):
    try:
        match words:
            case ["proof", vkey, file, *entry] if len(entry) < 2:
                entry = pathlib.Path(entry[0]).read_bytes() if entry else None
                print(proof(vkey, pathlib.Path(file).read_bytes(), entry))
            case ["log", vkey, folder, *old] if len(old) < 2:
                print(log(vkey, pathlib.Path(folder), pathlib.Path(old[0]).read_bytes() if old else None))
            case _:
                sys.exit(__doc__)
    except (Wrong, OSError, UnicodeDecodeError) as error:
        print(f"wrong: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
