// What of grids and operations somebody is shown: phones of the staff are for those who draw the grids and for their county.
import { reaches } from '../../core/accounts/reach.ts';
import type { GridCollection, GridFeature, OperationAnswer, OperationRecord } from '../../core/api/messages.ts';
import type { StaffMember } from '../../core/plan/state.ts';
import { maskedPhone } from '../../core/staff/masked-phone.ts';
import type { Identity } from '../http/identity.ts';

const COUNTY_DIGITS = 6;

type Asker = Pick<Identity, 'region' | 'roles'>;

const seesPhones = ({ region, roles }: Asker): boolean => roles.has('drafter') || region.length >= COUNTY_DIGITS;

export function gridsSeenBy(asker: Asker, grids: GridCollection): GridCollection {
  return { ...grids, features: featuresSeenBy(asker, grids.features) };
}

/** Blocks of neighbours that only received vertices are told to those who see those neighbours. */
export function answerSeenBy(asker: Asker, answer: OperationAnswer): OperationAnswer {
  const changed = answer.blocks.changed.filter(({ properties }) => reaches(asker.region, properties.community));
  return { ...answer, grids: featuresSeenBy(asker, answer.grids), blocks: { ...answer.blocks, changed } };
}

/** A history says who was entered, never under which number. */
export function withoutPhones(record: OperationRecord): OperationRecord {
  const { operation } = record;
  if (operation.type !== 'describe' || operation.set.staff === undefined) return record;
  const staff = operation.set.staff.map(({ role, name }) => ({ role, name }));
  return { ...record, operation: { ...operation, set: { ...operation.set, staff } } };
}

function featuresSeenBy(asker: Asker, features: GridFeature[]): GridFeature[] {
  if (seesPhones(asker)) return features;
  return features.map((grid) => ({ ...grid, properties: { ...grid.properties, staff: grid.properties.staff.map(masked) } }));
}

const masked = (member: StaffMember): StaffMember =>
  member.phone === undefined ? member : { ...member, phone: maskedPhone(member.phone) };
