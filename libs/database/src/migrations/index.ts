import { CreateHouse1795300000000 } from './1795300000000-create-house.js';

export const migrations = [CreateHouse1795300000000];
