// Programs that give a shell line a terminal of its own: they read the person's terminal (or a silent pipe) as stdin, write what the job shows to
// stdout, keep the window size, and end with the line's exit code, 128+N for signal N.
import { spawnSync } from 'node:child_process';

/** The words that start such a program with a shell line. */
export type TerminalMaker = (line: string) => readonly string[];

/** util-linux's `script`, on every Debian and most Linux systems; else Python. Null where there is neither. */
export function findTerminalMaker(): TerminalMaker | null {
  // BSD's and busybox's `script` are other programs.
  const script = spawnSync('script', ['--version'], { encoding: 'utf8' });
  if (script.error === undefined && script.stdout.includes('util-linux'))
    return (line) => ['script', '-qefc', line, '/dev/null'];
  const python = spawnSync('python3', ['-c', 'import pty'], { stdio: 'ignore' });
  return python.status === 0 ? (line) => ['python3', '-c', PYTHON, line] : null;
}

const PYTHON = `
import fcntl, os, pty, select, signal, sys, termios, tty
ready, go = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.read(ready, 1)  # not before the terminal has its size
    os.closerange(ready, go + 1)
    os.execv('/bin/sh', ['sh', '-c', sys.argv[1]])
keyboard = os.isatty(0)
def resize(*_):
    try: fcntl.ioctl(terminal, termios.TIOCSWINSZ, fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))
    except OSError: pass
if keyboard:
    before = termios.tcgetattr(0)
    termios.tcsetattr(terminal, termios.TCSANOW, before)
    resize()
    signal.signal(signal.SIGWINCH, resize)
    tty.setraw(0)
os.write(go, b'x')
status = None
try:
    while True:
        found = select.select([terminal] + ([0] if keyboard else []), [], [], 0.05 if status is None else 0)[0]
        if terminal in found:
            try: data = os.read(terminal, 65536)
            except OSError: break
            while data: data = data[os.write(1, data):]
        elif status is not None: break
        if 0 in found:
            data = os.read(0, 4096)
            if not data: keyboard = False
            while data: data = data[os.write(terminal, data):]
        if status is None:
            ended, code = os.waitpid(pid, os.WNOHANG)
            if ended: status = code
finally:
    if os.isatty(0): termios.tcsetattr(0, termios.TCSADRAIN, before)
if status is None: status = os.waitpid(pid, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`;
