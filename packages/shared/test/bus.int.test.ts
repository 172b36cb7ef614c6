import { describeBusConformance } from '../src/testing/index.ts';
import { openNatsBus } from './bus-rig.ts';

/** What is expected stands in the suite (`describeBusConformance`), which is the same for all that are held to it. */
describeBusConformance({ open: openNatsBus });
