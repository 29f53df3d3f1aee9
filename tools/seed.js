// Fills an empty house with the demo organisation, by the HTTP API alone. Looks before it makes: killed halfway, the
// next start goes on where it stopped.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signIn } from './api-client.js';
import { accounts, categories, courses, demoHall, provinces } from './demo.js';
import { root } from './install.js';
import { say, step } from './progress.js';
import { uploadLecture, waitUntilReady } from './upload.js';

/**
 * Seeds on the first run only: never a house that others have filled, and nothing again that somebody has deleted since.
 *
 * @returns {Promise<{ who: string, how: string }[]>} the sign-ins to show
 */
export async function seed({ baseUrl, dataDir, secrets }) {
  const api = await signIn(baseUrl, 'admin', secrets.adminPassword);
  const state = demoState(join(dataDir, 'demo.json'));
  const units = await api.list('/units');
  if (!state.begun && units.length > 1) return adminOnly(secrets);
  if (!state.done) {
    state.write({ begun: true });
    await step('Making the demo organisation', () => makeOrganisation(api, secrets));
    await step('Uploading and encoding the demo lectures', () => makeLectures(api));
    state.write({ begun: true, done: true });
  }
  return [...adminOnly(secrets), ...(await demoSignIns(api, secrets))];
}

function demoState(path) {
  const write = (state) => writeFileSync(path, JSON.stringify(state));
  try {
    return { ...JSON.parse(readFileSync(path, 'utf8')), write };
  } catch {
    return { write };
  }
}

async function makeOrganisation(api, secrets) {
  const centre = (await api.list('/units')).find(({ parentId }) => parentId === null);
  for (const province of provinces) await makeUnit(api, centre.id, province);
  await makeCategories(api);
  await makeCourses(api, centre);
  await makeAccounts(api, centre, secrets);
}

async function makeUnit(api, parentId, { name, kind, under = [], site }) {
  const unit =
    (await find(api, `/units?parentId=${parentId}`, { name })) ?? (await api.post('/units', { name, kind, parentId }));
  for (const child of under) await makeUnit(api, unit.id, child);
  if (site) await makeSite(api, unit.id, site);
}

async function makeSite(api, unitId, { name, link, roster }) {
  const site =
    (await find(api, `/sites?unitId=${unitId}`, { name })) ?? (await api.post('/sites', { unitId, name, ...link }));
  const enrolled = new Set((await api.list(`/sites/${site.id}/roster`)).map(({ code }) => code));
  for (const learner of roster) if (!enrolled.has(learner.code)) await api.post(`/sites/${site.id}/roster`, learner);
}

async function makeCategories(api) {
  for (const { under, ...names } of categories) {
    const parent = await makeCategory(api, names);
    for (const child of under) await makeCategory(api, { ...child, parentId: parent.id });
  }
}

async function makeCategory(api, category) {
  return (await find(api, '/categories', { nameEn: category.nameEn })) ?? api.post('/categories', category);
}

async function makeCourses(api, centre) {
  for (const { of, category, lectures, ...course } of courses) {
    const unitId = of ? (await find(api, '/units', { name: of })).id : centre.id;
    const { id: categoryId } = await find(api, '/categories', { nameEn: category });
    const { id: courseId } =
      (await find(api, `/courses?unitId=${unitId}`, { title: course.title })) ??
      (await api.post('/courses', { unitId, categoryId, ...course }));
    for (const { title } of lectures) {
      (await find(api, `/lectures?courseId=${courseId}`, { title })) ??
        (await api.post('/lectures', { courseId, title }));
    }
  }
}

async function makeAccounts(api, centre, { demoPassword }) {
  for (const { login, name, role, unit, site, learner } of accounts) {
    if (await find(api, '/accounts', { login })) continue;
    const grant = role && [
      { role, ...(unit && { unitId: centre.id }), ...(site && { siteId: (await siteOf(api)).id }) },
    ];
    const learnerId = learner && (await find(api, `/sites/${(await siteOf(api)).id}/roster`, { code: learner })).id;
    await api.post('/accounts', { login, name, password: demoPassword, roles: grant, learnerId });
  }
}

const siteOf = (api) => find(api, '/sites', { name: demoHall });

async function makeLectures(api) {
  const wanted = courses.flatMap(({ lectures }) => lectures);
  for (const { title, file } of wanted) await sendLecture(api, title, join(root, 'test/media', file));
  for (const { title } of wanted) {
    const { id } = await find(api, '/lectures', { title });
    await waitUntilReady(api, id, progressOf(`Encoding ${title}`));
  }
}

async function sendLecture(api, title, path) {
  const { id: lectureId, state } = await find(api, '/lectures', { title });
  if (state !== 'empty' && state !== 'uploading') return;
  const begun = await find(api, `/uploads?lectureId=${lectureId}`, { state: 'receiving' });
  const uploadUrl = begun && `${api.uploadsUrl}/${begun.id}`;
  await uploadLecture(api, { lectureId, path, uploadUrl, onProgress: progressOf(`Sending ${title}`) });
}

/** Tells of every fifth. */
function progressOf(what) {
  let told = 0;
  return (share) => {
    const fifths = Math.floor(share * 5);
    if (fifths <= told) return;
    told = fifths;
    say(`    ${what}: ${fifths * 20} %`);
  };
}

async function find(api, path, wanted) {
  const [[key, value]] = Object.entries(wanted);
  return (await api.list(path)).find((item) => item[key] === value);
}

const adminOnly = ({ adminPassword }) => [{ who: 'admin', how: adminPassword }];

async function demoSignIns(api, { demoPassword }) {
  const people = accounts.map(({ login }) => ({ who: login, how: demoPassword }));
  const hall = await siteOf(api);
  if (!hall) return people;
  const { code } = await api.post(`/sites/${hall.id}/pairing-codes`, { deviceName: '演示终端 · Demo device' });
  const [learner] = provinces[0].under[0].under[0].site.roster;
  return [
    ...people,
    { who: 'a device', how: `pairing code ${code} (${demoHall})` },
    { who: 'a learner on it', how: `card ${learner.card}, or code ${learner.code} and PIN ${learner.pin}` },
  ];
}
