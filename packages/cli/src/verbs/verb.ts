import type { Command } from 'commander';
import type { CliConfig } from '../config.ts';
import type { ProjectPaths } from '../project.ts';
import type { Screen } from '../screen/screen.ts';

/** What a verb works with. */
export type VerbContext = { config: CliConfig; paths: ProjectPaths; screen: Screen };

/** Runs the work of a verb. Settings are read only then, so that `--help` answers whatever they are. */
export type RunVerb = (work: (context: VerbContext) => Promise<number>) => Promise<void>;

/** Puts one verb, with its options and its help, into the program. Its heavy parts are loaded when it runs. */
export type Verb = (program: Command, runVerb: RunVerb) => void;
