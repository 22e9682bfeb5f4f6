// The job that is recorded: processes of Python, a real tree.
import { spawn } from 'node:child_process';

/**
 * A process with its children. "asleep": all of them sleep. "at work": each wakes twenty times a second and allocates and frees 256 KiB, the first one 100 times.
 * "restarting": it ends one child and starts another, ten times a second. Says the pids when all are there.
 */
const JOB = `import os, sys, time
held = bytearray(50 << 20)
pids = [os.getpid()]
def work(seconds):
    while True:
        time.sleep(seconds)
        b = bytearray(256 << 10)
        for i in range(0, len(b), 4096): b[i] = 1
        del b
def child():
    pid = os.fork()
    if pid == 0: work(0.05) if sys.argv[2] == "at work" else time.sleep(3600)
    return pid
for _ in range(int(sys.argv[1]) - 1): pids.append(child())
print(",".join(map(str, pids)), flush=True)
if sys.argv[2] == "at work": work(0.01)
while sys.argv[2] == "restarting":
    time.sleep(0.1)
    old = pids.pop(1); os.kill(old, 9); os.waitpid(old, 0); pids.append(child())
sys.stdin.read(); os.killpg(0, 15)`;

/** `pids`: of all its processes when it began, the first one's first, with commas between. */
export async function startJob(processes, does) {
  const job = spawn('python3', ['-c', JOB, String(processes), does], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = new Promise((resolve) => job.once('close', resolve));
  const pids = String(await new Promise((resolve) => job.stdout.once('data', resolve))).trim();
  return {
    pid: String(job.pid),
    pids,
    end() {
      process.kill(-job.pid, 'SIGKILL');
      return ended;
    },
  };
}
