import { mediaPlaylistRules } from './media-playlist-rules.js';
import { multivariantRules } from './multivariant-rules.js';
import { syntaxRules } from './syntax-rules.js';

/** The lines of STANDARDS 1.3 that playlists alone can keep or break. */
export const playlistRules = [...syntaxRules, ...mediaPlaylistRules, ...multivariantRules];
