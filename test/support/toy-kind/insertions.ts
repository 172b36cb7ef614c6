/** One addition to a file that is there: `insert` goes right behind `find`, which stands in the file once. */
export type Insertion = { file: string; find: string; insert: string };

const contracts = 'packages/shared/src/contracts';
const calls = `
  'rpc.catalog.station.get': getCall(),
  'rpc.catalog.station.getMany': getManyCall(),
  'rpc.catalog.station.list': listCall(StationFilter, stationSorts),
  'rpc.catalog.station.create': createCall(StationInput),
  'rpc.catalog.station.change': changeCall(),
  'rpc.catalog.station.move': moveCall(),
  'rpc.catalog.station.remove': removeCall(),
  'rpc.catalog.station.export': exportCall(),
  'rpc.catalog.station.summary': summaryCall(),
  'rpc.catalog.station.versions': versionsCall(),
  'rpc.catalog.station.revisions': revisionsCall(),
  'rpc.catalog.station.revision': revisionCall(),
  'rpc.catalog.station.restore': restoreCall(),`;
const view = `
export function viewStation({ id, v, state }: Versioned<StationState>, { view, lang }: ViewOptions) {
  const { isSlugPinned: _pinned, oldSlugs: _old, ...shown } = seenBy(view, state);
  return {
    id,
    kind: 'station' as const,
    v,
    ...shown,
    display: buildDisplay(state.name, undefined, lang),
  };
}
`;
const filter = `

export const StationFilter = Type.Object({ ...common }, closed);
export type StationFilter = Static<typeof StationFilter>;
export const stationSorts = ['name', 'createdAt', 'publishedAt'];`;
const golden = `
  station: {
    ...data,
    kind: 'station',
    id: 'station_01h455vb4pex5vsknk084sn02u',
    state: { ...times, slug: 'khairkhan', status: 'draft', isSlugPinned: false, oldSlugs: [], name: { en: 'Khairkhan' } },
  },`;

/** What CONTRIBUTING.md, "How to add a resource", says to write into files that are there, step by step. */
export const insertions: Insertion[] = [
  // Contract
  { file: `${contracts}/atoms.ts`, find: "export const kinds = ['company',", insert: " 'station'," },
  { file: `${contracts}/lists.ts`, find: "'publishedAt', 'quality'];", insert: filter },
  { file: `${contracts}/rpc.ts`, find: 'export const rpcCalls = {', insert: calls },
  { file: `${contracts}/rpc.ts`, find: 'import { ArticleFilter,', insert: ' StationFilter, stationSorts,' },
  {
    file: `${contracts}/rpc.ts`,
    find: "import { CompanyInput } from './catalog/company.ts';",
    insert: "\nimport { StationInput } from './catalog/station.ts';",
  },
  {
    file: `${contracts}/views.ts`,
    find: "import type { OfferingState } from './catalog/offering.ts';",
    insert: "\nimport type { StationState } from './catalog/station.ts';",
  },
  { file: `${contracts}/views.ts`, find: 'type Versioned<T> = { id: string; v: number; state: T };\n', insert: view },
  { file: `${contracts}/index.ts`, find: '  companySorts,\n', insert: '  StationFilter,\n  stationSorts,\n' },
  { file: `${contracts}/index.ts`, find: 'viewCompany', insert: ', viewStation' },
  {
    file: `${contracts}/index.ts`,
    find: "} from './catalog/company.ts';",
    insert: "\nexport { Station, StationInput, StationState } from './catalog/station.ts';",
  },
  {
    file: 'test/contract/contract-drift.ts',
    find: 'Object.entries({\n    Article,\n',
    insert: '    Station,\n',
  },
  {
    file: 'test/contract/contract-drift.ts',
    find: 'import {\n  Article,\n',
    insert: '  Station,\n',
  },
  // Owner
  {
    file: 'services/catalog/src/service.ts',
    find: "import { createCompanyStore } from './companies/company.store.ts';",
    insert: [
      '',
      "import { createStationActions } from './stations/station.actions.ts';",
      "import { stationEndpoints } from './stations/station.endpoints.ts';",
      "import { createStationStore } from './stations/station.store.ts';",
    ].join('\n'),
  },
  {
    file: 'services/catalog/src/service.ts',
    find: 'const companies = createCompanyStore({ mongo, relay, clock });',
    insert: '\n  const stations = createStationStore({ mongo, relay, clock });',
  },
  {
    file: 'services/catalog/src/service.ts',
    find: 'const companyActions = createCompanyActions({ companies, offerings, categories, clock });',
    insert: '\n  const stationActions = createStationActions({ stations, categories, clock });',
  },
  {
    file: 'services/catalog/src/service.ts',
    find: 'kinds: [companyActions',
    insert: ', stationActions',
  },
  {
    file: 'services/catalog/src/service.ts',
    find: '...companyEndpoints(companyActions),',
    insert: '\n    ...stationEndpoints(stationActions),',
  },
  {
    file: 'services/catalog/src/service.ts',
    find: 'Promise.all([categories, companies,',
    insert: ' stations,',
  },
  // Search
  { file: `${contracts}/search/query.ts`, find: "export const searchKinds = ['company',", insert: " 'station'," },
  {
    file: 'services/search/src/projections/project-change.ts',
    find: "import type { ChangeData, IndexDocument, ProjectedState } from './index-document.ts';",
    insert: "\nimport { projectStation } from './station.projection.ts';",
  },
  {
    file: 'services/search/src/projections/project-change.ts',
    find: '  searchKinds,',
    insert: '\n  type StationState,',
  },
  {
    file: 'services/search/src/projections/project-change.ts',
    find: 'return projectCompany(id, state as CompanyState);',
    insert: "\n    case 'station':\n      return projectStation(id, state as StationState);",
  },
  {
    file: 'services/search/src/owners.client.ts',
    find: "company: 'rpc.catalog.company',",
    insert: "\n  station: 'rpc.catalog.station',",
  },
  {
    file: 'services/search/src/owners.client.ts',
    find: "company: 'catalog',",
    insert: "\n  station: 'catalog',",
  },
  {
    file: 'services/search/src/query/search-reply.ts',
    find: "company: 'companies',",
    insert: " station: 'stations',",
  },
  { file: 'services/search/src/projections/golden-states.ts', find: 'export const goldenChanges = {', insert: golden },
  // Gateway
  {
    file: 'services/gateway/src/app.ts',
    find: "import { searchRoutes } from './routes/search.routes.ts';",
    insert: "\nimport { stationRoutes } from './routes/stations.routes.ts';",
  },
  {
    file: 'services/gateway/src/app.ts',
    find: 'companyRoutes(app, bus, { cursors, categoryCodes });',
    insert: '\n  stationRoutes(app, bus, { cursors, categoryCodes });',
  },
  {
    file: 'services/gateway/src/routes/search.routes.ts',
    find: "'catalog:write': ['company',",
    insert: " 'station',",
  },
  {
    file: 'services/gateway/src/openapi/components.ts',
    find: '  SearchRequest,\n',
    insert: '  Station,\n  StationInput,\n',
  },
  {
    file: 'services/gateway/src/openapi/components.ts',
    find: "    listOf('Company', 'CompanyList'),",
    insert: [
      '',
      "    withIncluded(Station, { category: 'Category' }),",
      '    StationInput,',
      "    replacementOf(StationInput, 'StationReplacement'),",
      "    patchOf(StationInput, 'StationPatch'),",
      "    listOf('Station', 'StationList'),",
    ].join('\n'),
  },
  {
    file: 'services/gateway/src/plugins/openapi.plugin.ts',
    find: "  Companies: 'The directory of companies.',",
    insert: "\n  Stations: 'Where trains stop.',",
  },
  // Proof
  {
    file: 'services/gateway/test/writing.int.test.ts',
    find: "service: 'catalog', other: 'news', body: () => aCompany() },",
    insert:
      "\n  { plural: 'stations', service: 'catalog', other: 'news', body: () => ({ name: { en: 'Khairkhan' } }) },",
  },
  {
    file: 'services/gateway/test/writing.int.test.ts',
    find: "companies: 'company_01h455vb4pex5vsknk084sn02q',",
    insert: " stations: 'station_01h455vb4pex5vsknk084sn02q',",
  },
];
