// One of the job's streams on its way: from its pipe to where it would have gone, and into output.log.
//
// One buffer a stream. The next chunk is read when the last one is out: a slow reader of ours slows the job exactly as it would without us,
// and no amount of output makes us larger. Nothing here waits on the thread that samples.
import { write } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { OutputStream } from '@tidemark/shared/recording/output-line.js';
import { errorCode } from '../sampling/kernel-file.js';
import { CHUNK_BYTES, type OutputLog } from './output-log.js';

/** After the job's end: how long a pipe may stay open without a byte when processes that it left behind hold it. */
const LEFT_OPEN_MS = 500;
/** A descriptor that somebody made non-blocking is tried again after this. */
const RETRY_MS = 5;

export interface Capture {
  /** The job has ended: waits until what it wrote is out. False when the pipe was still open, held by a process that outlives the job. */
  drained(): Promise<boolean>;
  /** What it wrote last ended a line, or it wrote nothing. */
  endsLine(): boolean;
}

/** Starts to carry `readEnd` to descriptor `to` (1 or 2) and to `log`. */
export function capture(readEnd: number, to: number, stream: OutputStream, log: OutputLog): Capture {
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let closed = false;
  let lastByte = 0x0a;
  let carrying = false;
  let lastMs = performance.now();

  // One buffer for all reads: the types know it only for sockets that connect.
  const options: SocketConstructorOpts & { onread: OnReadOpts } = {
    fd: readEnd,
    readable: true,
    writable: false,
    onread: {
      buffer: chunk,
      callback(length) {
        carrying = true;
        lastByte = chunk[length - 1]!;
        log.append(stream, chunk, length, Date.now());
        forward(to, chunk, 0, length, (error) => {
          // Our reader is gone, or its disk is full: the job shall learn it as it would without us, from its next write.
          if (error !== null) socket.destroy();
          log.whenWritten(() => {
            carrying = false;
            lastMs = performance.now();
            if (!socket.destroyed) socket.resume();
          });
        });
        return false;
      },
    },
  };
  const socket = new Socket(options);
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.destroy());
  const end = new Promise<void>((resolve) => {
    socket.on('close', () => {
      closed = true;
      resolve();
    });
  });
  socket.resume();

  return {
    endsLine: () => lastByte === 0x0a,
    async drained() {
      lastMs = performance.now();
      const quiet = new Promise<false>((resolve) => {
        const timer = setInterval(() => {
          if (closed) clearInterval(timer);
          else if (!carrying && performance.now() - lastMs >= LEFT_OPEN_MS) {
            clearInterval(timer);
            resolve(false);
          }
        }, 50);
      });
      const ended = await Promise.race([end.then(() => true), quiet]);
      if (!ended) socket.destroy();
      return ended;
    },
  };
}

/** Writes chunk[from, end) to a descriptor, however slow it is, off this thread. */
function forward(to: number, chunk: Buffer, from: number, end: number, done: (error: Error | null) => void): void {
  write(to, chunk, from, end - from, null, (error, written) => {
    if (error === null) {
      if (from + written < end) forward(to, chunk, from + written, end, done);
      else done(null);
    } else if (errorCode(error) === 'EAGAIN') setTimeout(() => forward(to, chunk, from, end, done), RETRY_MS);
    else done(error);
  });
}
