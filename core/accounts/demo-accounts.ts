// Accounts that the demo mode offers with one click: every role at least once, at home in the demo county.
import { EVERYWHERE } from './reach.ts';
import type { Role } from './roles.ts';

export interface DemoAccount {
  readonly login: string;
  readonly name: string;
  readonly organ: string;
  readonly region: string;
  readonly roles: readonly Role[];
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { login: 'demo-town', name: '城关镇规划员', organ: '城关镇', region: '620724100', roles: ['drafter'] },
  { login: 'demo-county', name: '县规划员', organ: '政法委', region: '620724', roles: ['drafter'] },
  { login: 'demo-county-zfw', name: '县委政法委审核员', organ: '政法委', region: '620724', roles: ['reviewer'] },
  { login: 'demo-county-mzj', name: '县民政局审核员', organ: '民政局', region: '620724', roles: ['reviewer'] },
  { login: 'demo-city-zfw', name: '市委政法委', organ: '政法委', region: '6207', roles: ['city'] },
  { login: 'demo-city-pab', name: '市平安办', organ: '平安办', region: '6207', roles: ['city'] },
  { login: 'demo-city-mzj', name: '市民政局', organ: '民政局', region: '6207', roles: ['city'] },
  { login: 'demo-province', name: '省委政法委', organ: '政法委', region: '62', roles: ['province'] },
  { login: 'demo-system', name: '系统管理员', organ: '', region: EVERYWHERE, roles: ['system-administrator'] },
  { login: 'demo-security', name: '安全管理员', organ: '', region: EVERYWHERE, roles: ['security-administrator'] },
  { login: 'demo-auditor', name: '审计员', organ: '', region: EVERYWHERE, roles: ['auditor'] },
  { login: 'demo-viewer', name: '县里的读者', organ: '', region: '620724', roles: ['viewer'] },
];
