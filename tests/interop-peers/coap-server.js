// A CoAP server on npm's coap, for the interop tests. Prints its port, then serves until its standard input ends.
//   /store/...   PUT and POST keep the body, GET returns it, DELETE forgets it
//   /large?n=N   N bytes of the pattern that the tests know
//   /late        answers after 300 ms, so by a separate response
//   /ticks       counts 1, 2, 3 ... every 100 ms while it is observed
'use strict';
const coap = require('coap');

const store = new Map();
const server = coap.createServer();

function pattern(length) {
  return Buffer.from(Array.from({ length }, (_, i) => ((i * 31) ^ ((i >> 4) * 7)) & 0xff));
}

server.on('request', (request, response) => {
  const [path, query] = request.url.split('?');
  if (path === '/large') {
    response.end(pattern(Number(new URLSearchParams(query).get('n'))));
  } else if (path === '/late') {
    setTimeout(() => response.end('late'), 300);
  } else if (path === '/ticks') {
    let count = 0;
    response.write(String(++count));
    if (request.headers.Observe !== 0) return response.end();
    const timer = setInterval(() => response.write(String(++count)), 100);
    response.on('finish', () => clearInterval(timer));
  } else if (request.method === 'PUT' || request.method === 'POST') {
    response.code = store.has(path) ? '2.04' : '2.01';
    store.set(path, request.payload);
    response.end(request.method === 'POST' ? request.payload : '');
  } else if (request.method === 'DELETE') {
    store.delete(path);
    response.code = '2.02';
    response.end();
  } else if (store.has(path)) {
    response.end(store.get(path));
  } else {
    response.code = '4.04';
    response.end();
  }
});

server.listen(0, '127.0.0.1', () => console.log(server._sock.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
