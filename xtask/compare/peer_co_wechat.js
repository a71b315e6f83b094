// co-wechat: its middleware, given a request whose body another middleware has read already.
'use strict';

const assert = require('assert');
const wechat = require('co-wechat');
const { TOKEN, AES_KEY, APP_ID, TIMESTAMP, NONCE, SIGNATURE, MSG_SIGNATURE, CLEAR, SAFE, serve } = require('./measure');

let message;
const middleware = wechat({ token: TOKEN, appid: APP_ID, encodingAESKey: AES_KEY }).middleware(async (parsed) => {
  message = parsed;
  return '';
});

async function receive(query, body) {
  message = undefined;
  await middleware({ method: 'POST', query, request: { body } });
  return message;
}

const clear = (index, signature = SIGNATURE) =>
  receive({ signature, timestamp: TIMESTAMP, nonce: NONCE }, CLEAR[index % 3]);
const safe = (_, signature = MSG_SIGNATURE) =>
  receive({ msg_signature: signature, timestamp: TIMESTAMP, nonce: NONCE, encrypt_type: 'aes' }, SAFE);

async function main() {
  const [scan, subscribe, text, follow] = [await clear(0), await clear(1), await clear(2), await safe(0)];
  assert.deepStrictEqual([scan.Event, scan.EventKey, scan.FromUserName], ['SCAN', '2026', 'oK7tV5xA2bQm9Lr0PzYc3NdEfGhI']);
  assert.deepStrictEqual([subscribe.Event, subscribe.EventKey], ['subscribe', 'qrscene_2026']);
  assert.deepStrictEqual([text.MsgType, text.Content], ['text', '你好，想查 A17 渠道 [微笑] 😀 & <b>']);
  assert.deepStrictEqual([follow.Event, follow.EventKey], ['subscribe', 'qrscene_2026']);
  assert.deepStrictEqual([await clear(0, '0'.repeat(40)), await safe(0, '0'.repeat(40))], [undefined, undefined]);
  await serve('co-wechat', require('co-wechat/package.json').version, { clear, safe });
}

main();
