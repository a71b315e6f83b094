#!/usr/bin/env python3
"""Round trips between wx-crypto and a second implementation of protocol §6.2 and §6.4, on Python's `cryptography`.

    python3 crates/wx-crypto/interop/round_trip.py

Every length of a message from 0 to 4096 bytes is sealed here and opened there, and sealed there and opened here; both
sides sign the same parts; and what this side damages, the other refuses. The other side is the example `round_trip` of
the crate, started by `cargo run`, or any command given as arguments instead:

    python3 crates/wx-crypto/interop/round_trip.py target/debug/examples/round_trip

Exits with 0 if both agree, 1 if they do not, 2 if the other side cannot be run, and 77 if `cryptography` is not
installed. The seed is fixed, so every run is the same. Nothing is written but what cargo builds.
"""

import base64
import hashlib
import os
import random
import struct
import subprocess
import sys

try:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
except ImportError:
    print("skipped: the Python package `cryptography` is not installed", file=sys.stderr)
    sys.exit(77)

LONGEST = 4096
CARGO = [os.environ.get("CARGO", "cargo"), "run", "--quiet", "--package", "wx-crypto", "--example", "round_trip"]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
BLOCK = 32


class Account:
    """Key and appid of one account."""

    def __init__(self, dice):
        self.text = "".join(dice.choices(ALPHABET, k=43))
        self.key = base64.b64decode(self.text + "=")
        self.app_id = "wx" + "".join(dice.choices("0123456789abcdef", k=dice.choice([16, 16, 16, 0, 5, 40])))

    def cipher(self):
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16]))

    def clear(self, salt, message, length=None, app_id=None):
        size = struct.pack(">I", len(message) if length is None else length)
        return salt + size + message + (self.app_id if app_id is None else app_id).encode()

    def encrypt(self, padded):
        encryptor = self.cipher().encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def seal(self, salt, message):
        return self.encrypt(padded(self.clear(salt, message)))

    def open(self, text):
        decryptor = self.cipher().decryptor()
        clear = decryptor.update(base64.b64decode(text, validate=True)) + decryptor.finalize()
        pad = clear[-1]
        assert 1 <= pad <= BLOCK and clear.endswith(bytes([pad]) * pad), f"padding {pad}"
        clear = clear[:-pad]
        (length,) = struct.unpack(">I", clear[16:20])
        message, app_id = clear[20 : 20 + length], clear[20 + length :]
        assert len(message) == length and app_id == self.app_id.encode(), f"appid {app_id}"
        return clear[:16], message


def padded(clear):
    pad = BLOCK - len(clear) % BLOCK
    return clear + bytes([pad]) * pad


def signature(parts):
    return hashlib.sha1(b"".join(sorted(part.encode() for part in parts))).hexdigest()


def damaged(account, salt, message):
    """Envelopes that nobody may open."""
    clear = account.clear(salt, message)
    missing = BLOCK - len(clear) % BLOCK
    yield account.encrypt(clear + bytes(missing))
    yield account.encrypt(clear + bytes([33]) * missing)
    yield account.encrypt(clear + bytes([255]) * missing)
    yield account.encrypt(padded(clear) + bytes([16]) * 16)
    for length in [len(message) + 1, len(message) - 1, 1 << 31, (1 << 32) - 1]:
        yield account.encrypt(padded(account.clear(salt, message, length=length % (1 << 32))))
    for app_id in ["", account.app_id + "0", account.app_id[:-1], account.app_id.swapcase()]:
        yield account.encrypt(padded(account.clear(salt, message, app_id=app_id)))
    text = account.seal(salt, message)
    yield text[:40]
    yield text[:30] + " " + text[30:]
    yield text.replace(text[10], "-")
    yield ""


class Exchange:
    """Questions for the other side, and what it should answer."""

    def __init__(self):
        self.questions = []
        self.checks = []

    def ask(self, check, *fields):
        self.questions.append("\t".join(fields))
        self.checks.append(check)

    def run(self, command):
        text = "".join(question + "\n" for question in self.questions)
        try:
            done = subprocess.run(command, input=text, stdout=subprocess.PIPE, encoding="utf-8", check=False)
        except OSError as error:
            print(f"cannot run {command[0]}: {error}", file=sys.stderr)
            sys.exit(2)
        answers = done.stdout.splitlines()
        if done.returncode != 0 or len(answers) != len(self.questions):
            print(f"{len(answers)} answers to {len(self.questions)} questions", file=sys.stderr)
            sys.exit(2)
        return sum(not self.agrees(*each) for each in zip(self.checks, self.questions, answers))

    @staticmethod
    def agrees(check, question, answer):
        try:
            agreed = check(answer)
        except Exception as error:  # whatever it is, the two disagree
            agreed, answer = False, f"{answer} ({error})"
        if not agreed:
            print(f"disagreement on\n  {question}\n  {answer}", file=sys.stderr)
        return agreed


def equals(expected):
    return lambda answer: answer == expected


def opens_to(account, salt, message):
    return lambda answer: account.open(answer) == (salt, message)


def main(command):
    dice = random.Random(2026)
    exchange = Exchange()
    keys_with_trailing_bits = 0
    for length in range(LONGEST + 1):
        account, salt, message = Account(dice), dice.randbytes(16), dice.randbytes(length)
        keys_with_trailing_bits += account.text[-1] not in "AEIMQUYcgkosw048"
        text = account.seal(salt, message)
        exchange.ask(equals(message.hex()), "open", account.text, account.app_id, text)
        check = opens_to(account, salt, message)
        exchange.ask(check, "seal", account.text, account.app_id, salt.hex(), message.hex())
        parts = ["".join(dice.choices(ALPHABET, k=dice.randrange(3, 33))), str(dice.randrange(2**31)), str(dice.randrange(10**10))]
        for signed in [parts, [*parts, text], [*parts, "令牌"]]:
            exchange.ask(equals(signature(signed)), "sign", *signed)
    refused = 0
    for _ in range(250):
        account, salt, message = Account(dice), dice.randbytes(16), dice.randbytes(dice.randrange(1, 200))
        for text in damaged(account, salt, message):
            exchange.ask(equals("refused"), "open", account.text, account.app_id, text)
            refused += 1
    disagreements = exchange.run(command)
    print(
        f"{LONGEST + 1} messages opened there, {LONGEST + 1} opened here, {3 * (LONGEST + 1)} signatures, "
        f"{refused} damaged envelopes; {keys_with_trailing_bits} keys with trailing bits: {disagreements} disagreements"
    )
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or CARGO))
