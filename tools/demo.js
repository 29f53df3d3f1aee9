// The demo organisation, as data. All names are invented.

export const categories = [
  {
    nameEn: 'Farming',
    nameZh: '农业技术',
    under: [
      { nameEn: 'Crops', nameZh: '作物种植' },
      { nameEn: 'Livestock', nameZh: '畜禽养殖' },
    ],
  },
  {
    nameEn: 'Computing',
    nameZh: '信息技术',
    under: [
      { nameEn: 'Programming', nameZh: '程序设计' },
      { nameEn: 'Networks', nameZh: '网络技术' },
    ],
  },
  { nameEn: 'Teaching', nameZh: '教育教学', under: [{ nameEn: 'In the classroom', nameZh: '课堂实践' }] },
];

const learners = (prefix, names) =>
  names.map((name, index) => {
    const number = String(index + 1).padStart(3, '0');
    return { name, code: `${prefix}${number}`, card: `${prefix}-CARD-${number}`, pin: `4${number}` };
  });

const village = (name, site) => ({ name, kind: 'village', site });

/** Units under the centre. A site is a village's hall, with its link and its roster. */
export const provinces = [
  {
    name: '青山省',
    kind: 'province',
    under: [
      {
        name: '云溪县',
        kind: 'county',
        under: [
          village('上河村', {
            name: '上河村文化站',
            link: { linkKbps: 2048, linkMbPerMonth: 6000, linkHours: null },
            roster: learners('SH', ['王秀英', '李建国', '张桂芳', '刘志强', '陈玉兰', '杨文军']),
          }),
          village('竹林村', {
            name: '竹林村小学',
            link: { linkKbps: 1024, linkMbPerMonth: 3000, linkHours: '20:00-06:00' },
            roster: learners('ZL', ['赵小梅', '黄大勇', '周丽华', '吴国庆']),
          }),
        ],
      },
      {
        name: '石桥县',
        kind: 'county',
        under: [
          village('东岭村', {
            name: '东岭村活动室',
            link: { linkKbps: 512, linkMbPerMonth: 1500, linkHours: '22:00-06:00' },
            roster: learners('DL', ['徐秀兰', '孙建华', '马玉珍']),
          }),
        ],
      },
    ],
  },
  {
    name: '临江省',
    kind: 'province',
    under: [
      {
        name: '柳河县',
        kind: 'county',
        under: [
          village('大湾村', {
            name: '大湾村文化站',
            link: { linkKbps: 4096, linkMbPerMonth: null, linkHours: null },
            roster: learners('DW', ['朱志明', '胡春梅', '郭永强', '林小燕']),
          }),
          village('小湾村', {
            name: '小湾村卫生室',
            link: { linkKbps: 256, linkMbPerMonth: 800, linkHours: '00:00-06:00' },
            roster: learners('XW', ['何秀珍', '高建平']),
          }),
        ],
      },
    ],
  },
];

/** `of`: the unit that publishes it, the centre unless named. `file`: in test/media. */
export const courses = [
  {
    title: '数据结构导论',
    description: '面向初学者的数据结构课程：数组、链表与它们的取舍。',
    language: 'zh-CN',
    category: 'Programming',
    lectures: [{ title: '第二讲 链表与数组', file: 'arrays-zh-720p30.mp4' }],
  },
  {
    title: 'Distance Education Engineering',
    description: 'How a recorded lecture reaches a village hall over a slow link.',
    language: 'en',
    category: 'Networks',
    lectures: [{ title: 'Lecture 3: Adaptive streaming over HTTP', file: 'streaming-en-1080p25.mp4' }],
  },
  {
    of: '青山省',
    title: '课堂实录 · In the classroom',
    description: '教师示范片段。A short recording of people at the front of a classroom.',
    form: 'feature',
    language: 'en',
    category: 'In the classroom',
    lectures: [{ title: '课堂片段 · Classroom clip', file: 'classroom-en-720p25.mp4' }],
  },
];

/** Who signs in besides `admin`. `at`: a unit or a site; the learner is the first on that site's roster. */
export const accounts = [
  { login: 'librarian', name: '周文博', role: 'librarian', unit: 'centre' },
  { login: 'operator', name: '钱站长', role: 'operator', site: '上河村文化站' },
  { login: 'learner', name: '王秀英', learner: 'SH001' },
];

export const demoHall = '上河村文化站';
