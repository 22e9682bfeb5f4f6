// Garbage collection logs of the JVM: unified logging (-Xlog:gc, since JDK 9) and the older -verbose:gc, -XX:+PrintGC and
// -XX:+PrintGCDetails. "used before->used after(capacity)", printed when the pause ends.
//
// Source: hotspot/share/gc/shared/gcTraceTime.inline.hpp and zStat.cpp; K, M and G there are powers of 1024 (globalDefinitions.hpp).
// Only totals of the heap count: one generation, regions and metaspace are refused. Threads, code and buffers are not in it.
import { type Figure, type FigureFormat, GIB, KIB, MIB } from '../figure.js';

const UNITS = { b: 1, k: KIB, m: MIB, g: GIB };

const FIGURES: readonly Figure[] = [
  {
    group: 'heap',
    name: 'jvm_heap',
    label: 'JVM heap',
    counts: 'objects',
    meaning: 'The used heap before and after each collection, as the collector logs it.',
  },
  {
    group: 'committed',
    name: 'jvm_committed',
    label: 'JVM heap committed',
    counts: 'reserved',
    meaning: 'The heap’s capacity after each collection, as the collector logs it.',
  },
];

export const jvmUnified: FigureFormat = {
  id: 'jvm-gc',
  needles: ['GC('],
  pattern:
    /\bGC\(\d+\) (?:Pause|Concurrent cleanup|Garbage Collection|Major Collection|Minor Collection)\b[^>]{0,120}? (?<heap>\d+)(?<heapUnit>[KMG])(?:\(\d+%\))?->(?<heap2>\d+)(?<heap2Unit>[KMG])\((?:\d+%|(?<committed>\d+)(?<committedUnit>[KMG]))\)/,
  units: UNITS,
  figures: FIGURES,
  examples: [
    {
      // G1, JDK 17
      line: '[2026-11-26T11:42:00.551+0000][0.034s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 8M->4M(64M) 1.059ms',
      reads: { jvm_heap: [8 * MIB, 4 * MIB], jvm_committed: [64 * MIB] },
    },
    {
      // Serial, JDK 17
      line: '[0.159s][info][gc] GC(0) Pause Young (Allocation Failure) 17M->4M(61M) 15.073ms',
      reads: { jvm_heap: [17 * MIB, 4 * MIB], jvm_committed: [61 * MIB] },
    },
    {
      // ZGC, JDK 17
      line: '[0.073s][info][gc          ] GC(0) Garbage Collection (Allocation Stall) 64M(100%)->50M(78%)',
      reads: { jvm_heap: [64 * MIB, 50 * MIB] },
    },
    {
      // Shenandoah, JDK 17
      line: '[0.552s][info][gc] GC(6) Concurrent cleanup 68M->24M(128M) 0.023ms',
      reads: { jvm_heap: [68 * MIB, 24 * MIB], jvm_committed: [128 * MIB] },
    },
    {
      line: '[1.2s][info][gc] GC(9) Pause Full (System.gc()) 3200M->12M(4096M) 41.2ms',
      reads: { jvm_heap: [3200 * MIB, 12 * MIB], jvm_committed: [4096 * MIB] },
    },
  ],
  refuses: [
    '[0.053s][info][gc,metaspace] GC(3) Metaspace: 73K(320K)->73K(320K) NonClass: 70K(192K)->70K(192K) Class: 3K(128K)->3K(128K)',
    '[0.053s][info][gc,heap     ] GC(3) Eden regions: 35->0(18)',
    '[0.046s][info][gc,start    ] GC(3) Pause Young (Normal) (G1 Evacuation Pause)',
    '[0.053s][info][gc,heap     ] GC(0) Max Capacity: 64M(100%)',
  ],
};

export const jvmClassic: FigureFormat = {
  id: 'jvm-gc-classic',
  needles: ['GC', 'Heap: '],
  pattern:
    /(?:\[(?:Full )?GC\b(?:[^\n]{0,300}?[\])])? {1,2}(?<heap>\d+(?:\.\d+)?)(?<heapUnit>[BKMG])->(?<heap2>\d+(?:\.\d+)?)(?<heap2Unit>[BKMG])\((?<committed>\d+(?:\.\d+)?)(?<committedUnit>[BKMG])\)|\[Eden: [^\]]{0,200} Heap: (?<heap3>\d+(?:\.\d+)?)(?<heap3Unit>[BKMG])\(\d+(?:\.\d+)?[BKMG]\)->(?<heap4>\d+(?:\.\d+)?)(?<heap4Unit>[BKMG])\((?<committed2>\d+(?:\.\d+)?)(?<committed2Unit>[BKMG])\)\])/,
  units: UNITS,
  figures: FIGURES,
  examples: [
    {
      line: '2016-12-19T16:31:46.725+0100: 1.595: [GC (Allocation Failure) [PSYoungGen: 33280K->5118K(38400K)] 33280K->8000K(125952K), 0.0055 secs] [Times: user=0.01 sys=0.00, real=0.01 secs]',
      reads: { jvm_heap: [33280 * KIB, 8000 * KIB], jvm_committed: [125952 * KIB] },
    },
    {
      line: '3.211: [Full GC (Ergonomics) [PSYoungGen: 5118K->0K(38400K)] [ParOldGen: 2882K->7654K(87552K)] 8000K->7654K(125952K), [Metaspace: 2669K->2669K(1056768K)], 0.05 secs]',
      reads: { jvm_heap: [8000 * KIB, 7654 * KIB], jvm_committed: [125952 * KIB] },
    },
    {
      line: '12.5: [GC 12.5: [ParNew: 19134K->2112K(19136K), 0.0231 secs] 21000K->15000K(83008K), 0.0232 secs]',
      reads: { jvm_heap: [21000 * KIB, 15000 * KIB], jvm_committed: [83008 * KIB] },
    },
    {
      line: '0.310: [GC pause (G1 Evacuation Pause) (young) 24M->10M(64M), 0.0112 secs]',
      reads: { jvm_heap: [24 * MIB, 10 * MIB], jvm_committed: [64 * MIB] },
    },
    {
      line: '[GC 52416K->4924K(502464K), 0.0071 secs]',
      reads: { jvm_heap: [52416 * KIB, 4924 * KIB], jvm_committed: [502464 * KIB] },
    },
    {
      line: '   [Eden: 24.0M(24.0M)->0.0B(13.0M) Survivors: 0.0B->3072.0K Heap: 24.0M(64.0M)->12.5M(64.0M)]',
      reads: { jvm_heap: [24 * MIB, 12.5 * MIB], jvm_committed: [64 * MIB] },
    },
  ],
  refuses: [
    '2016-12-19T16:31:46.725+0100: 1.595: [GC pause (G1 Evacuation Pause) (young), 0.0096173 secs]',
    '   [Parallel Time: 7.2 ms, GC Workers: 1]',
    'Memory: 4k page, physical 1015660k(420736k free), swap 1046524k(1046524k free)',
    '[Metaspace: 2669K->2669K(1056768K)]',
  ],
};
