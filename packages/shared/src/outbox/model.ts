import mongoose from 'mongoose';
import type { TObject, TSchema } from 'typebox';
import type { Kind } from '../contracts/index.ts';
import { bodyNamesOf, type StoredDocument } from './envelope.ts';

/**
 * Makes the private mongoose model of one store: the envelope's paths, and one path per top-level member of the state
 * (scalars typed, so that filters are cast; the rest Mixed, since its shape is the contract's business). Filters on
 * paths that nobody declared throw.
 */
export function createStoreModel(options: {
  connection: mongoose.Connection;
  kind: Kind;
  collection: string;
  members: TObject;
}) {
  const { connection, kind, collection, members } = options;
  const bodyNames = bodyNamesOf(kind, Object.keys(members.properties));
  const body = Object.fromEntries(bodyNames.map((name) => [name, pathOf(members.properties[name])]));
  const schema = new mongoose.Schema(
    { ...envelopePaths(), ...body },
    {
      collection,
      versionKey: false,
      strict: 'throw',
      strictQuery: 'throw',
      autoIndex: false,
      autoCreate: false,
      minimize: false,
      id: false,
      suppressReservedKeysWarning: true,
    },
  );
  const model = connection.model(collection, schema) as unknown as mongoose.Model<StoredDocument>;
  return { model, bodyNames };
}

function envelopePaths() {
  const { Mixed } = mongoose.Schema.Types;
  return {
    _id: String,
    v: Number,
    live: Boolean,
    visible: Boolean,
    firstPublishedAt: String,
    changedAt: String,
    check: Number,
    keys: [String],
    pending: [Mixed],
    pendingSince: String,
    rearm: Mixed,
    requests: [Mixed],
  };
}

const scalars: Record<string, mongoose.SchemaDefinitionProperty> = {
  string: String,
  number: Number,
  integer: Number,
  boolean: Boolean,
};

function pathOf(schema: TSchema | undefined): mongoose.SchemaDefinitionProperty {
  const type = (schema as { type?: unknown } | undefined)?.type;
  return (typeof type === 'string' && scalars[type]) || mongoose.Schema.Types.Mixed;
}
