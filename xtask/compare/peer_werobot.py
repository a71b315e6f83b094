"""WeRoBot: what its views for web frameworks do with a request."""

from importlib.metadata import version

import measure
from measure import APP_ID, AES_KEY, CLEAR, MSG_SIGNATURE, NONCE, SAFE, SIGNATURE, TIMESTAMP, TOKEN
from serve import serve
from werobot import WeRoBot

robot = WeRoBot(token=TOKEN, app_id=APP_ID, encoding_aes_key=AES_KEY, SESSION_STORAGE=False)


def clear(index, signature=SIGNATURE):
    if robot.check_signature(TIMESTAMP, NONCE, signature):
        return robot.parse_message(CLEAR[index % 3])
    return None


def safe(_, signature=MSG_SIGNATURE):
    return robot.parse_message(SAFE, TIMESTAMP, NONCE, signature)


scan, subscribe, text, follow = clear(0), clear(1), clear(2), safe(0)
assert (scan.type, scan.key, scan.source) == ("scan_event", "2026", "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI")
assert (subscribe.type, subscribe.key) == ("subscribe_event", "qrscene_2026")
assert (text.type, text.content) == ("text", "你好，想查 A17 渠道 [微笑] 😀 & <b>")
assert (follow.type, follow.key) == ("subscribe_event", "qrscene_2026")
assert measure.refuses(lambda: clear(0, "0" * 40)) and measure.refuses(lambda: safe(0, "0" * 40))
serve("WeRoBot", version("werobot"), {"clear": clear, "safe": safe})
