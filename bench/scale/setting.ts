import type { Names } from '@ortoo/shared/contracts';
import type { Product } from '../speed/product.ts';
import type { KnownItem } from './known-names.ts';
import type { PlayedOwners } from './owners.ts';
import type { Portal } from './portal.ts';

/** What all parts of the bench have: the product with its owners played, the engine, and queries of names that are there. */
export type Setting = {
  portal: Portal;
  owners: PlayedOwners;
  product: Product;
  names: Names;
  natsUrl: string;
  elasticsearchUrl: string;
  items: KnownItem[];
  /** Says in words what is being done. */
  say(line: string): void;
};
