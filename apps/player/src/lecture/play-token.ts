/** The URL under the newest right to play: a grant is renewed while playlists and segments of the former one are under way. */
export function underToken(url: string, playlistUrl: string, origin: string): string {
  const token = new URL(playlistUrl, origin).searchParams.get('token');
  const renewed = new URL(url, origin);
  if (token !== null && renewed.searchParams.has('token')) renewed.searchParams.set('token', token);
  return renewed.href;
}
