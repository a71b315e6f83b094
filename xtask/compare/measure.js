// Lets `cargo xtask compare pushes` measure a library for Node: the payloads, and an answer to every line of the input.
'use strict';

const fs = require('fs');
const path = require('path');
const readline = require('readline');

const names = ['TOKEN', 'AES_KEY', 'APP_ID', 'TIMESTAMP', 'NONCE', 'SIGNATURE', 'MSG_SIGNATURE'];
const given = Object.fromEntries(names.map((name) => [name, process.env[`WX_${name}`]]));
const CLEAR = process.env.WX_CLEAR.split(path.delimiter).map((file) => fs.readFileSync(file, 'utf8'));
const SAFE = fs.readFileSync(process.env.WX_SAFE, 'utf8');

/** `modes` are functions that take one message each; `clear 300` is answered with CPU and wall time of 300 messages. */
async function serve(name, version, modes) {
  console.log(['ready', name, version, ...Object.keys(modes)].join(' '));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [mode, count] = line.split(' ');
    const work = modes[mode];
    const cpu = process.cpuUsage();
    const wall = process.hrtime.bigint();
    for (let index = 0; index < Number(count); index++) {
      await work(index);
    }
    const spent = process.cpuUsage(cpu);
    console.log((spent.user + spent.system) * 1000, String(process.hrtime.bigint() - wall));
  }
}

module.exports = { ...given, CLEAR, SAFE, serve };
