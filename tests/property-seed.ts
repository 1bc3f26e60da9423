// Random tests draw the same cases in every run, so that a run can be repeated; PROPERTY_SEED=random looks for new ones, a number repeats those.
import { configureGlobal, readConfigureGlobal } from 'fast-check';

const SEED = 20_231_130;
const wanted = process.env.PROPERTY_SEED ?? String(SEED);

if (wanted !== 'random') {
  if (!/^-?\d+$/.test(wanted)) throw new Error(`PROPERTY_SEED: a whole number or random, not "${wanted}"`);
  configureGlobal({ ...readConfigureGlobal(), seed: Number(wanted) });
}
