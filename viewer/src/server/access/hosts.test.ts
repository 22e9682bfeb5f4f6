import { describe, expect, test } from 'vitest';
import { isLoopback, isOurHost, nameIn } from './hosts.js';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.5', false],
  ['127.evil.example', false],
  ['localhost.evil.example', false],
])('%s is on this machine alone: %s', (host, alone) => {
  expect(isLoopback(host)).toBe(alone);
});

describe('a server on loopback answers to', () => {
  test.each([
    ['127.0.0.1:7711', true],
    ['127.0.0.1', true],
    ['localhost:7711', true],
    ['LOCALHOST:7711', true],
    ['[::1]:7711', true],
    // Through `ssh -L 9000:localhost:7711`.
    ['localhost:9000', true],
    ['evil.example', false],
    ['evil.example:7711', false],
    ['127.0.0.1.evil.example:7711', false],
    ['localhost.evil.example', false],
    ['192.168.1.5:7711', false],
    ['localhost@evil.example', false],
    ['localhost:7711, evil.example', false],
    ['[::1', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (host, answered) => {
    expect(isOurHost(host, '127.0.0.1', 'builder')).toBe(answered);
  });
});

describe('a server on all addresses answers to', () => {
  test.each([
    ['192.168.1.5:7711', true],
    ['[2001:db8::5]:7711', true],
    ['builder:7711', true],
    ['localhost:7711', true],
    ['evil.example:7711', false],
    // Numbers with dots are a name unless they are an address.
    ['1.2.3:7711', false],
  ])('%s: %s', (host, answered) => {
    expect(isOurHost(host, '0.0.0.0', 'Builder')).toBe(answered);
  });

  test('the name that it was told to listen on', () => {
    expect(isOurHost('box.lan:7711', 'box.lan', 'builder')).toBe(true);
  });
});

test('the name stands before the port, without brackets', () => {
  expect(['a.b:1', '[::1]:1', 'A', 'a:b:c', 'a b'].map(nameIn)).toEqual(['a.b', '::1', 'a', null, null]);
});
