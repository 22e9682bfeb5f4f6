// What many programs print, in their own shape: every stamp must be read back exactly, and the level where one is printed.
// The templates are written here after the programs' documentation; tolerance is what the shape leaves out.
import { describe, expect, test } from 'vitest';
import { printEntry, someEntries, textFile } from './fixtures-text.js';
import { openLog } from './store.js';

type Kind = readonly [name: string, template: string, wholeMs?: number];

const WITH_LEVEL: readonly Kind[] = [
  ['rfc 3339', '%FT%T.%3Z {L} {msg}'],
  ['spring boot', '%FT%T.%3+00:00  {L5} 4410 --- [           main] o.e.demo.App  : {msg}'],
  ['logback', '%T.%3 [main] {L5} org.example.App -- {msg}', -1],
  ['log4j 2', '%F %T,%3 [main] {L5} org.example.App - {msg}'],
  ['zookeeper', '%F %T,%3 [myid:1] - {L}  [main:QuorumPeer@127] - {msg}'],
  ['cassandra', '{L5} [main] %F %T,%3 Storage.java:123 - {msg}'],
  ['solr', '%F %T.%3 {L5} (main) [c:x s:1] o.a.s.c.Core {msg}'],
  ['activemq', '%F %T,%3 | {L5} | {msg} | org.apache.activemq | main'],
  ['celery', '[%F %T,%3: {L}/MainProcess] {msg}'],
  ['airflow', '[%FT%T.%3+0000] {taskinstance.py:12} {L} - {msg}'],
  ['scrapy', '%F %T [scrapy.core] {L}: {msg}', 1000],
  ['fairseq', '%F %T | {L} | fairseq_cli.train | {msg}', 1000],
  ['mmengine', '%m/%d %T - mmengine - {L} - {msg}', 1000],
  ['detectron2', '[%m/%d %T d2.engine]: {L} {msg}', 1000],
  ['deepspeed', '[%F %T,%3] [{L}] [engine.py:12:init] {msg}'],
  ['ray', '%F %T,%3\t{L} worker.py:123 -- {msg}'],
  ['raylet', '[%F %T,%3 {c} 4410 4411] (raylet) node.cc:12: {msg}'],
  ['tensorflow', '%F %T.%6: {c} tensorflow/core/x.cc:12] {msg}'],
  ['glog', '{c}%m%d %T.%6 4410 main.cc:12] {msg}'],
  ['nginx error', '%Y/%m/%d %T [{l}] 7#7: *1 {msg}, client: 10.0.0.9', 1000],
  ['postgres', '%F %T.%3 UTC [4410] {L}:  {msg}'],
  ['mysql 8', '%FT%T.%6Z 0 [{Ll}] [MY-010068] [Server] {msg}'],
  ['rabbitmq', '%F %T.%6+00:00 [{l}] <0.738.0> {msg}'],
  ['envoy', '[%F %T.%3][12][{l}][main] [source/server.cc:12] {msg}'],
  ['istio', '%FT%T.%6Z\t{l}\t{msg}'],
  ['terraform', '%FT%T.%3Z [{L}] provider: {msg}'],
  ['consul', '    %Y/%m/%d %T [{L}] agent: {msg}', 1000],
  ['etcd', '%F %T.%6 {c} | etcdserver: {msg}'],
  ['chef', '[%FT%T+00:00] {L}: {msg}', 1000],
  ['salt', '%F %T,%3 [salt.minion     :123 ][{L5}   ][4410] {msg}'],
  ['ruby', '{c}, [%FT%T.%6 #4410] {L5} -- app: {msg}'],
  ['sidekiq', '%FT%T.%3Z pid=4410 tid=x1 class=Job {L}: {msg}'],
  ['elixir', '%T.%3 [{l}] {msg}', -1],
  ['nlog', '%F %T.%4|{L}|App.Main|{msg}'],
  ['serilog', '%F %T.%3 +00:00 [{L}] {msg}'],
  ['log4net', '%F %T,%3 [1] {L5} App.Main - {msg}'],
  ['akka', '[{L}] [%m/%d/%Y %T.%3] [main] [akka://sys] {msg}'],
  ['quarkus', '%F %T,%3 {L5} [io.quarkus] (main) {msg}'],
  ['minecraft', '[%T] [Server thread/{L}]: {msg}', -1000],
  ['forge', '[%d%b%Y %T.%3] [main/{L}] [mod/]: {msg}'],
  ['nextflow', '%b-%d %T.%3 [main] {L} nextflow.Session - {msg}'],
  ['gatk', '%T.%3 {L5} HaplotypeCaller - {msg}', -1],
  ['vscode', '%F %T.%3 [{l}] {msg}'],
  ['android studio', '%F %T,%3 [    123]   {L} - com.intellij.Foo - {msg}'],
  ['logcat', '%m-%d %T.%3  4410  4411 {c} ActivityManager: {msg}'],
  ['chromium', '[4410:4411:%m%d/%H%M%S.%6:{L}:gpu.cc(12)] {msg}'],
  ['hadoop', '%y/%m/%d %T {L} mapreduce.Job: {msg}', 1000],
  ['hdfs', '%y%m%d %H%M%S 148 {L} dfs.DataNode: {msg}', 1000],
  ['weblogic', '####<%b %-d, %Y %-I:%M:%S,%3 %p UTC> <{Ll}> <Server> <host> {msg}'],
  ['java.util.logging, one line', '%b %d, %Y %-I:%M:%S %p org.example.App run {L}: {msg}', 1000],
  ['tomcat', '%d-%b-%Y %T.%3 {L} [main] org.apache.X.y {msg}'],
  ['bind', '%d-%b-%Y %T.%3 queries: {l}: {msg}'],
  ['pgbouncer', '%F %T.%3 UTC [4410] {L} {msg}'],
  ['mongodb 4.2', '%FT%T.%3+0000 {c}  NETWORK  [listener] {msg}'],
  ['go slog text', 'time=%FT%T.%3Z level={L} msg="{msg}"'],
  ['logfmt, time last', 'level={l} msg="{msg}" ts=%FT%T.%9Z'],
  ['logfmt, epoch', 'ts=%s.%3 level={l} msg="{msg}"'],
  ['grafana', 'logger=settings t=%FT%T.%9Z level={l} msg="{msg}"'],
  ['rfc 5424', '<{pri}>1 %FT%T.%3Z host app 4410 - - {msg}'],
  ['pino', '{"level":{pino},"time":%s%3,"pid":4410,"msg":"{msg}"}'],
  ['bunyan', '{"name":"app","pid":4410,"level":{pino},"msg":"{msg}","time":"%FT%T.%3Z","v":0}'],
  ['zap', '{"level":"{l}","ts":%s.%6,"caller":"a.go:12","msg":"{msg}"}'],
  ['zerolog', '{"level":"{l}","time":"%FT%TZ","message":"{msg}"}', 1000],
  ['slog json', '{"time":"%FT%T.%9Z","level":"{L}","msg":"{msg}"}'],
  ['serilog compact', '{"@t":"%FT%T.%7Z","@mt":"{msg}","@l":"{Ll}"}'],
  ['structlog', '{"event": "{msg}", "level": "{l}", "timestamp": "%FT%T.%6Z"}'],
  ['python-json-logger', '{"asctime": "%F %T,%3", "levelname": "{L}", "message": "{msg}"}'],
  ['logstash', '{"@timestamp":"%FT%T.%3Z","@version":"1","message":"{msg}","level":"{L}"}'],
  [
    'loguru serialized',
    '{"text": "x", "record": {"level": {"name": "{L}", "no": 20}, "message": "{msg}", "time": {"repr": "%F %T.%6+00:00", "timestamp": %s.%6}}}',
  ],
  ['stackdriver', '{"severity":"{L}","message":"{msg}","timestamp":{"seconds":%s,"nanos":%9}}'],
  ['log4j json', '{"timeMillis":%s%3,"thread":"main","level":"{L}","message":"{msg}"}'],
  ['docker compose', 'api-1  | %FT%T.%3Z {L} {msg}'],
  ['kubectl --prefix', '[pod/api-7f/api] %FT%T.%3Z {L} {msg}'],
  ['pm2', '0|api  | %FT%T.%3Z: {L} {msg}'],
  ['postgres, short offset', '%F %T.%3 +00 [4410] {L}:  {msg}'],
  ['fourteen digits', '%Y%m%d%H%M%S {L} {msg}', 1000],
  ['cloudfront-like tabs', '%F\t%T\tIAD2\t[{L}]\t{msg}', 1000],
  ['pipes', '{L}|%F %T.%3|main|{msg}'],
  ['semicolons', '%F %T;{L};{msg}', 1000],
  ['level first', '{L}: %F %T {msg}', 1000],
  ['level in brackets first', '[{L}] %F %T - {msg}', 1000],
  ['level and thread first', '[{L}] [main] %F %T.%3 {msg}'],
  ['openstack', '%F %T.%3 25746 {L} nova.api [req-38] {msg}'],
  ['odoo', '%F %T,%3 4410 {L} db odoo.http: {msg}'],
  ['matlab-like', '%d-%b-%Y %T {L} {msg}', 1000],
  ['dotted', '%d.%m.%Y %T,%3 {L} {msg}'],
  ['american', '%m/%d/%Y %-I:%M:%S %p [{L}] {msg}', 1000],
  ['weekday first', '%a, %d %b %Y %T +0000 [{L}] {msg}', 1000],
  ['r logger', '{L} [%F %T] {msg}', 1000],
  ['futile logger', '{L} [%F %T.%3] {msg}'],
  ['valgrind-like dashes', '-- %F %T.%3 -- {L} {msg}'],
  ['zabbix', '  4410:%Y%m%d:%H%M%S.%3 [{L}] {msg}'],
  ['firefox', '%F %T.%6 UTC - [Parent 4410: Main Thread]: {c}/nsHttp {msg}'],
];

const WITHOUT_LEVEL: readonly Kind[] = [
  ['common log format', '10.0.0.9 - - [%d/%b/%Y:%T +0000] "GET /a?t=1599999999 HTTP/1.1" 404 178 "-" "curl/8"', 1000],
  ['s3 access', '79a59df900b bucket [%d/%b/%Y:%T +0000] 10.0.0.9 - 3E57427F3 REST.GET - "GET /x" 200', 1000],
  ['elb', 'https %FT%T.%6Z app/lb/50dc 10.0.0.9:2817 10.0.0.1:80 0.086 0.048 0.037 200 200'],
  ['squid', '%s.%3    345 10.0.0.9 TCP_MISS/200 1234 GET http://x/ - DIRECT/10.0.0.1 text/html'],
  ['syslog', '%b %e %T host app[4410]: {msg}', 1000],
  ['journalctl -o short-precise', '%b %d %T.%6 host app[4410]: {msg}'],
  ['journalctl -o short-full', '%a %F %T UTC host app[4410]: {msg}', 1000],
  ['journalctl -o short-unix', '%s.%6 host app[4410]: {msg}'],
  ['rsyslog', '%FT%T.%6+00:00 host app[4410]: {msg}'],
  ['cisco', '*%b %e %T.%3: %SYS-5-CONFIG: {msg}'],
  ['cisco with a number', '000123: *%b %e %T.%3: %SYS-5-CONFIG: {msg}'],
  ['dmesg -T', '[%a %b %e %T %Y] {msg}', 1000],
  ['icinga', '[%s] SERVICE ALERT: {msg}', 1000],
  ['asterisk', '[%b %e %T] {msg}', 1000],
  ['openvpn', '%a %b %e %T %Y {msg}', 1000],
  ['snakemake', '[%a %b %e %T %Y]', 1000],
  ['wget', '--%F %T--  http://example.org/', 1000],
  ['exim', '%F %T 1abc-000123-Xy <= a@example.org {msg}', 1000],
  ['megatron', ' [%F %T] iteration  100/ 500 | consumed samples: 12800', 1000],
  ['github actions', '%FT%T.%7Z {msg}'],
  ['gitlab ci', '%FT%T.%6Z 00O {msg}'],
  ['jenkins timestamper', '[%FT%T.%3Z] {msg}'],
  ['teamcity', '[%T]i: {msg}', -1000],
  ['webrtc uptime', '[%FT%T.%3] {msg}'],
  ['moreutils ts', '%b %d %T {msg}', 1000],
  ['ts with microseconds', '%b %d %T.%6 {msg}'],
  ['epoch ms with colon', '%s%3: {msg}'],
  ['epoch in a field', 'time=%s%3 worker=3 did="{msg}"'],
  ['influx line protocol', 'mem,host=a used=123i %s%9'],
  ['csv, stamp first', '%F %T.%3,12,1599999999,0.5'],
  ['csv, stamp second', '17,%F %T.%3,12,0.5'],
  ['tsv, epoch first', '%s.%6\tCg9xqq\t10.0.0.9\t52025'],
  ['vmstat -t', ' 1  0      0 20709960  51608 3492276    0    0  1281  3246  363  825 16  5 70  1  8 %F %T', 1000],
  ['iso week of java', '%Y-%b-%d %T.%3 {msg}'],
  ['bgl', '- %s %Y.%m.%d R02-M1-N0 %Y-%m-%d-%H.%M.%S.%6 R02-M1-N0 RAS KERNEL {msg}'],
  ['health app', '%Y%m%d-%-H:%M:%S:%3|Step|30002312|{msg}'],
  ['proxifier', '[%m.%d %T] chrome.exe - {msg}', 1000],
  ['factorio', '   0.123 %F %T; {msg}', 1000],
  ['oracle', '%FT%T.%6+00:00\n{msg}'],
  ['java.util.logging, two lines', '%b %d, %Y %-I:%M:%S %p org.example.App run\n{msg}', 1000],
  ['erlang', '=INFO REPORT==== %-d-%b-%Y::%T ===\n    {msg}', 1000],
  ['rails', 'Started GET "/" for 10.0.0.9 at %F %T +0000', 1000],
  ['slurm', '[%FT%T.%3] slurmctld: {msg}'],
  ['tcpdump -tttt', '%F %T.%6 IP 10.0.0.9.51230 > 10.0.0.1.80: Flags [S], seq 1352770165'],
];

const DAY = 86_400_000;

async function readBack(
  template: string,
  wholeMs = 1,
): Promise<{ readonly entries: ReturnType<typeof someEntries>; readonly missed: string[]; readonly levels: string[] }> {
  const entries = someEntries(24);
  const text = entries.map((entry) => `${printEntry(template, entry)}\n`).join('');
  const log = openLog(textFile(text), { year: 2026, modifiedMs: entries.at(-1)!.ms + 2000 });
  await log.index();
  const missed: string[] = [];
  const levels: string[] = [];
  let next = 0;
  const lines = text.split('\n');
  const perEntry = template.split('\n').length;
  for await (const block of log.readings()) {
    for (const reading of block) {
      const first = (reading.line - 1) % perEntry === 0;
      const entry = entries[Math.floor((reading.line - 1) / perEntry)]!;
      if (!first) {
        if (!reading.continues || reading.timeMs !== null)
          missed.push(`${lines[reading.line - 1]}: not taken as belonging to the line above`);
        continue;
      }
      next += 1;
      const unit = Math.abs(wholeMs);
      const want = Math.floor(entry.ms / unit) * unit;
      // A time of day alone may be laid on any day.
      const off = reading.timeMs === null ? Number.NaN : reading.timeMs - want;
      const miss = wholeMs < 0 ? off - Math.round(off / DAY) * DAY : off;
      if (!(Math.abs(miss) < 1))
        missed.push(
          `${lines[reading.line - 1]} -> ${reading.timeMs === null ? null : new Date(reading.timeMs).toISOString()}`,
        );
      if (reading.level !== entry.level) levels.push(`${lines[reading.line - 1]} -> ${reading.level}`);
    }
  }
  expect(next).toBe(entries.length);
  return { entries, missed, levels };
}

describe('every stamp and level of', () => {
  test.each(WITH_LEVEL.map((kind) => [...kind] as const))('%s', async (_name, template, wholeMs) => {
    const { missed, levels } = await readBack(template, wholeMs);
    expect(missed).toEqual([]);
    expect(levels).toEqual([]);
  });
});

describe('every stamp of', () => {
  test.each(WITHOUT_LEVEL.map((kind) => [...kind] as const))('%s', async (_name, template, wholeMs) => {
    const { missed } = await readBack(template, wholeMs);
    expect(missed).toEqual([]);
  });
});
