// A CoAP client on npm's coap, for the interop tests: node coap-client.js METHOD URL [BODY-FILE] [--observe COUNT] [--block SIZE]
// Prints each response as a line: its code and its body in hex.
'use strict';
const coap = require('coap');
const fs = require('fs');

const [method, url, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? Number(rest[rest.indexOf(name) + 1]) : 0);
const observe = option('--observe');
const block = option('--block');
const file = rest.length > 0 && !rest[0].startsWith('--') ? rest[0] : null;
const target = new URL(url);

const request = coap.request({
  hostname: target.hostname,
  port: Number(target.port),
  pathname: target.pathname,
  query: target.search.slice(1),
  method,
  observe: observe > 0,
});
if (block > 0) request.setOption(file ? 'Block1' : 'Block2', Buffer.of(Math.log2(block) - 4));

request.on('error', (error) => {
  console.log('error ' + error.message);
  process.exit(1);
});
request.on('response', (response) => {
  let seen = 0;
  const print = (body) => console.log(response.code + ' ' + body.toString('hex'));
  if (observe > 0) {
    response.on('data', (body) => {
      print(body);
      if (++seen === observe) {
        response.close();
        setTimeout(() => process.exit(0), 200);
      }
    });
    return;
  }
  print(response.payload);
  process.exit(0);
});
request.end(file ? fs.readFileSync(file) : undefined);
