import { CreateOrganisation1795300000000 } from './1795300000000-create-organisation.js';
import { CreateCatalogue1795300001000 } from './1795300001000-create-catalogue.js';

export const migrations = [CreateOrganisation1795300000000, CreateCatalogue1795300001000];
