import { documentWords } from "./document.words.ts";
import { MM, type Paper, SEAL_RED } from "./paper.ts";

/** Radius of an authority's round seal (圆形公章半径): 42 mm across. */
export const SEAL_RADIUS = 21 * MM;

const words = documentWords.zh;

/**
 * Draws the place of the seal (印章位): a ring with the authority's name, a star, and in plain words that it is an
 * electronic paper, or a specimen. It is drawn, not an image of a real seal: what proves the paper is its signature.
 */
export function drawSeal(paper: Paper, centre: { x: number; y: number }, authority: string, specimen: boolean): void {
  const { pdf } = paper;
  pdf.save();
  pdf.opacity(0.86);
  pdf
    .circle(centre.x, centre.y, SEAL_RADIUS - 1.6)
    .lineWidth(3.2)
    .strokeColor(SEAL_RED)
    .stroke();
  drawStar(paper, centre.x, centre.y - SEAL_RADIUS * 0.04, SEAL_RADIUS * 0.27);
  drawRing(paper, centre, authority);
  const label = specimen ? `${words.electronicSeal} ${words.specimenSeal}` : words.electronicSeal;
  const style = { colour: SEAL_RED, weight: "bold", align: "center" } as const;
  // Below the date, which is printed over the middle of the seal.
  paper.text(label, centre.x, centre.y + SEAL_RADIUS * 0.8, specimen ? 9.5 : 10.5, style);
  pdf.restore();
}

function drawStar(paper: Paper, x: number, y: number, radius: number): void {
  for (let corner = 0; corner < 10; corner += 1) {
    const length = corner % 2 === 0 ? radius : radius * 0.382;
    const angle = -Math.PI / 2 + (corner * Math.PI) / 5;
    const [px, py] = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
    if (corner === 0) paper.pdf.moveTo(px, py);
    else paper.pdf.lineTo(px, py);
  }
  paper.pdf.closePath().fillColor(SEAL_RED).fill();
}

/** The name runs clockwise over the upper part; a long name is set narrower, never cut. */
function drawRing(paper: Paper, centre: { x: number; y: number }, name: string): void {
  const signs = [...name].filter((sign) => paper.font("bold").has(sign.codePointAt(0) as number));
  if (signs.length === 0) return;
  const arc = Math.min(250, 24 * signs.length) * (Math.PI / 180);
  const step = signs.length > 1 ? arc / (signs.length - 1) : 0;
  const radius = SEAL_RADIUS * 0.9;
  const size = Math.min(SEAL_RADIUS * 0.26, 16);
  // The feet of the characters stand closer together than their heads.
  const room = signs.length > 1 ? step * (radius - size) : size;
  const narrow = Math.min(1, (room * 0.98) / size);
  for (const [at, sign] of signs.entries()) {
    const angle = -arc / 2 + at * step;
    paper.pdf.save();
    paper.pdf.translate(centre.x, centre.y);
    paper.pdf.rotate((angle * 180) / Math.PI);
    paper.pdf.translate(0, -(radius - size * 0.88));
    paper.pdf.scale(narrow, 1);
    // As shapes: the ring would otherwise be read in the middle of the text it lies over.
    paper.outline(sign, 0, 0, size, { weight: "bold", colour: SEAL_RED });
    paper.pdf.restore();
  }
}
