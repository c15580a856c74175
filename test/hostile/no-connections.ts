// Loaded before the command line by a test: any connection beyond this machine ends the process with code 97.
import { Socket, type NetConnectOpts } from 'node:net';
import dgram from 'node:dgram';
import dns from 'node:dns';

const refuse = (what: string): never => {
  console.error(`A CONNECTION WAS TRIED: ${what}`);
  process.exit(97);
};

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  // Node's own form: an array of normalised arguments, or the options themselves.
  const first = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  const options = (
    typeof first === 'object' && first !== null ? first : { port: first }
  ) as NetConnectOpts & { path?: string };
  // Pipes of children have a path or a handle and no port.
  if (options.path === undefined) refuse(JSON.stringify(options));
  return connect.apply(this, args as Parameters<typeof connect>);
};
dgram.Socket.prototype.send = () => refuse('a datagram');
dns.lookup = ((name: string) => refuse(`a look-up of ${name}`)) as unknown as typeof dns.lookup;
globalThis.fetch = (input) => refuse(`fetch of ${input instanceof Request ? input.url : input.toString()}`);
