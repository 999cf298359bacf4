#!/usr/bin/env python3
"""Checks the file of a draw, or one entrant's inclusion proof, by docs/FAIR_DRAWS.md alone.

Needs nothing but Python 3.9 or newer. Where the package py_ecc is installed, the beacon's signature is checked too; where it
isn't, that is said.

    verify_draw.py FILE ... [--json]

Exit status: 0 every file holds, 1 one doesn't, 2 one couldn't be looked at.
"""

import hashlib
import json
import re
import sys

CHAIN = b"52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
QUICKNET_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc2"
    "2b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
GENESIS, PERIOD = 1692803367, 3
MARGINS = {"quicknet": 60, "sandbox": 6}
MOST_ENTRIES = 2_000_000
MOST_WINNERS = 10_000
LONGEST_NOTE = 500
REASONS = {
    "left_server", "banned", "requirement_lost", "rule_broken", "duplicate_account", "unclaimed", "declined",
    "unreachable", "other",
}


class Wrong(Exception):
    """The first thing that is wrong: its word, and where."""

    def __init__(self, word, at=None):
        super().__init__(word if at is None else f"{word} at {at}")
        self.word, self.at = word, at


def sha256(data):
    return hashlib.sha256(data).digest()


def named(name, data):
    return sha256(b"draw 1 " + name + b"\0" + data)


def u32(number):
    return number.to_bytes(4, "big")


def u64(number):
    return number.to_bytes(8, "big")


def text(string):
    data = string.encode()
    return u32(len(data)) + data


# --- The file's form -------------------------------------------------------------------------------------------------


def bad(condition):
    if condition:
        raise Wrong("bad_json")


def load(data):
    def once(pairs):
        names = [name for name, _ in pairs]
        bad(len(set(names)) != len(names))
        return dict(pairs)

    def whole(digits):
        bad(digits.startswith("-"))
        return int(digits)

    def refuse(_):
        raise Wrong("bad_json")

    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_int=whole, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Wrong("bad_json") from None


def shape(value, **fields):
    bad(type(value) is not dict or value.keys() != fields.keys())
    return {name: read(value[name]) for name, read in fields.items()}


def number(limit):
    def read(value):
        bad(type(value) is not int or not 0 <= value < limit)
        return value

    return read


small, large = number(1 << 32), number(1 << 64)


def string(value):
    bad(type(value) is not str)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Wrong("bad_json") from None
    return value


def discord_id(value):
    bad(type(value) is not str or not re.fullmatch(r"0|[1-9][0-9]{0,19}", value))
    return large(int(value))


def hexadecimal(length):
    def read(value):
        bad(type(value) is not str or not re.fullmatch(r"[0-9a-f]{%d}" % (2 * length), value))
        return bytes.fromhex(value)

    return read


digest = hexadecimal(32)


def many(read):
    def read_all(value):
        bad(type(value) is not list)
        return [read(one) for one in value]

    return read_all


def row(first):
    def read(value):
        bad(type(value) is not list or len(value) != 2)
        return first(value[0]), small(value[1])

    return read


def one_of(**kinds):
    def read(value):
        bad(type(value) is not dict or len(value) != 1)
        ((kind, inner),) = value.items()
        bad(kind not in kinds)
        return kind, kinds[kind](inner)

    return read


def source(value):
    bad(type(value) is not dict)
    fields = {
        "quicknet": {"round": large},
        "sandbox": {"public_key": hexadecimal(96), "round": large},
        "none": {"secret_hash": digest},
    }
    kind = string(value.get("beacon"))
    bad(kind not in fields)
    return shape(value, beacon=string, **fields[kind])


def terms_of(value):
    return shape(value, guild=discord_id, giveaway=large, ends_at=large, winners=small, source=source)


def post(value):
    return shape(value, channel=discord_id, message=discord_id)


def reason(value):
    bad(string(value) not in REASONS)
    return value


event_of = one_of(
    disqualified=lambda value: shape(value, rank=small, reason=reason),
    drawn=lambda value: shape(value, winners=many(small)),
    rerolled=lambda value: shape(value, rank=small, next=small, reason=reason),
)


TRANSCRIPT = {
    "format": string,
    "version": small,
    "terms": terms_of,
    "announcement": post,
    "commitment": lambda value: shape(value, channel=discord_id, message=discord_id, root=digest, digest=digest),
    "entries": one_of(
        open=lambda value: shape(value, salt=digest, list=many(row(discord_id))),
        blinded=many(row(digest)),
    ),
    "proof": string,
    "seed": digest,
    "ranking": many(small),
    "log": many(lambda value: shape(value, at=large, actor=discord_id, event=event_of, note=string, hash=digest)),
    "winners": many(lambda value: shape(value, rank=small, entry=small, user=discord_id, nonce=digest)),
}

PROOF = {
    "format": string,
    "version": small,
    "terms": terms_of,
    "announcement": post,
    "committed": post,
    "entries": small,
    "total_weight": large,
    "entry": small,
    "user": discord_id,
    "nonce": digest,
    "weight": small,
    "path": many(digest),
}


# --- Formulas --------------------------------------------------------------------------------------------------------


def terms_digest(terms):
    origin = terms["source"]
    if origin["beacon"] == "quicknet":
        tail = b"quicknet" + CHAIN + u64(origin["round"])
    elif origin["beacon"] == "sandbox":
        tail = b"sandbox" + origin["public_key"] + u64(origin["round"])
    else:
        tail = b"none" + origin["secret_hash"]
    head = u64(terms["guild"]) + u64(terms["giveaway"]) + u64(terms["ends_at"]) + u32(terms["winners"])
    return named(b"terms", head + tail)


def pseudonym_of(user, nonce):
    return named(b"entrant", u64(user) + nonce)


def leaf_of(pseudonym, weight):
    return sha256(b"\0" + pseudonym + u32(weight))


def node_of(left, right):
    return sha256(b"\1" + left + right)


def root_of(rows):
    level = [leaf_of(pseudonym, weight) for pseudonym, weight in rows]
    while len(level) > 1:
        above = [node_of(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def commitment_of(terms, announcement, root, count, weight):
    where = u64(announcement["channel"]) + u64(announcement["message"])
    return named(b"commitment", terms_digest(terms) + where + root + u32(count) + u64(weight))


def expected_round(terms):
    moment = terms["ends_at"] + MARGINS[terms["source"]["beacon"]]
    return (moment - GENESIS) // PERIOD + 1 if GENESIS <= moment < 1 << 64 else None


def ranking_of(seed, weights):
    """The ranking with a Fenwick tree: tree[i] is the sum over the (i & -i) entries up to the i-th, counted from 1."""
    size = len(weights)
    tree = [0] + weights
    for i in range(1, size + 1):
        above = i + (i & -i)
        if above <= size:
            tree[above] += tree[i]
    highest = 1 << (size.bit_length() - 1)
    left, counter, order = sum(weights), 0, []
    prefix = hashlib.sha256(b"draw 1 block\0" + seed)
    for _ in range(size):
        limit = (1 << 64) - (1 << 64) % left
        while True:
            block = prefix.copy()
            block.update(u64(counter))
            counter += 1
            x = int.from_bytes(block.digest()[:8], "big")
            if x < limit:
                break
        rest, place, step = x % left, 0, highest
        while step:
            there = place + step
            if there <= size and tree[there] <= rest:
                place = there
                rest -= tree[there]
            step >>= 1
        weight = weights[place]
        left -= weight
        order.append(place)
        i = place + 1
        while i <= size:
            tree[i] -= weight
            i += i & -i
    return order


def signature_holds(key, round_, signature):
    """Whether the signature is the round's; None where it can't be checked here."""
    try:
        from py_ecc.bls.hash_to_curve import hash_to_G1
        from py_ecc.bls.point_compression import decompress_G1, decompress_G2
        from py_ecc.optimized_bls12_381 import curve_order, G2, is_inf, multiply, pairing
    except ImportError:
        return None
    try:
        at = decompress_G1(int.from_bytes(signature, "big"))
        public = decompress_G2((int.from_bytes(key[:48], "big"), int.from_bytes(key[48:], "big")))
    except ValueError:
        return False
    if is_inf(at) or is_inf(public) or not is_inf(multiply(at, curve_order)) or not is_inf(multiply(public, curve_order)):
        return False
    message = hash_to_G1(sha256(u64(round_)), b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_", hashlib.sha256)
    return pairing(G2, at) == pairing(public, message)


def randomness_of(origin, proof):
    """The randomness, and whether the proof was checked."""
    if origin["beacon"] == "none":
        if not re.fullmatch(r"[0-9a-f]{64}", proof) or sha256(bytes.fromhex(proof)) != origin["secret_hash"]:
            raise Wrong("secret_differs")
        return bytes.fromhex(proof), True
    if not re.fullmatch(r"[0-9a-f]{96}", proof):
        raise Wrong("signature_false")
    key = QUICKNET_KEY if origin["beacon"] == "quicknet" else origin["public_key"]
    signature = bytes.fromhex(proof)
    holds = signature_holds(key, origin["round"], signature)
    if holds is False:
        raise Wrong("signature_false")
    return sha256(signature), holds is True


# --- The log ---------------------------------------------------------------------------------------------------------


def event_bytes(kind, event):
    if kind == "disqualified":
        return b"\1" + u32(event["rank"]) + text(event["reason"])
    if kind == "drawn":
        return b"\2" + u32(len(event["winners"])) + b"".join(map(u32, event["winners"]))
    return b"\3" + u32(event["rank"]) + u32(event["next"]) + text(event["reason"])


class Standing:
    def __init__(self, entrants, winners):
        self.entrants, self.wanted = entrants, winners
        self.out, self.places, self.reached = set(), None, 0

    def eligible(self, most):
        found, rank = [], self.reached + 1
        while rank <= self.entrants and len(found) < most:
            if rank not in self.out:
                found.append(rank)
            rank += 1
        return found

    def apply(self, kind, event):
        """Lets it happen, or gives the word of the rule that it breaks."""
        if kind == "disqualified":
            if not 1 <= event["rank"] <= self.entrants:
                return "log_no_such_rank"
            if event["rank"] in self.out:
                return "log_already_out"
            self.out.add(event["rank"])
        elif kind == "drawn":
            if self.places is not None:
                return "log_already_drawn"
            if event["winners"] != self.eligible(self.wanted):
                return "log_not_the_next"
            self.places = list(event["winners"])
            self.reached = max(self.places, default=0)
        else:
            if self.places is None:
                return "log_not_drawn"
            if event["rank"] == 0 or event["rank"] not in self.places:
                return "log_not_a_winner"
            following = (self.eligible(1) or [0])[0]
            if event["next"] != following:
                return "log_not_the_next"
            self.places[self.places.index(event["rank"])] = following
            self.reached = max(self.reached, following)
            self.out.add(event["rank"])
        return None

    def winners(self):
        return [rank for rank in self.places if rank and rank not in self.out]


def replay(log, start, standing):
    head, last = start, None
    for index, entry in enumerate(log):
        kind, event = entry["event"]
        data = head + u64(entry["at"]) + u64(entry["actor"]) + event_bytes(kind, event) + text(entry["note"])
        if named(b"log entry", data) != entry["hash"]:
            raise Wrong("log_chain", index)
        if last is not None and entry["at"] < last:
            raise Wrong("log_earlier", index)
        if len(entry["note"].encode()) > LONGEST_NOTE:
            raise Wrong("log_note", index)
        broken = standing.apply(kind, event)
        if broken:
            raise Wrong(broken, index)
        head, last = entry["hash"], entry["at"]
    return head


# --- The check -------------------------------------------------------------------------------------------------------


def read(data, name, fields):
    raw = load(data)
    bad(type(raw) is not dict or type(raw.get("format")) is not str)
    small(raw.get("version"))
    if raw["format"] != name or raw["version"] != 1:
        raise Wrong("version")
    return shape(raw, **fields)


def rows_of(entries):
    kind, value = entries
    if kind == "blinded":
        rows = value
    else:
        salt = value["salt"]
        rows = [(pseudonym_of(u, named(b"nonce", salt + u64(u))), weight) for u, weight in value["list"]]
    if not rows:
        raise Wrong("no_entries")
    if len(rows) > MOST_ENTRIES:
        raise Wrong("too_many_entries")
    before = None
    for index, (pseudonym, weight) in enumerate(rows):
        if weight == 0:
            raise Wrong("no_weight", index)
        if pseudonym == before:
            raise Wrong("duplicate", index)
        if before is not None and pseudonym < before:
            raise Wrong("unsorted", index)
        before = pseudonym
    return rows


def check_winners(stated, standing, ranking, rows):
    if standing.places is None:
        raise Wrong("not_drawn")
    expected = standing.winners()
    if len(stated) != len(expected):
        raise Wrong("winner_count")
    for index, (winner, rank) in enumerate(zip(stated, expected)):
        if winner["rank"] != rank or winner["entry"] != ranking[rank - 1]:
            raise Wrong("winner_differs", index)
        if pseudonym_of(winner["user"], winner["nonce"]) != rows[winner["entry"]][0]:
            raise Wrong("winner_not_opened", index)


def verify(data):
    """Checks a draw's file; gives what it proves, or raises Wrong."""
    file = read(data, "shellia-draw", TRANSCRIPT)
    terms, announcement, posted = file["terms"], file["announcement"], file["commitment"]
    rows = rows_of(file["entries"])
    weights = [weight for _, weight in rows]
    root = root_of(rows)
    if root != posted["root"]:
        raise Wrong("root_differs")
    commitment = commitment_of(terms, announcement, root, len(rows), sum(weights))
    if commitment != posted["digest"]:
        raise Wrong("commitment_differs")
    if not 1 <= terms["winners"] <= MOST_WINNERS:
        raise Wrong("bad_winners")
    origin = terms["source"]
    if origin["beacon"] != "none" and origin["round"] != expected_round(terms):
        raise Wrong("round_differs")
    if posted["message"] <= announcement["message"]:
        raise Wrong("committed_early")
    if origin["beacon"] != "none":
        exists_at = (GENESIS + PERIOD * (origin["round"] - 1)) * 1000
        if (posted["message"] >> 22) + 1420070400000 >= exists_at:
            raise Wrong("committed_late")
    randomness, checked = randomness_of(origin, file["proof"])
    seed = named(b"seed", commitment + randomness)
    if seed != file["seed"]:
        raise Wrong("seed_differs")
    ranking = ranking_of(seed, weights)
    if len(file["ranking"]) != len(ranking):
        raise Wrong("ranking_length")
    for rank, (stated, expected) in enumerate(zip(file["ranking"], ranking), 1):
        if stated != expected:
            raise Wrong("ranking_differs", rank)
    standing = Standing(len(rows), terms["winners"])
    start = named(b"log start", seed + u64(posted["channel"]) + u64(posted["message"]))
    head = replay(file["log"], start, standing)
    check_winners(file["winners"], standing, ranking, rows)
    return {
        "beacon": origin["beacon"],
        "signature_checked": checked,
        "entries": len(rows),
        "terms": terms_digest(terms).hex(),
        "announcement": f'{terms["guild"]}/{announcement["channel"]}/{announcement["message"]}',
        "commitment": commitment.hex(),
        "committed": f'{terms["guild"]}/{posted["channel"]}/{posted["message"]}',
        "head": head.hex(),
        "winners": [str(winner["user"]) for winner in file["winners"]],
    }


def verify_proof(data):
    """Checks an inclusion proof; gives the commitment that it leads to, or raises Wrong."""
    file = read(data, "shellia-draw-proof", PROOF)
    i, n, path = file["entry"], file["entries"], list(reversed(file["path"]))
    if i >= n:
        raise Wrong("path")
    hashed = leaf_of(pseudonym_of(file["user"], file["nonce"]), file["weight"])
    while n > 1:
        if i % 2 or i + 1 < n:
            if not path:
                raise Wrong("path")
            beside = path.pop()
            hashed = node_of(beside, hashed) if i % 2 else node_of(hashed, beside)
        i, n = i // 2, (n + 1) // 2
    if path:
        raise Wrong("path")
    commitment = commitment_of(file["terms"], file["announcement"], hashed, file["entries"], file["total_weight"])
    return {
        "user": str(file["user"]),
        "weight": file["weight"],
        "commitment": commitment.hex(),
        "committed": f'{file["terms"]["guild"]}/{file["committed"]["channel"]}/{file["committed"]["message"]}',
    }


def report(found):
    if "user" in found:
        return (
            f'account {found["user"]} has an entry of weight {found["weight"]}, if this message shows the commitment below\n'
            f'https://discord.com/channels/{found["committed"]}\n{found["commitment"]}'
        )
    remarks = []
    if not found["signature_checked"]:
        remarks.append("signature not checked: the package py_ecc isn't installed")
    if found["beacon"] == "sandbox":
        remarks.append("a sandbox's beacon: this draw proves nothing")
    if found["beacon"] == "none":
        remarks.append("no beacon: whoever knew the secret could work out the outcome of a list before freezing it")
    base = "https://discord.com/channels/"
    return "\n".join([
        f'the file holds: {found["entries"]} entries',
        *remarks,
        "winners: " + (", ".join(found["winners"]) or "none"),
        "compare by eye:",
        f'  terms      {found["terms"]}  {base}{found["announcement"]}',
        f'  commitment {found["commitment"]}  {base}{found["committed"]}',
        f'  head       {found["head"]}  the newest message about winners',
    ])


def look(data):
    raw = load(data)
    proof = type(raw) is dict and raw.get("format") == "shellia-draw-proof"
    return verify_proof(data) if proof else verify(data)


def main(arguments):
    machine = "--json" in arguments
    files = [argument for argument in arguments if argument != "--json"]
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    status = 0
    for file in files:
        try:
            with open(file, "rb") as opened:
                data = opened.read()
        except OSError as error:
            print(error, file=sys.stderr)
            return 2
        try:
            found = look(data)
            print(json.dumps({"holds": True, **found}) if machine else report(found))
        except Wrong as wrong:
            status = 1
            print(json.dumps({"holds": False, "wrong": wrong.word, "at": wrong.at}) if machine else f"wrong: {wrong}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
