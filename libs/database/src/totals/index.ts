export { foldUnits } from './fold-units.js';
export { rebuiltUnitDays, type Rebuilding, type UnitDayRow } from './rebuild.queries.js';
export { unitsFreshAt } from './unit-day.queries.js';
