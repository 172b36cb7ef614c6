import type { FastifyInstance } from 'fastify';
import { registerMoves } from './document-moves.routes.ts';
import { registerItem, registerList } from './document-reads.routes.ts';
import type { DocumentResource, DocumentTools } from './document-resource.ts';
import { registerRevisions } from './document-revisions.routes.ts';
import { registerCreate, registerPatch, registerRemove, registerReplace } from './document-writes.routes.ts';

/** The routes that every kind of document has. */
export function registerDocument(app: FastifyInstance, resource: DocumentResource, tools: DocumentTools): void {
  registerList(app, resource, tools);
  registerItem(app, resource);
  registerCreate(app, resource);
  registerReplace(app, resource);
  registerPatch(app, resource);
  registerRemove(app, resource);
  registerMoves(app, resource);
  registerRevisions(app, resource, tools);
}
