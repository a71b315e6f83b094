// xml2js alone, after the signature, as many services do it by hand. It knows nothing of envelopes.
'use strict';

const assert = require('assert');
const { createHash } = require('crypto');
const { parseString } = require('xml2js');
const { TOKEN, TIMESTAMP, NONCE, SIGNATURE, CLEAR, serve } = require('./measure');

function clear(index, signature = SIGNATURE) {
  const expected = createHash('sha1').update([TOKEN, TIMESTAMP, NONCE].sort().join('')).digest('hex');
  if (signature !== expected) {
    return undefined;
  }
  let message;
  parseString(CLEAR[index % 3], { explicitArray: false }, (error, parsed) => {
    message = error ? undefined : parsed.xml;
  });
  return message;
}

const [scan, subscribe, text] = [clear(0), clear(1), clear(2)];
assert.deepStrictEqual([scan.Event, scan.EventKey, scan.FromUserName], ['SCAN', '2026', 'oK7tV5xA2bQm9Lr0PzYc3NdEfGhI']);
assert.deepStrictEqual([subscribe.Event, subscribe.EventKey], ['subscribe', 'qrscene_2026']);
assert.deepStrictEqual([text.MsgType, text.Content], ['text', '你好，想查 A17 渠道 [微笑] 😀 & <b>']);
assert.strictEqual(clear(0, '0'.repeat(40)), undefined);
serve('xml2js', require('xml2js/package.json').version, { clear });
