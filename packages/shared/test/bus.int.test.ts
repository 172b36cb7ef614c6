import { describeBusConformance } from '../src/testing/index.ts';
import { openNatsBus } from './bus-rig.ts';

describeBusConformance({ open: openNatsBus });
