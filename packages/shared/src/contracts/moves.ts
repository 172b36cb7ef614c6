import { type Static, Type } from 'typebox';
import { closed, Instant, Text } from './atoms.ts';

/** The moves of the workflow, in the order in which they are offered. */
export const moves = [
  'submit',
  'reject',
  'publish',
  'schedule',
  'unschedule',
  'unpublish',
  'archive',
  'unarchive',
] as const;
export type Move = (typeof moves)[number];

/** Why an editor sends a document back. */
export const Rejection = Type.Object(
  { reason: Text(1_000) },
  { ...closed, $id: 'Rejection', description: 'What `reject` takes; the reason is shown to staff.' },
);

const Planned = (description: string) => Type.Optional({ ...Instant, description });

/** When a document is to appear and to go. What a status needs is judged by the owner (`moveDocument`). */
export const Schedule = Type.Object(
  {
    publishAt: Planned('When it is published: later than now. Needed unless it is published already.'),
    unpublishAt: Planned('When it is archived: later than now and than `publishAt`.'),
  },
  {
    ...closed,
    $id: 'Schedule',
    description: 'What `schedule` takes. A published document takes `unpublishAt` alone and stays published.',
  },
);

export type Schedule = Static<typeof Schedule>;

/** The members of both; which of them a move takes and needs is judged by the owner (`moveDocument`). */
export const MoveBody = Type.Object({ ...Type.Partial(Rejection).properties, ...Schedule.properties }, closed);
export type MoveBody = Static<typeof MoveBody>;
