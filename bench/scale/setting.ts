import type { Names } from '@ortoo/shared/contracts';
import type { Product } from '../speed/product.ts';
import type { KnownItem } from './known-names.ts';
import type { PlayedOwners } from './owners.ts';
import type { WrittenPortal } from './written-portal.ts';

/** What all parts of the bench have: the product with its owners played, the engine, and queries of names that are there. */
export type Setting = {
  portal: WrittenPortal;
  owners: PlayedOwners;
  product: Product;
  names: Names;
  natsUrl: string;
  elasticsearchUrl: string;
  items: KnownItem[];
  /** A process beside search, started when it is first asked for. */
  openGateway(): Promise<Product>;
  /** Says in words what is being done. */
  say(line: string): void;
};
