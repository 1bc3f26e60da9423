// Name, organ and region of an account: the same when it is made and when it is changed.
import { AutoComplete, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ORGANS } from '../../core/accounts/roles.ts';
import { PlaceSelect } from './account-place.tsx';

const MAX_NAME = 40;

export function AccountFields() {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t('accounts:form.missing') }];
  return (
    <>
      <Form.Item name="name" label={t('accounts:form.name')} rules={needed}>
        <Input maxLength={MAX_NAME} autoComplete="off" />
      </Form.Item>
      <Form.Item name="organ" label={t('accounts:form.organ')} extra={t('accounts:form.organHint')}>
        <AutoComplete options={ORGANS.map((value) => ({ value }))} maxLength={MAX_NAME} />
      </Form.Item>
      <Form.Item name="region" label={t('accounts:form.region')} extra={t('accounts:form.regionHint')} rules={needed}>
        <PlaceSelect />
      </Form.Item>
    </>
  );
}
