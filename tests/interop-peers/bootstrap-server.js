// A bootstrap server on npm's coap, for the interop tests: provisions every client that asks with one server account.
//   node bootstrap-server.js SERVER-URI [--ssid 1] [--lifetime 300] [--format tlv|senml-json|senml-cbor] [--delete PATH]...
// Binds any free port of the loopback interface and serves until its standard input ends. A client's POST /bs?ep=... is answered with 2.04; then come, from
// the same port, DELETE of each path, GET / (Discover), PUT /0, PUT /1 and POST /bs (Finish), each after the answer to the one before, until one fails.
// Prints JSON, one object a line: {"event":"listening","port":P}, {"event":"request","endpoint":E,"query":Q}, then for each step
// {"event":"step","method":"PUT","path":"/0","code":"2.04","body":TEXT}, or "error" in place of the code, and at last {"event":"done","ok":true}.
'use strict';
const coap = require('coap');
const dgram = require('dgram');

const [target, ...rest] = process.argv.slice(2);
const options = { ssid: '1', lifetime: '300', format: 'tlv', delete: [] };
for (let i = 0; i < rest.length; i += 2) {
  const name = rest[i].slice(2);
  if (name === 'delete') options.delete.push(rest[i + 1]);
  else options[name] = rest[i + 1];
}
const say = (line) => console.log(JSON.stringify(line));

// TLV: kind in the two highest bits (0 object instance, 3 resource), then id, length and value.
const tlv = (kind, id, value) => Buffer.concat([Buffer.from(value.length < 8 ? [(kind << 6) | value.length, id] : [(kind << 6) | 8, id, value.length]), value]);
const bytes = (value) => {
  if (typeof value === 'string') return Buffer.from(value);
  if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0);
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return value < 128 ? buffer.subarray(3) : value < 32768 ? buffer.subarray(2) : buffer;
};
const head = (major, n) => Buffer.from(n < 24 ? [(major << 5) | n] : n < 256 ? [(major << 5) | 24, n] : n < 65536 ? [(major << 5) | 25, n >> 8, n & 255]
  : [(major << 5) | 26, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
const cbor = (value) => {
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4);
  return value < 0 ? head(1, -1 - value) : head(0, value);
};
const name = (value) => (typeof value === 'string' ? 'vs' : typeof value === 'boolean' ? 'vb' : 'v');
const labels = { bn: -2, n: 0, v: 2, vs: 3, vb: 4 };
const formats = {
  tlv: [11542, (object, instance, values) => tlv(0, instance, Buffer.concat(values.map(([id, value]) => tlv(3, id, bytes(value)))))],
  'senml-json': [110, (...all) => Buffer.from(JSON.stringify(senml(...all)))],
  'senml-cbor': [112, (...all) => cbor(senml(...all).map((record) => new Map(Object.entries(record).map(([key, value]) => [labels[key], value]))))],
};
const senml = (object, instance, values) => values.map(([id, value], i) => ({ ...(i === 0 && { bn: `/${object}/${instance}/` }), n: String(id), [name(value)]: value }));
const [contentFormat, encode] = formats[options.format];

const socket = dgram.createSocket('udp4');
// Requests leave from the port that the client knows.
const agent = new coap.Agent({ socket });

function ask(client, method, path, payload, headers) {
  return new Promise((resolve) => {
    const request = agent.request({ hostname: client.address, port: client.port, method, pathname: path, headers });
    const done = (result) => {
      say({ event: 'step', method, path, ...result });
      resolve(result);
    };
    request.on('error', (error) => done({ error: error.message }));
    request.on('response', (response) => done({ code: response.code, body: response.payload.toString() }));
    request.end(payload);
  });
}

async function provision(client) {
  const ok = ({ code }) => code !== undefined && code.startsWith('2.');
  for (const path of options.delete) if (!ok(await ask(client, 'DELETE', path))) return false;
  const found = await ask(client, 'GET', '/', undefined, { Accept: 40 });
  if (!ok(found)) return false;
  // The client's account of this server has an instance of its own.
  let instance = 0;
  while (found.body.includes(`</0/${instance}>`)) instance++;
  const ssid = Number(options.ssid);
  const headers = { 'Content-Format': contentFormat };
  const security = encode(0, instance, [[0, target], [1, false], [2, 3], [10, ssid]]);
  const server = encode(1, 0, [[0, ssid], [1, Number(options.lifetime)], [6, true], [7, 'U']]);
  return ok(await ask(client, 'PUT', '/0', security, headers)) && ok(await ask(client, 'PUT', '/1', server, headers)) && ok(await ask(client, 'POST', '/bs'));
}

coap.createServer((request, response) => {
  const [path, query = ''] = request.url.split('?');
  const endpoint = new URLSearchParams(query).get('ep');
  response.code = path !== '/bs' || request.method !== 'POST' ? '4.04' : endpoint ? '2.04' : '4.00';
  response.end();
  if (response.code !== '2.04') return;
  say({ event: 'request', endpoint, query });
  provision(request.rsinfo).then((done) => say({ event: 'done', ok: done }));
}).listen(socket);
socket.bind(0, '127.0.0.1', () => say({ event: 'listening', port: socket.address().port }));
process.stdin.on('end', () => process.exit(0)).resume();
