import { closed, REVISION_FILTERS_MAX, Version } from '@ortoo/shared/contracts';
import { Type } from 'typebox';

/** What leads from one version of a document to another. */
export const RevisionDiff = Type.Object(
  {
    from: Version,
    to: Version,
    diff: Type.Array(
      Type.Object({
        pointer: Type.String({ description: 'RFC 6901, into the document; a place in a list is its index.' }),
        from: Type.Optional(Type.Unknown({ description: 'What was there; absent where it was added.' })),
        to: Type.Optional(Type.Unknown({ description: 'What is there; absent where it was removed.' })),
      }),
    ),
  },
  { $id: 'RevisionDiff' },
);

/** The body of a restore. */
export const Restoration = Type.Object(
  { v: { ...Version, description: 'The version to restore.' } },
  { ...closed, $id: 'Restoration' },
);

const some = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      minItems: 1,
      maxItems: REVISION_FILTERS_MAX,
      description,
    }),
  );

/** Filters of the list of versions. */
export const revisionFilters = {
  field: some(
    'Only versions that changed this place: a JSON pointer (`/summary/en`) or the name of a member, dotted inside ' +
      'members (`summary.en`). Inside a list every change of the list counts. Repeated: any of.',
  ),
  actor: some('Only versions by this actor, as the items name it. Repeated: any of.'),
};

export const against = Type.Optional({
  ...Version,
  description: 'Another version: the answer is then what leads from it to `v`.',
});

export const versionParameters = (idText: string) =>
  Type.Object({ id: Type.String({ description: idText }), v: Type.String({ description: 'A version: 1, 2, 3 …' }) });
