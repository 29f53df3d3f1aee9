import { flawsOfDelivery } from './flaws-of-delivery.js';
import { flawsOfFiles } from './flaws-of-files.js';
import { flawsOfPlaylists } from './flaws-of-playlists.js';
import type { Flaw } from './making-flaws.js';

/** At least one for each rule. */
export const flaws: readonly Flaw[] = [...flawsOfPlaylists, ...flawsOfFiles, ...flawsOfDelivery];
