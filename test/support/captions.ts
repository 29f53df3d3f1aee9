const DOCUMENT = 'WEBVTT\n\n00:01.000 --> 00:04.000\n梯田 Terraces\n\n00:06.000 --> 00:12.000\nWater\n';

/** Gives a lecture captions in two languages, as a librarian would. @throws {Error} when they are refused */
export async function putCaptions(houseUrl: string, cookie: string, lectureId: string): Promise<void> {
  for (const language of ['en', 'zh-CN']) {
    const answer = await fetch(`${houseUrl}/api/v1/lectures/${lectureId}/captions/${language}`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'text/vtt' },
      body: DOCUMENT,
    });
    if (!answer.ok) throw new Error(`The captions were refused: ${answer.status} ${await answer.text()}`);
  }
}
