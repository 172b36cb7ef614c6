import { CENSUS_DAYS_MAX, type DaySum, type ReconcileResult, type VersionRow } from '@ortoo/shared/contracts';

/** What can be wrong with one document of the index. */
export type Finding = 'missing' | 'stale' | 'extra' | 'ahead';

/** What one comparison found, without its times. */
export type Counts = Pick<ReconcileResult, 'compared' | 'missing' | 'stale' | 'extra' | 'ahead' | 'repaired' | 'left'>;

export const noCounts = (): Counts => ({
  compared: 0,
  missing: 0,
  stale: 0,
  extra: 0,
  ahead: 0,
  repaired: 0,
  left: 0,
});

/** How many documents were not as their owner has them. */
export const findingsIn = ({ missing, stale, extra, ahead }: Counts): number => missing + stale + extra + ahead;

/** The days on which counts or sums differ. */
export function differingDays(owner: DaySum[], index: DaySum[]): string[] {
  const spell = ({ count, sum }: DaySum) => `${count}/${sum}`;
  const [ours, theirs] = [index, owner].map((days) => new Map(days.map((day) => [day.day, spell(day)])));
  const all = new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])]);
  return [...all].filter((day) => ours?.get(day) !== theirs?.get(day)).toSorted();
}

/** Which versions have to be looked at: those of `days`, all (undefined), or none (null). */
export function narrow(days: string[]): string[] | undefined | null {
  if (days.length === 0) return null;
  return days.length > CENSUS_DAYS_MAX ? undefined : days;
}

/** Whether a document looks wrong when its versions on both sides are laid beside each other; undefined when it does not. */
export function suspect(owner: VersionRow | undefined, index: VersionRow | undefined): Finding | undefined {
  if (!owner) return index && 'extra';
  if (!index) return 'missing';
  if (owner.v === index.v) return owner.live === index.live ? undefined : 'stale';
  return owner.v > index.v ? 'stale' : 'ahead';
}

/** What is wrong with a document, by what the index and then its owner were asked for once more. */
export function judge(ownerVersion: number | undefined, indexVersion: number | undefined): Finding | undefined {
  if (ownerVersion === undefined) return indexVersion === undefined ? undefined : 'extra';
  if (indexVersion === undefined) return 'missing';
  if (ownerVersion === indexVersion) return undefined;
  return ownerVersion > indexVersion ? 'stale' : 'ahead';
}

/** Lays two walks, both in the order of ids, beside each other. */
export async function* pairById(
  owner: AsyncIterator<VersionRow>,
  index: AsyncIterator<VersionRow>,
): AsyncGenerator<{ owner?: VersionRow; index?: VersionRow }> {
  let [ours, theirs] = await Promise.all([index.next(), owner.next()]);
  while (!ours.done || !theirs.done) {
    const isOurs = !ours.done && (theirs.done || ours.value.id <= theirs.value.id);
    const isTheirs = !theirs.done && (ours.done || theirs.value.id <= ours.value.id);
    yield {
      ...(isTheirs ? { owner: theirs.value as VersionRow } : {}),
      ...(isOurs ? { index: ours.value as VersionRow } : {}),
    };
    [ours, theirs] = await Promise.all([isOurs ? index.next() : ours, isTheirs ? owner.next() : theirs]);
  }
}
