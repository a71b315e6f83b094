"""wechatpy: signature, decryption and message as its documentation shows them."""

from importlib.metadata import version

import measure
from measure import APP_ID, AES_KEY, CLEAR, MSG_SIGNATURE, NONCE, SAFE, SIGNATURE, TIMESTAMP, TOKEN
from serve import serve
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)


def clear(index, signature=SIGNATURE):
    check_signature(TOKEN, signature, TIMESTAMP, NONCE)
    return parse_message(CLEAR[index % 3])


def safe(_, signature=MSG_SIGNATURE):
    return parse_message(crypto.decrypt_message(SAFE, signature, TIMESTAMP, NONCE))


scan, subscribe, text, follow = clear(0), clear(1), clear(2), safe(0)
assert (scan.event, scan.scene_id, scan.source) == ("scan", "2026", "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI")
assert (subscribe.event, subscribe.scene_id) == ("subscribe_scan", "2026")
assert (text.type, text.content) == ("text", "你好，想查 A17 渠道 [微笑] 😀 & <b>")
assert (follow.event, follow.scene_id) == ("subscribe_scan", "2026")
assert measure.refuses(lambda: clear(0, "0" * 40)) and measure.refuses(lambda: safe(0, "0" * 40))
serve("wechatpy", version("wechatpy"), {"clear": clear, "safe": safe})
