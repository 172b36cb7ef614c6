import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a cache hit to the longest deadline. */
const DURATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The figures of one process; a registry per service, so that tests can run several in one process. */
export type Metrics = {
  counter(name: string, help: string, labels?: string[]): Counter;
  gauge(name: string, help: string, labels?: string[]): Gauge;
  /** Durations in seconds. */
  histogram(name: string, help: string, labels?: string[]): Histogram;
  /** Prometheus text format 0.0.4. */
  print(): Promise<string>;
};

/** Makes a registry with the process's own figures (memory, event loop, CPU) already in it. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers }),
    gauge: (name, help, labelNames = []) => new Gauge({ name, help, labelNames, registers }),
    histogram: (name, help, labelNames = []) =>
      new Histogram({ name, help, labelNames, registers, buckets: DURATION_BUCKETS }),
    print: () => registry.metrics(),
  };
}
