import type { Kind, Service } from '../contracts/index.ts';
import type { Body, ResourceClient } from './resource-client.ts';
import type { TestNamespace } from './test-namespace.ts';

/** One kind of document, as far as its suite has to know it. */
export type ResourceUnderTest = {
  /** Starts its owner, and what that needs, in a namespace of their own. */
  open(): Promise<{ space: TestNamespace; close(): Promise<void> }>;
  service: Service;
  kind: Kind;
  /** A valid body of a draft that shares nothing unique with that of another `n`. Absent: callers cannot make this kind. */
  input?: (n: number) => Body;
  /** Ids of documents that are there from the start, where callers cannot make them; at least 8. */
  existing?: readonly string[];
  /** A merge patch that differs with every `n` and changes exactly `fields` (beside `updatedAt`). */
  change: (n: number) => Body;
  fields: readonly string[];
  /** Members that make a valid body wrong at `pointer`. */
  invalid: { members: Body; pointer: string };
  /** Members that only one document may have, and the reason of the conflict when a second wants them. */
  uniqueKeys?: readonly { what: string; members: (n: number) => Body; reason: string }[];
};

/** What the parts of the suite are given; `owner` answers once the suite has begun. */
export type Suite = { resource: ResourceUnderTest; owner: () => ResourceClient };
