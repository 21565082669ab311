/** The control: answers PING at once and does nothing else. Prints its port. */
import { createSocket } from 'node:dgram';

const socket = createSocket('udp4');
socket.on('message', (bytes, source) => socket.send(bytes, source.port, source.address));
socket.bind(0, '127.0.0.1', () => console.log(socket.address().port));
process.stdin.resume().on('end', () => socket.close());
