// "Did you mean": names that differ in little from the one that is not there.

/** At most three of `names`, nearest first. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const low = wanted.toLowerCase();
  return names
    .map((name) => ({ name, distance: distanceOf(low, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.min(wanted.length, name.length) / 3))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Characters to insert, delete, replace or swap with their neighbour; 0.5 where one name begins or ends with the other. */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.startsWith(b) || b.startsWith(a) || a.endsWith(b) || b.endsWith(a)))
    return 0.5;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
