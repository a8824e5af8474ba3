// A LwM2M 1.0 server on npm's lwm2m-node-lib, for the interop tests: node lwm2m-server.js [ACCEPT]
// The library is AGPL: this program is run as a process of its own, and nothing of it is linked into ours or shipped.
// ACCEPT is the format that reads and observations ask for (text/plain); without it they ask for none.
// Binds any free port of the loopback interface and serves until its standard input ends. Speaks JSON, one object a line:
//   out {"event":"listening","port":P}
//       {"event":"register","device":1,"endpoint":E,"lifetime":L,"version":V,"binding":B,"links":TEXT}, {"event":"update","device":1,"lifetime":L}, {"event":"deregister","device":1}
//       {"event":"request","code":"0.02","path":["rd","1"]}: the Uri-Path options as they came, for every request that a client sent
//       {"event":"notification","path":"/3303/0/5700","value":TEXT}
//   in  {"id":1,"do":"read","device":1,"path":"/3/0/0"}; likewise write and execute (value), discover, attributes (value: an object), observe, cancel
//   out {"id":1,"value":TEXT} or {"id":1,"error":NAME,"code":CODE}
'use strict';
const path = require('path');
const readline = require('readline');
const lwm2m = require('lwm2m-node-lib').server;
// The library brings an older coap of its own.
const coap = require(require.resolve('coap', { paths: [path.dirname(require.resolve('lwm2m-node-lib'))] }));

const say = (line) => console.log(JSON.stringify(line));
const config = { port: 0, lifetimeCheckInterval: 1000, udpWindow: 100, defaultType: 'Device', types: [], logLevel: 'FATAL', ipProtocol: 'udp4', serverProtocol: 'udp4', writeFormat: 'text/plain' };
// A format that its coap has no name for would end the program.
config.formats = [{ name: 'application/vnd.oma.lwm2m+tlv', value: 11542 }, { name: 'application/vnd.oma.lwm2m+json', value: 11543 }];
if (process.argv[2]) config.defaultAcceptFormat = process.argv[2];

// By itself it binds every interface.
const createServer = coap.createServer;
coap.createServer = (options, listener) => {
  const server = createServer(options, listener);
  const listen = server.listen;
  server.listen = (port, done) => listen.call(server, port, '127.0.0.1', done);
  return server;
};

// By itself it begins each request at a random message ID, so once in a while it uses one again, which RFC 7252 4.4 forbids: the client would take
// the request for a repetition.
const Agent = coap.Agent;
let messageId = Math.floor(Math.random() * 60000);
coap.Agent = function (options) {
  const agent = new Agent(options);
  agent._lastMessageId = messageId++;
  return agent;
};

const notified = (value, object, instance, resource) => say({ event: 'notification', path: `/${object}/${instance}/${resource}`, value });

function run(command) {
  const done = (error, value) => say(error ? { id: command.id, error: error.name, code: error.code } : { id: command.id, value: value === undefined ? '' : value });
  const ids = command.path.split('/').slice(1);
  switch (command.do) {
    case 'read': return lwm2m.read(command.device, ...ids, done);
    case 'write': return lwm2m.write(command.device, ...ids, command.value, done);
    case 'execute': return lwm2m.execute(command.device, ...ids, command.value, done);
    case 'discover': return lwm2m.discover(command.device, ...ids, done);
    case 'attributes': return lwm2m.writeAttributes(command.device, ...ids, command.value, done);
    case 'observe': return lwm2m.observe(command.device, ...ids, notified, done);
    case 'cancel': return lwm2m.cancelObserver(command.device, ...ids, done);
    default: return done({ name: 'unknown command' });
  }
}

lwm2m.start(config, (error, info) => {
  if (error) throw error;
  lwm2m.setHandler(info, 'registration', (endpoint, lifetime, version, binding, links, callback) => {
    lwm2m.getDevice(endpoint, (_, device) => say({ event: 'register', device: device.id, endpoint, lifetime, version, binding, links }));
    callback();
  });
  lwm2m.setHandler(info, 'updateRegistration', (device, _, callback) => {
    say({ event: 'update', device: device.id, lifetime: device.lifetime });
    callback();
  });
  lwm2m.setHandler(info, 'unregistration', (device, callback) => {
    say({ event: 'deregister', device: device.id });
    callback();
  });
  info.server.on('request', (request) => {
    const uriPath = request.options.filter((option) => option.name === 'Uri-Path').map((option) => option.value.toString());
    say({ event: 'request', code: request.code, path: uriPath });
  });
  // Its requests go through its own port as a proxy.
  config.port = info.server._sock.address().port;
  say({ event: 'listening', port: config.port });
});

readline.createInterface({ input: process.stdin }).on('line', (line) => run(JSON.parse(line))).on('close', () => process.exit(0));
