/** Pixels of the sample picture. */
export const sampleSize = { width: 1280, height: 960 };

/** Random numbers that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The way that paths are written: a tenth of a pixel is enough. */
const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/**
 * A lake at dusk that Fude draws itself, to try styles on: even areas, edges, textures, warm and cold colours.
 * @returns an SVG, the same every time
 */
export function sampleScene(): string {
  const { width, height } = sampleSize;
  const random = randomFrom(30);
  const shore = 610;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#2d4a78"/><stop offset=".45" stop-color="#b98a9a"/><stop offset=".75" stop-color="#f2c48b"/></linearGradient>
<linearGradient id="lake" x2="0" y2="1"><stop stop-color="#e0b58d"/><stop offset=".35" stop-color="#7d8396"/><stop offset="1" stop-color="#1e3046"/></linearGradient>
<radialGradient id="glow"><stop stop-color="#fff1c9"/><stop offset=".25" stop-color="#ffd98f" stop-opacity=".7"/><stop offset="1" stop-color="#ffb870" stop-opacity="0"/></radialGradient>
</defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
<circle cx="860" cy="390" r="260" fill="url(#glow)"/><circle cx="860" cy="390" r="46" fill="#fff3d4"/>
${clouds(random)}
${ridge(random, shore, 210, "#8b7f98")}
${ridge(random, shore, 140, "#5d6482")}
${ridge(random, shore, 74, "#35485f")}
<rect y="${shore}" width="${width}" height="${height - shore}" fill="url(#lake)"/>
${ripples(random, shore)}
${house()}
<path d="M0 690 Q150 664 300 700 Q372 718 330 734 Q170 784 0 792Z M1280 684 Q1170 668 1064 700 Q1004 724 1060 740 Q1170 780 1280 776Z" fill="#1b2f34"/>
${[80, 176, 236, 1130, 1206].map((x) => pine(random, x, 700 + random() * 60, 250 + random() * 130)).join("")}
${reeds(random)}
${birds()}
</svg>`;
}

function clouds(random: () => number): string {
  return Array.from({ length: 16 }, () => {
    const x = random() * 1280;
    const y = 60 + random() * 260;
    const length = 120 + random() * 260;
    const lift = 6 + random() * 16;
    return `<path d="M${at(x - length / 2, y)} Q${at(x, y - lift)} ${at(x + length / 2, y)} Q${at(x, y + lift / 3)} ${at(x - length / 2, y)}Z" fill="#ffe6cf" opacity="${(0.25 + random() * 0.4).toFixed(2)}"/>`;
  }).join("");
}

/** Mountains whose feet stand at `foot`, with the furrows that snow and water leave. */
function ridge(
  random: () => number,
  foot: number,
  tall: number,
  colour: string,
): string {
  const phases = [random() * 7, random() * 7, random() * 7];
  const top = (x: number) =>
    foot -
    tall *
      (0.62 +
        0.26 * Math.sin(x / 190 + phases[0]!) +
        0.12 * Math.sin(x / 71 + phases[1]!) +
        0.05 * Math.sin(x / 23 + phases[2]!));
  const xs = Array.from({ length: 81 }, (_, index) => index * 16);
  const furrows = xs.flatMap((x, index) => {
    if (index % 2 === 0) return [];
    const lean = (random() - 0.5) * 40;
    const end = top(x) + tall * (0.25 + random() * 0.35);
    return `M${at(x, top(x) + 4)} q${at(lean / 3, tall / 6)} ${at(lean, end - top(x))}`;
  });
  const line = xs.map((x) => `L${at(x, top(x))}`).join("");
  return `<path d="M0 ${foot}${line}V${foot}Z" fill="${colour}"/><path d="${furrows.join("")}" fill="none" stroke="#fff" stroke-opacity=".13" stroke-width="3"/>`;
}

function ripples(random: () => number, shore: number): string {
  return Array.from({ length: 150 }, () => {
    const depth = random() ** 1.6;
    const y = shore + 6 + depth * 330;
    const near = Math.abs(random() - 0.5) < 0.22;
    const x = near
      ? 860 + (random() - 0.5) * (60 + depth * 260)
      : random() * 1280;
    const length = 14 + depth * 90;
    return `<path d="M${at(x, y)} q${at(length / 2, 2 + depth * 5)} ${at(length, 0)}" stroke="${near ? "#ffe0ae" : "#16263a"}" stroke-opacity="${near ? 0.8 : 0.35}" stroke-width="${(1.5 + depth * 3).toFixed(1)}" fill="none" stroke-linecap="round"/>`;
  }).join("");
}

/** A boathouse on stilts, its windows lit. */
function house(): string {
  return `<g transform="translate(410 520)">
<path d="M-30 150 h320 M20 100 v88 M90 100 v92 M170 100 v92 M240 100 v88" stroke="#2a2026" stroke-width="9"/>
<path d="M10 40 h240 v74 h-240z" fill="#6d4237"/><path d="M10 56 h240 M10 74 h240 M10 92 h240" stroke="#3d2524" stroke-width="3"/>
<path d="M-24 46 L60 -34 h140 L284 46z" fill="#a24a3a"/><path d="M-24 46 L60 -34 h140 L284 46z M18 6 h224 M-2 26 h264" fill="none" stroke="#5b2622" stroke-width="4"/>
<path d="M40 62 h40 v38 h-40z M180 62 h40 v38 h-40z" fill="#ffd77a"/><path d="M112 60 h40 v54 h-40z" fill="#33201f"/>
<path d="M60 62 v38 M40 81 h40 M200 62 v38 M180 81 h40" stroke="#6b3c22" stroke-width="3"/>
<path d="M40 170 h40 l6 70 h-52z M180 170 h40 l6 60 h-52z" fill="#ffd77a" opacity=".35"/>
</g>`;
}

/** @param foot where it stands */
function pine(
  random: () => number,
  x: number,
  foot: number,
  tall: number,
): string {
  const tiers = Array.from({ length: 8 }, (_, tier) => {
    const y = foot - tall + (tier * tall) / 9;
    const reach = 16 + tier * 11 + random() * 8;
    const drop = tall / 6.2;
    return `<path d="M${at(x, y)} Q${at(x - reach * 0.4, y + drop * 0.8)} ${at(x - reach, y + drop)} Q${at(x, y + drop * 0.8)} ${at(x + reach, y + drop)} Q${at(x + reach * 0.4, y + drop * 0.8)} ${at(x, y)}Z" fill="${tier % 2 === 0 ? "#17323a" : "#22454a"}"/>`;
  });
  return `<path d="M${at(x, foot - tall / 2)} V${foot.toFixed(1)}" stroke="#2b1d1b" stroke-width="14"/>${tiers.reverse().join("")}`;
}

function reeds(random: () => number): string {
  const ground = `<path d="M0 880 Q220 800 430 878 T860 900 T1280 850 V960 H0Z" fill="#14242c"/>`;
  const blades = Array.from({ length: 190 }, () => {
    const x = random() * 1280;
    const tall = 40 + random() * 90;
    const lean = (random() - 0.3) * 50;
    return `<path d="M${at(x, 960)} q${at(lean * 0.2, -tall * 0.7)} ${at(lean, -tall)}" stroke="${["#1d3a35", "#2f5747", "#8a7a4a"][Math.floor(random() * 3)]}" stroke-width="${(2 + random() * 3).toFixed(1)}" fill="none" stroke-linecap="round"/>`;
  });
  return ground + blades.join("");
}

function birds(): string {
  return [
    [560, 190, 1],
    [622, 160, 0.8],
    [690, 205, 0.7],
    [505, 232, 0.6],
  ]
    .map(
      ([x, y, size]) =>
        `<path transform="translate(${x} ${y}) scale(${size})" d="M-34 -8 Q-14 -20 0 0 Q14 -20 34 -8" fill="none" stroke="#20293c" stroke-width="6" stroke-linecap="round"/>`,
    )
    .join("");
}
