// Once before all browser tests: the interface is built as it stands now, so that none looks at yesterday's.
import { buildInterface } from './installation.ts';

export default buildInterface;
